using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PatchBot.Core.Delivery;
using PatchBot.Core.Record;

namespace PatchBot.Core.Announcements;

/// <summary>Lets time pass: asks again and again what is due and not yet done. Losing it for a while delays, and loses nothing.</summary>
public sealed partial class DueWorker(IRecord record, DueWork due, IDelivery delivery, TimeProvider clock, ILogger<DueWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        DateTimeOffset? reviewedAt = null;
        do
        {
            try
            {
                var done = 0;
                if (reviewedAt is not { } last || clock.GetUtcNow() - last >= TimeSpan.FromDays(1))
                {
                    done += await record.WriteAsync<int>(reviewedAt is null ? due.ReviewSettingsAsync : due.FindWindowsAsync, stoppingToken);

                    // Only now: until it is committed it was not done.
                    reviewedAt = clock.GetUtcNow();
                }

                done += await record.WriteAsync(due.DoAsync, stoppingToken);
                if (done > 0)
                {
                    delivery.Nudge();
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (RecordUnavailableException)
            {
                // The record says that it is away, once and for all of its users; the next round asks the same question again.
            }
#pragma warning disable CA1031 // The next round asks the same question again; a fault must not end the rounds.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                LogFault(fault, Every);
            }
        }
        while (await NextAsync(timer, stoppingToken));
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(3001, LogLevel.Error, "Could not do what is due; asking again in {Wait}")]
    private partial void LogFault(Exception fault, TimeSpan wait);
}
