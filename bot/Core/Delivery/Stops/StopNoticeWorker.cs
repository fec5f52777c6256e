using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PatchBot.Core.Record;

namespace PatchBot.Core.Delivery.Stops;

/// <summary>Looks again and again for stopped channels of which the admins have not been told; apart from what falls due, since platforms may be slow.</summary>
public sealed partial class StopNoticeWorker(StopNotices notices, TimeProvider clock, ILogger<StopNoticeWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    // A platform that does not answer is left alone for a while.
    private static readonly TimeSpan Later = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = Every;
            try
            {
                wait = await notices.TellAsync(stoppingToken) ? Every : Later;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (RecordUnavailableException)
            {
                // The record says that it is away, once and for all of its users; the next look asks the same question again.
            }
#pragma warning disable CA1031 // The next look asks the same question again; a fault must not end the looks.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                wait = Later;
                LogFault(fault, wait);
            }

            await Task.Delay(wait, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(2024, LogLevel.Error, "Could not tell the admins of stopped channels; trying again in {Wait}")]
    private partial void LogFault(Exception fault, TimeSpan wait);
}
