namespace PatchBot.Host.Health;

/// <summary>Finds out when a database that went away is back, alone: everybody else is told at once that it is not there.</summary>
internal sealed class Recovery(WatchedRecord record, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await record.WaitLostAsync(stoppingToken);
            for (var pause = TimeSpan.FromSeconds(1); !record.IsThere; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
            {
                await Task.Delay(pause, clock, stoppingToken);
                await record.TryReturnAsync(stoppingToken);
            }
        }
    }
}
