using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using PatchBot.Adapters.Teams.Protocol;
using PatchBot.Adapters.Teams.Trust;
using PatchBot.Adapters.Wire;
using PatchBot.Core.Record;

namespace PatchBot.Adapters.Teams.Inbound;

/// <summary>
/// Where Teams delivers: one activity a call. Checked first, then answered as its kind asks; a kind that is not known is
/// taken without a word, since the platform adds kinds without notice.
/// </summary>
internal sealed partial class MessagesEndpoint(
    ICallerCheck callers,
    MessageTurns messages,
    ChannelHappenings channels,
    Invokes invokes,
    BackgroundTurns background,
    UnrecordedLog unrecorded,
    TimeProvider clock,
    ILogger<MessagesEndpoint> logger)
{
    // A message is 100 KB at most, and comes a second time as HTML.
    private const long LargestBody = 512 * 1024;

    // The platform gives a turn ten to fifteen seconds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    private readonly SparingLog<string> sparing = new(clock);

    public async Task HandleAsync(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        var (activity, fault) = await ReadAsync(http);
        if (activity is null)
        {
            // Who shows no token is not told what is wrong with the rest.
            http.Response.StatusCode = http.Request.Headers.Authorization.Count == 0 && fault == StatusCodes.Status400BadRequest ? StatusCodes.Status401Unauthorized : fault;
            return;
        }

        if (await callers.RefuseAsync(http, activity, http.RequestAborted) is { } status)
        {
            http.Response.StatusCode = status;
            return;
        }

        // From here on the caller's patience is not the work's: what was begun is carried through.
        if (activity.Type == "invoke")
        {
            await AnswerAsync(http, activity);
        }
        else if (!await background.WithinAsync(Patience, () => TakeAsync(activity), late: true))
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
    }

    /// <returns><see langword="false"/> when nothing was recorded and nobody was told; the platform may say it again.</returns>
    private async Task<bool> TakeAsync(Activity activity)
    {
        if (activity.Type is "conversationUpdate" or "installationUpdate")
        {
            return await HappenedAsync(activity);
        }

        if (activity.Type is "message" or "messageUpdate" or "messageDelete" && !IsOfBot(activity))
        {
            if (Scene.Of(activity) is { } scene)
            {
                await messages.TakeAsync(scene);
            }
            else if (sparing.MayWrite(activity.Type, out var silent))
            {
                LogNobody(activity.Type, activity.Id, silent);
            }
        }

        return true;
    }

    private async Task<bool> HappenedAsync(Activity activity)
    {
        try
        {
            await channels.TakeAsync(activity);
            return true;
        }
        catch (RecordUnavailableException fault)
        {
            unrecorded.Write("What happened to a channel on Teams", activity.Id, fault);
            return false;
        }
    }

    private async Task AnswerAsync(HttpContext http, Activity activity)
    {
        var answer = Scene.Of(activity) is { } scene ? await invokes.AnswerAsync(scene) : InvokeAnswer.Error(400, "BadRequest", "The call does not say who pressed, and where.");
        if (answer is null)
        {
            http.Response.StatusCode = StatusCodes.Status501NotImplemented;
            return;
        }

        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.ContentLength = answer.Body.Length;
        await http.Response.Body.WriteAsync(answer.Body, http.RequestAborted);
    }

    private static async Task<(Activity? Activity, int Status)> ReadAsync(HttpContext http)
    {
        var request = http.Request;
        if (!request.HasJsonContentType())
        {
            return (null, StatusCodes.Status415UnsupportedMediaType);
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = LargestBody;
        }

        try
        {
            var activity = await JsonSerializer.DeserializeAsync(request.Body, TeamsJson.Default.Activity, http.RequestAborted);
            return activity?.Type is { Length: > 0 } ? (activity, 0) : (null, StatusCodes.Status400BadRequest);
        }
        catch (JsonException)
        {
            return (null, StatusCodes.Status400BadRequest);
        }
        catch (BadHttpRequestException fault)
        {
            return (null, fault.StatusCode);
        }
    }

    private static bool IsOfBot(Activity activity) =>
        activity.From?.Id is { } from && (from.StartsWith("28:", StringComparison.Ordinal) || from == activity.Recipient?.Id);

    [LoggerMessage(7141, LogLevel.Warning, "A {Type} of Teams says not who wrote it and where; it is left alone: {Activity} ({Silent} more since the last line)")]
    private partial void LogNobody(string type, string? activity, int silent);
}
