using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PatchBot.Core.Record;

namespace PatchBot.Core.Delivery;

/// <summary>Looks after all channels, as long as the program runs.</summary>
public sealed partial class DeliveryWorker(
    Deliverer deliverer, IOptions<DeliveryOptions> options, TimeProvider clock, ILogger<DeliveryWorker> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await deliverer.DeliverNextAsync(null, stoppingToken))
                {
                }

                await deliverer.WaitAsync(options.Value.LookEvery, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (RecordUnavailableException fault)
            {
                LogNoRecord(fault, options.Value.LookEvery);
                await Task.Delay(options.Value.LookEvery, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
#pragma warning disable CA1031 // Posts see to their own faults; whatever else goes wrong must not silence every channel.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                LogFault(fault, options.Value.LookEvery);
                await Task.Delay(options.Value.LookEvery, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(2011, LogLevel.Warning, "The database is away; posts wait. Next look in {Wait}")]
    private partial void LogNoRecord(Exception fault, TimeSpan wait);

    [LoggerMessage(2012, LogLevel.Error, "Delivery failed; next look in {Wait}")]
    private partial void LogFault(Exception fault, TimeSpan wait);
}
