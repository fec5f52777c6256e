using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PatchBot.Adapters.Slack.Install;
using PatchBot.Core.Delivery;
using PatchBot.Core.Record;

namespace PatchBot.Adapters.Slack.Inbound.Events;

/// <summary>
/// Makes up, workspace by workspace, for what happened while nothing could come in: after each start, and over sockets after each
/// span without one. First what became of the channels, see <see cref="Reconciliation"/>; then what people wrote there, see
/// <see cref="MissedMessages"/>.
/// </summary>
internal sealed partial class ReconciliationWorker(
    IWorkspaces workspaces,
    Reconciliation reconciliation,
    MissedMessages missed,
    Silences silences,
    IOptions<SlackOptions> options,
    TimeProvider clock,
    ILogger<ReconciliationWorker> logger) : BackgroundService
{
    /// <summary>Before the first look, too: the sockets are open then, so that nothing falls between them and the list.</summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);

    /// <summary>A right that is missing is added some day; until then once an hour is enough.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    private readonly HashSet<string> compared = [];
    private readonly Dictionary<string, MissedSpan> spans = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var silence = silences.NextEndAsync(stoppingToken);
            await Task.Delay(FirstPause, clock, stoppingToken);
            for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
            {
                var all = await AllAsync(stoppingToken);
                if (all && !options.Value.UsesSockets)
                {
                    return;
                }

                if (await EndedWithinAsync(silence, all ? Timeout.InfiniteTimeSpan : pause, stoppingToken))
                {
                    (silence, pause) = (silences.NextEndAsync(stoppingToken), FirstPause);
                    compared.Clear();
                    spans.Clear();
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end.
        }
    }

    private async Task<bool> EndedWithinAsync(Task silence, TimeSpan pause, CancellationToken cancellationToken)
    {
        try
        {
            await silence.WaitAsync(pause, clock, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
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
                all &= compared.Contains(workspace.Id) || await ComparedAsync(workspace, cancellationToken);
                all &= await ReadAsync(workspace, cancellationToken);
            }

            return all;
        }
        catch (RecordUnavailableException)
        {
            // The record says that it is away, once for all of its users; and the one workspace of a token becomes known later.
            return false;
        }
    }

    private async Task<bool> ComparedAsync(SlackWorkspace workspace, CancellationToken cancellationToken)
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

            return compared.Add(workspace.Id);
        }
        catch (Exception fault) when (fault is DeliveryException or DeliveryPostponedException)
        {
            LogLater(workspace.Id, fault.Message);
            return false;
        }
    }

    private async Task<bool> ReadAsync(SlackWorkspace workspace, CancellationToken cancellationToken)
    {
        if (options.Value.ReadsBack == TimeSpan.Zero || workspace.IsOrganisation)
        {
            return true;
        }

        // What is written between the reading and the first socket would be missed for good.
        if (silences.IsSilent)
        {
            return false;
        }

        try
        {
            if (!spans.TryGetValue(workspace.Id, out var span))
            {
                spans[workspace.Id] = span = await missed.SpanAsync(workspace, cancellationToken);
            }

            await missed.ReadAsync(workspace, span, cancellationToken);
            return span.Left.Count == 0;
        }
        catch (Exception fault) when (fault is DeliveryException or DeliveryPostponedException)
        {
            LogUnread(workspace.Id, spans[workspace.Id].Left.Count, fault.Message);
            return false;
        }
    }

    [LoggerMessage(7226, LogLevel.Information,
        "Slack lists an organisation's channels workspace by workspace only: what happened to those of {Workspace} while the bot was not running shows when it writes there or is written to")]
    private partial void LogOrganisation(string workspace);

    [LoggerMessage(7227, LogLevel.Warning,
        "What happened to the channels of workspace {Workspace} while the bot was not running is not known yet, and Slack is asked again: {Reason}")]
    private partial void LogLater(string workspace, string reason);

    [LoggerMessage(7228, LogLevel.Warning,
        "What people wrote in {Conversations} conversations of workspace {Workspace} while the bot did not listen is not read yet, and Slack is asked again: {Reason}")]
    private partial void LogUnread(string workspace, int conversations, string reason);
}
