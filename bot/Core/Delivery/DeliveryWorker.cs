using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PatchBot.Core.Record;

namespace PatchBot.Core.Delivery;

/// <summary>Looks after all channels, several at once, as long as the program runs. A slow channel takes one place, not the others' time.</summary>
public sealed partial class DeliveryWorker(
    Deliverer deliverer, IOptions<DeliveryOptions> options, TimeProvider clock, ILogger<DeliveryWorker> logger) : BackgroundService
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    // What people change again meanwhile becomes one edit; a card that is drawn after each of many presses would cost more than they do.
    private static readonly TimeSpan Gathers = TimeSpan.FromMilliseconds(250);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var places = new SemaphoreSlim(options.Value.AtOnce);
        try
        {
            await ServeAsync(places, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Each place that comes back is a channel that was given back.
            for (var place = 0; place < options.Value.AtOnce; place++)
            {
                await places.WaitAsync(CancellationToken.None);
            }
        }
    }

    private async Task ServeAsync(SemaphoreSlim places, CancellationToken stoppingToken)
    {
        var failures = 0;
        while (true)
        {
            await places.WaitAsync(stoppingToken);
            Task? work = null;
            try
            {
                work = await deliverer.StartNextAsync(null, stoppingToken);
                failures = 0;
            }
            catch (RecordUnavailableException)
            {
                // The record says that it is away, once and for all of its users.
                failures++;
            }
#pragma warning disable CA1031 // Posts see to their own faults; whatever else goes wrong must not silence every channel.
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                LogFault(fault);
                failures++;
            }
            finally
            {
                if (work is null)
                {
                    places.Release();
                }
            }

            if (work is not null)
            {
                _ = FollowAsync(work, places, stoppingToken);
            }
            else if (failures > 0)
            {
                await Task.Delay(Pause(failures), clock, stoppingToken);
            }
            else
            {
                var found = clock.GetTimestamp();
                await deliverer.WaitAsync(options.Value.LookEvery, stoppingToken);
                if (Gathers - clock.GetElapsedTime(found) is { Ticks: > 0 } rest)
                {
                    await Task.Delay(rest, clock, stoppingToken);
                }
            }
        }
    }

    private async Task FollowAsync(Task work, SemaphoreSlim places, CancellationToken stoppingToken)
    {
        try
        {
            await work;
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The channel was given back.
        }
        catch (RecordUnavailableException)
        {
            // The next look meets the same.
        }
#pragma warning disable CA1031 // One channel's fault is no other's.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            LogFault(fault);
        }
        finally
        {
            places.Release();

            // There may be more for this place, or for this channel.
            deliverer.Nudge();
        }
    }

    private static TimeSpan Pause(int failures) =>
        TimeSpan.FromTicks(Math.Min(TimeSpan.TicksPerSecond << Math.Min(failures - 1, 10), LongestPause.Ticks));

    [LoggerMessage(2012, LogLevel.Error, "Delivery failed; it is tried again shortly")]
    private partial void LogFault(Exception fault);
}
