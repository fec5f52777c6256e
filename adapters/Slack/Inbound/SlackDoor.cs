using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PatchBot.Adapters.Slack.Protocol;
using PatchBot.Adapters.Slack.Trust;
using PatchBot.Adapters.Wire;

namespace PatchBot.Adapters.Slack.Inbound;

/// <summary>
/// Where Slack calls: events, interactions and slash commands, each told apart by what it brings, so that one address may
/// serve all. The signature is checked over the raw bytes before anything is read out of them.
/// </summary>
internal sealed partial class SlackDoor(SignatureCheck signatures, RefusalLog refusals, ISlackDeliveries deliveries, TimeProvider clock, ILogger<SlackDoor> logger)
{
    private const string RetryHeader = "X-Slack-Retry-Num", ReasonHeader = "X-Slack-Retry-Reason";

    private static readonly Task<Acknowledgement> Nothing = Task.FromResult(Acknowledgement.Empty);

    private readonly SparingLog<string> again = new(clock);

    public async Task HandleAsync(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (!signatures.HasSecret)
        {
            Refuse(http, Refusal.NoSecret);
            return;
        }

        try
        {
            using var body = await RawBody.ReadAsync(http);
            if (signatures.Refuse(http.Request.Headers, body) is { } refusal)
            {
                Refuse(http, refusal);
            }
            else if (Take(http.Request, body.Bytes) is { } taking)
            {
                await AnswerAsync(http, await taking);
            }
            else
            {
                http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            }
        }
        catch (BadHttpRequestException fault)
        {
            http.Response.StatusCode = fault.StatusCode;
        }
    }

    private void Refuse(HttpContext http, Refusal refusal)
    {
        refusals.Write(refusal, http.TraceIdentifier);
        http.Response.StatusCode = refusal.Status;
    }

    // From here on the caller's patience is not the work's: what was begun is carried through.
    private Task<Acknowledgement>? Take(HttpRequest request, Memory<byte> body) =>
        request.HasJsonContentType() ? deliveries.EventAsync(body, AttemptOf(request), CancellationToken.None)
        : IsForm(request.ContentType) ? TakeForm(body)
        : null;

    private Task<Acknowledgement> TakeForm(Memory<byte> body)
    {
        if (FormFields.Take(body, "payload"u8) is { } payload)
        {
            return deliveries.InteractionAsync(payload, CancellationToken.None);
        }

        // Slack also asks now and then whether the certificate is good (ssl_check=1); that is no command.
        var fields = FormFields.All(body);
        return fields.ContainsKey("command") ? deliveries.CommandAsync(fields, CancellationToken.None) : Nothing;
    }

    private static async Task AnswerAsync(HttpContext http, Acknowledgement acknowledgement)
    {
        if (!acknowledgement.Taken)
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
        else if (!acknowledgement.Body.IsEmpty)
        {
            http.Response.ContentType = "application/json; charset=utf-8";
            http.Response.ContentLength = acknowledgement.Body.Length;
            await http.Response.Body.WriteAsync(acknowledgement.Body, http.RequestAborted);
        }
    }

    private static bool IsForm(string? type) => type is not null
        && type.AsSpan(0, type.IndexOf(';', StringComparison.Ordinal) is >= 0 and var end ? end : type.Length).Trim()
            .Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);

    /// <summary>What Slack says of a delivery that it tried before: why it tries again is worth knowing.</summary>
    private int AttemptOf(HttpRequest request)
    {
        if (request.Headers[RetryHeader] is not [{ } number] || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var attempt))
        {
            return 0;
        }

        var reason = request.Headers[ReasonHeader] is [{ } told] && SlackIds.IsOne(told) ? told : "no reason";
        if (again.MayWrite(reason, out var silent))
        {
            LogAgain(attempt, reason, silent);
        }

        return attempt;
    }

    [LoggerMessage(7241, LogLevel.Information, "Slack delivers again, attempt {Attempt}: {Reason} ({Silent} more like it since the last line)")]
    private partial void LogAgain(int attempt, string reason, int silent);
}
