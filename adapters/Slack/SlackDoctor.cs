using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using PatchBot.Adapters.Slack.Install;
using PatchBot.Adapters.Slack.Manifest;
using PatchBot.Core;
using PatchBot.Core.Record;
using PatchBot.Core.Workspaces;

namespace PatchBot.Adapters.Slack;

/// <summary>Whether Slack takes the bot's tokens and what they may, whether the bot can be called or opens sockets, and what of the settings Slack has shown to it.</summary>
internal sealed class SlackDoctor(
    IOptions<SlackOptions> options, IHostEnvironment environment, AppCalls calls, Installations installations, SlackAcquaintance acquaintance, IRecord record, TimeProvider clock) : IDoctor
{
    /// <summary>Signatures older than five minutes are refused.</summary>
    private static readonly TimeSpan MostSkew = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan NotedSkew = TimeSpan.FromMinutes(1);

    private readonly SlackOptions options = options.Value;

    public async Task<IReadOnlyList<Finding>> ExamineAsync(bool recordIsReadable, CancellationToken cancellationToken) =>
    [
        .. Settings(),
        .. options.BotToken.Length > 0 ? await TokenAsync("Slack:BotToken", options.BotToken, cancellationToken) : [],
        .. options.UsesSockets ? [await SocketAsync(cancellationToken)] : (IEnumerable<Finding>)[],
        .. options.IsInstalledByOAuth ? Keys() : [],
        .. options.IsInstalledByOAuth && recordIsReadable ? await InstalledAsync(cancellationToken) : [],
        .. recordIsReadable ? await record.ReadAsync(acquaintance.ExamineAsync, cancellationToken) : [],
    ];

    private IEnumerable<Finding> Settings()
    {
        var ways = string.Join(" and ", [.. options.SigningSecret.Length > 0 ? ["called over HTTP"] : (string[])[], .. options.UsesSockets ? [$"over {options.Connections} sockets"] : (string[])[]]);
        yield return Finding.Ok($"Slack is on: {(options.IsInstalledByOAuth ? "for workspaces that install the app" : "for one workspace")}, {(ways.Length > 0 ? ways : "without a way in")}.");
        foreach (var fault in options.Faults(environment.IsDevelopment()))
        {
            yield return Finding.Fault($"{fault.Key} cannot be used, so the bot cannot serve Slack.", fault.Remedy);
        }

        if (options.PreviousSigningSecret.Length > 0)
        {
            yield return Finding.Note("The signing secret before is accepted too.", "Remove Slack:PreviousSigningSecret once it has been rotated in Slack.");
        }
    }

    private async Task<IReadOnlyList<Finding>> TokenAsync(string whose, string token, CancellationToken cancellationToken)
    {
        AppAnswer<IdentityReply> answer;
        try
        {
            answer = await calls.IdentityAsync(token, cancellationToken);
        }
        catch (SlackAwayException fault)
        {
            return [Finding.Fault("Slack does not answer, so the bot cannot write there.", fault.Message)];
        }

        if (!answer.Reply.Ok)
        {
            return [Finding.Fault($"Slack refuses {whose} ({answer.Reply.Error}).", SlackRefusals.Remedy(whose, answer.Reply.Error))];
        }

        return [Finding.Ok($"Slack takes {whose}: workspace {answer.Reply.Team} ({answer.Reply.TeamId}), bot user {answer.Reply.UserId}."), .. Scopes(whose, answer.Scopes), .. Skew(answer.At)];
    }

    private static IEnumerable<Finding> Scopes(string whose, string? granted)
    {
        if (granted is not null && SlackScopes.Missing(granted) is { Count: > 0 } missing)
        {
            yield return Finding.Fault(
                $"{whose} lacks rights: {string.Join(", ", missing.Select(scope => $"{scope.Name} (to {scope.Why})"))}.",
                "Compare the app with the manifest (PatchBot slack-manifest), add the rights, and install the app in the workspace again.");
        }
    }

    private IEnumerable<Finding> Skew(DateTimeOffset? theirs)
    {
        if (theirs is { } at && (clock.GetUtcNow() - at).Duration() is var skew && skew >= NotedSkew)
        {
            const string Remedy = "Set up time synchronisation on this machine.";
            yield return skew >= MostSkew && options.SigningSecret.Length > 0
                ? Finding.Fault($"This machine's clock is {skew.TotalMinutes:0} minutes off Slack's, so every call of Slack is refused.", Remedy)
                : Finding.Note($"This machine's clock is {skew.TotalMinutes:0} minutes off Slack's; from {MostSkew.TotalMinutes:0} on, calls of Slack are refused.", Remedy);
        }
    }

    // It costs one of the few addresses that Slack gives a minute, and the address is not used.
    private async Task<Finding> SocketAsync(CancellationToken cancellationToken)
    {
        try
        {
            var reply = await calls.SocketAsync(cancellationToken);
            return reply.Ok ? Finding.Ok("Slack would open a socket.") : Finding.Fault(
                $"Slack opens no socket ({reply.Error}), so nothing of it is heard.", SlackRefusals.Remedy("Slack:AppToken", reply.Error));
        }
        catch (SlackAwayException fault)
        {
            return Finding.Fault("Slack does not answer, so no socket can be opened.", fault.Message);
        }
    }

    private IEnumerable<Finding> Keys()
    {
        if (KeyFolder.IsOpenToOthers(options.KeyFolder))
        {
            yield return Finding.Note(
                $"Others on this machine can read {options.KeyFolder}, the keys of stored tokens.", $"Leave it to the bot's user alone: chmod 700 {options.KeyFolder}");
        }
    }

    private async Task<IReadOnlyList<Finding>> InstalledAsync(CancellationToken cancellationToken)
    {
        var stored = await installations.ListAsync(cancellationToken);
        if (stored.Count == 0)
        {
            return [Finding.Note("No workspace has installed the app yet.", $"Open {options.PublicUrl?.GetLeftPart(UriPartial.Authority)}{SlackPaths.Install} in a browser.")];
        }

        var findings = new List<Finding>();
        foreach (var installation in stored)
        {
            var whose = $"the token of {installation.Row.Name} ({installation.Row.Id})";
            findings.AddRange(installation switch
            {
                { Content: null } => [Finding.Fault($"The keys in {options.KeyFolder} do not open {whose}.", "Bring back the keys that sealed it, or install the app there again.")],
                { Row.State: WorkspaceState.Unusable } => [Finding.Fault($"{installation.Row.Name} cannot be reached: {installation.Row.UnusableWhy}", $"Install the app there again, at {SlackPaths.Install}.")],
                _ => await TokenAsync(whose, installation.Content.Token, cancellationToken),
            });
        }

        return findings;
    }
}
