using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PatchBot.Adapters.Slack.Install;
using PatchBot.Core.Delivery;
using PatchBot.Core.Record;

namespace PatchBot.Adapters.Slack.Inbound.Events;

/// <summary>Makes up once after each start, workspace by workspace, for what happened before; see <see cref="Reconciliation"/>.</summary>
internal sealed partial class ReconciliationWorker(
    IWorkspaces workspaces, Reconciliation reconciliation, TimeProvider clock, ILogger<ReconciliationWorker> logger) : BackgroundService
{
    /// <summary>Before the first look, too: the sockets are open then, so that nothing falls between them and the list.</summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);

    /// <summary>A right that is missing is added some day; until then once an hour is enough.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    private readonly HashSet<string> done = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.Delay(FirstPause, clock, stoppingToken);
            for (var pause = FirstPause; !await AllAsync(stoppingToken); pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
            {
                await Task.Delay(pause, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end.
        }
    }

    /// <returns><see langword="false"/> when something is left for later.</returns>
    private async Task<bool> AllAsync(CancellationToken cancellationToken)
    {
        try
        {
            var all = true;
            foreach (var workspace in await workspaces.ListAsync(cancellationToken))
            {
                all &= done.Contains(workspace.Id) || await OneAsync(workspace, cancellationToken);
            }

            return all;
        }
        catch (RecordUnavailableException)
        {
            // The record says that it is away, once for all of its users; and the one workspace of a token becomes known later.
            return false;
        }
    }

    private async Task<bool> OneAsync(SlackWorkspace workspace, CancellationToken cancellationToken)
    {
        try
        {
            if (workspace.IsOrganisation)
            {
                LogOrganisation(workspace.Id);
            }
            else
            {
                await reconciliation.CompareAsync(workspace, cancellationToken);
            }

            return done.Add(workspace.Id);
        }
        catch (Exception fault) when (fault is DeliveryException or DeliveryPostponedException)
        {
            LogLater(workspace.Id, fault.Message);
            return false;
        }
    }

    [LoggerMessage(7226, LogLevel.Information,
        "Slack lists an organisation's channels workspace by workspace only: what happened to those of {Workspace} while the bot was not running shows when it writes there or is written to")]
    private partial void LogOrganisation(string workspace);

    [LoggerMessage(7227, LogLevel.Warning,
        "What happened to the channels of workspace {Workspace} while the bot was not running is not known yet, and Slack is asked again: {Reason}")]
    private partial void LogLater(string workspace, string reason);
}
