using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PatchBot.Adapters.Slack.Manifest;
using PatchBot.Core.Record;
using PatchBot.Core.Workspaces;

namespace PatchBot.Adapters.Slack.Install.OAuth;

/// <summary>Lets workspaces install the app: sends the browser to Slack, and completes what comes back.</summary>
/// <remarks><see href="https://docs.slack.dev/authentication/installing-with-oauth"/></remarks>
internal sealed partial class InstallEndpoints(
    IOptions<SlackOptions> options, InstallStates states, InstallBrake brake, NewInstallation installation, IRecord record, ILogger<InstallEndpoints> logger)
{
    private const int LongestValue = 1_000;

    private readonly SlackOptions options = options.Value;

    public async Task BeginAsync(HttpContext http)
    {
        if (!brake.Let())
        {
            await InstallPage.TooMany.WriteAsync(http);
            return;
        }

        try
        {
            var state = await record.WriteAsync(states.GiveAsync, http.RequestAborted);
            var query = QueryString.Create("client_id", options.ClientId)
                .Add("scope", SlackScopes.Asked).Add("redirect_uri", Redirect(options).AbsoluteUri).Add("state", state);
            InstallPage.Guard(http);
            http.Response.Redirect($"{options.AuthorizeUrl.AbsoluteUri}{query}");
        }
        catch (RecordUnavailableException fault)
        {
            LogNotBegun(fault.Message);
            await InstallPage.RecordAway.WriteAsync(http);
        }
    }

    public async Task CompleteAsync(HttpContext http)
    {
        var page = await CompleteAsync(One(http, "state"), One(http, "code"), One(http, "error"));
        await page.WriteAsync(http);
    }

    /// <summary>Where Slack sends browsers back to, as the app's redirect URLs name it.</summary>
    public static Uri Redirect(SlackOptions options) => new(options.PublicUrl!, SlackPaths.Callback);

    // Nobody cancels it: the code is good once, whether or not the browser stays.
    private async Task<InstallPage> CompleteAsync(string? state, string? code, string? error)
    {
        try
        {
            if (state is null || !await record.WriteAsync((session, token) => states.TakeAsync(session, state, token), CancellationToken.None))
            {
                return InstallPage.NotBegunHere;
            }

            return (code, error) switch
            {
                (_, { } why) => InstallPage.Declined(why),
                ({ } given, _) => await installation.CompleteAsync(given),
                _ => InstallPage.NotBegunHere,
            };
        }
        catch (RecordUnavailableException fault)
        {
            LogNotCompleted(fault.Message);
            return InstallPage.RecordAway;
        }
        catch (SlackAwayException fault)
        {
            LogNotCompleted(fault.Message);
            return InstallPage.SlackAway;
        }
    }

    private static string? One(HttpContext http, string name) =>
        http.Request.Query.TryGetValue(name, out var values) && values is [{ Length: > 0 and <= LongestValue } value] ? value : null;

    [LoggerMessage(9431, LogLevel.Warning, "An installation of the app could not be begun: {Reason}")]
    private partial void LogNotBegun(string reason);

    [LoggerMessage(9432, LogLevel.Warning, "An installation of the app could not be completed: {Reason}")]
    private partial void LogNotCompleted(string reason);
}
