using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PatchBot.Core.Delivery;
using PatchBot.Core.People;
using PatchBot.Core.Record;

namespace PatchBot.Adapters.Slack.Install;

/// <summary>The one workspace whose token stands in the settings. Slack says which one that is; until it has, nothing of it is known.</summary>
internal sealed partial class OneWorkspace(
    IOptions<SlackOptions> options, AppCalls calls, SlackAlarms alarms, IRecord record, ChannelDesk desk, TimeProvider clock, ILogger<OneWorkspace> logger)
    : IWorkspaces
{
    private const string Setting = $"{SlackOptions.Section}:{nameof(SlackOptions.BotToken)}";

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>After a refusal: somebody has to mend it.</summary>
    private static readonly TimeSpan RefusedPause = TimeSpan.FromMinutes(10);

    /// <summary>A delivery waits so long for Slack's answer at the start; it has three seconds in all.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly SlackOptions options = options.Value;
    private readonly TaskCompletionSource identified = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile TaskCompletionSource asked = new();
    private volatile SlackWorkspace? known;
    private volatile string? unusable;

    /// <summary>Finds out whose token it is, and again when it was refused, until the program stops.</summary>
    public async Task WatchAsync(CancellationToken stoppingToken)
    {
        for (var failures = 0; ;)
        {
            try
            {
                var again = asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
                await LookAsync(stoppingToken);
                failures = 0;
                await again.Task.WaitAsync(unusable is null ? Timeout.InfiniteTimeSpan : RefusedPause, clock, stoppingToken);
            }
            catch (TimeoutException)
            {
                // It may have been mended.
            }
            catch (SlackAwayException fault)
            {
                var pause = FirstPause * Math.Pow(2, Math.Min(failures++, 10));
                pause = pause < LongestPause ? pause : LongestPause;
                LogAway(fault.Message);
                await Task.Delay(fault.Wait > pause ? fault.Wait.Value : pause, clock, stoppingToken);
            }
        }
    }

    public async ValueTask<SlackWorkspace?> OfAsync(string? team, string? enterprise, CancellationToken cancellationToken)
    {
        var workspace = await WorkspaceAsync(cancellationToken);
        return unusable is null && (workspace.Id == team || (workspace.IsOrganisation && workspace.Id == enterprise)) && options.Allows(team, enterprise ?? workspace.Enterprise)
            ? workspace
            : null;
    }

    public async Task<IReadOnlyList<SlackWorkspace>> ListAsync(CancellationToken cancellationToken)
    {
        var workspace = await WorkspaceAsync(cancellationToken);
        return unusable is null ? [workspace] : [];
    }

    public ValueTask<string> TokenAsync(string workspace, CancellationToken cancellationToken) => this switch
    {
        { unusable: { } why } => throw new DeliveryException(why, permanent: false, InstalledWorkspaces.WhileUnusable),
        { known: null } => throw new DeliveryException($"Slack has not said yet which workspace {Setting} belongs to.", permanent: false, FirstPause),
        _ when known.Id != workspace => throw new DeliveryException(
            $"{Setting} belongs to {known.Name} ({known.Id}), and this is in the workspace {workspace}.", permanent: true),
        _ => new(options.BotToken),
    };

    // This token does not rotate: that it has ended means that somebody replaced it.
    public void Expired(string workspace, string token) => Ask();

    public async Task UnusableAsync(string workspace, string why, CancellationToken cancellationToken)
    {
        if (unusable is null && known?.Id == workspace)
        {
            unusable = why;
            Ask();
            await alarms.RaiseAsync(SlackAlarm.Token(workspace), why, cancellationToken);
        }
    }

    public async Task RemovedAsync(string workspace, CancellationToken cancellationToken)
    {
        if (known?.Id != workspace)
        {
            return;
        }

        const string Why = "The app was removed from the workspace.";
        unusable = $"{Why} Install it there again and write its token to {Setting}.";
        Ask();
        await record.WriteAsync(
            async (session, token) =>
            {
                foreach (var channel in await session.Channels.OfWorkspaceAsync(workspace, token))
                {
                    await desk.StopAsync(session, channel, Person.Bot.Id, Why, "", token);
                }

                return true;
            },
            cancellationToken);
        await alarms.RaiseAsync(SlackAlarm.Token(workspace), unusable, cancellationToken);
    }

    private async ValueTask<SlackWorkspace> WorkspaceAsync(CancellationToken cancellationToken)
    {
        try
        {
            await identified.Task.WaitAsync(Patience, clock, cancellationToken);
            return known!;
        }
        catch (TimeoutException fault)
        {
            throw new RecordUnavailableException($"Slack has not said yet which workspace {Setting} belongs to.", fault);
        }
    }

    private void Ask() => asked.TrySetResult();

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var reply = (await calls.IdentityAsync(options.BotToken, cancellationToken)).Reply;
        if (reply is not { Ok: true, TeamId: { Length: > 0 } team, UserId: { Length: > 0 } user })
        {
            await RefuseAsync($"Slack refuses {Setting} ({reply.Error}). {SlackRefusals.Remedy(Setting, reply.Error)}", cancellationToken);
            return;
        }

        var organisation = reply is { IsEnterpriseInstall: true, EnterpriseId.Length: > 0 };
        var workspace = new SlackWorkspace(organisation ? reply.EnterpriseId! : team, reply.Team ?? team, user, reply.BotId ?? "", reply.AppId ?? AppOfToken(), organisation)
        {
            Enterprise = reply.EnterpriseId,
        };
        if (!organisation && !options.Allows(team, reply.EnterpriseId))
        {
            await RefuseAsync($"{Setting} belongs to {workspace.Name} ({workspace.Id}), which Slack:AllowedWorkspaces does not name.", cancellationToken);
            return;
        }

        (known, unusable) = (workspace, null);
        identified.TrySetResult();
        LogKnown(workspace.Name, workspace.Id, workspace.BotUser);
    }

    private async Task RefuseAsync(string why, CancellationToken cancellationToken)
    {
        if (unusable == why)
        {
            return;
        }

        unusable = why;
        try
        {
            await alarms.RaiseAsync(SlackAlarm.Token(known?.Id ?? "unknown"), why, cancellationToken);
        }
        catch (RecordUnavailableException fault)
        {
            LogNotTold(fault.Message);
        }
    }

    // xapp-1-A0123-…: the app's id stands in its app-level token.
    private string AppOfToken() => options.AppToken.Split('-') is [_, _, var app, ..] ? app : "";

    [LoggerMessage(9427, LogLevel.Information, "Slack: workspace {Name} ({Workspace}), bot user {BotUser}")]
    private partial void LogKnown(string name, string workspace, string botUser);

    [LoggerMessage(9428, LogLevel.Warning, "Slack has not said yet which workspace the bot serves, and it is asked again: {Reason}")]
    private partial void LogAway(string reason);

    [LoggerMessage(9429, LogLevel.Warning, "The admins were not told of it: {Reason}")]
    private partial void LogNotTold(string reason);
}
