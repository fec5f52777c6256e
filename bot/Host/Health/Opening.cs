using PatchBot.Core.Record;
using PatchBot.Db.Migrations;

namespace PatchBot.Host.Health;

/// <summary>
/// Brings the database to this program's schema, then starts the workers. A database that is away is waited for: the
/// program lives meanwhile and says that it is not ready.
/// </summary>
internal sealed class Opening(
    Migrator migrator, WatchedRecord record, IEnumerable<ChannelSeed> seeds, IEnumerable<BackgroundService> workers, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    private readonly BackgroundService[] workers = [.. workers];
    private readonly TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the workers are at work, or with a <see cref="MigrationException"/> that waiting does not mend.</summary>
    public Task Opened => opened.Task;

    /// <summary>Ends, with the reason, once the database was found to be away.</summary>
    public Task<string> Waiting => waiting.Task;

    public bool AreWorkersAlive => workers.All(worker => worker.ExecuteTask is { IsFaulted: false, IsCanceled: false });

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Task.WhenAll(workers.Select(worker => worker.StopAsync(cancellationToken)));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await OpenAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            opened.SetCanceled(stoppingToken);
            return;
        }
#pragma warning disable CA1031 // Handed to the command that waits for it, which says it and ends the program.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            opened.SetException(fault);
            return;
        }

        foreach (var worker in workers)
        {
            await worker.StartAsync(stoppingToken);
        }

        opened.SetResult();
        await foreach (var ended in Task.WhenEach(workers.Select(worker => worker.ExecuteTask!)))
        {
            // A worker that failed ends the program, as the host does with its own.
            await ended;
        }
    }

    private async Task OpenAsync(CancellationToken stoppingToken)
    {
        for (var pause = TimeSpan.FromSeconds(1); ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                await migrator.ApplyAsync(stoppingToken);
                record.Open();
                foreach (var seed in seeds)
                {
                    await seed.SowAsync(stoppingToken);
                }

                return;
            }
            catch (RecordUnavailableException fault)
            {
                record.Lose(fault);
                waiting.TrySetResult(fault.Message);
                await Task.Delay(pause, clock, stoppingToken);
            }
        }
    }
}
