using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PatchBot.Core.Delivery;
using PatchBot.Core.Record;

namespace PatchBot.Adapters.Wire;

/// <summary>
/// Work that goes on after its call was answered: platforms give a turn seconds, whatever the database does. What is under
/// way when the program stops is waited for.
/// </summary>
public sealed partial class BackgroundTurns(TimeProvider clock, ILogger<BackgroundTurns> logger) : IHostedService
{
    private readonly ConcurrentDictionary<Task, byte> underWay = new();
    private readonly SparingLog<string> sparing = new(clock);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(underWay.Keys).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            LogCutOff(underWay.Count);
        }
    }

    /// <summary>Goes on by itself; a fault is logged with <paramref name="what"/>.</summary>
    /// <param name="what">Names the platform too, such as "an answer on Teams".</param>
    public void Run(string what, Func<Task> work) => Keep(FollowAsync(what, work));

    /// <returns>What came of it, or <paramref name="late"/> when it takes longer; it goes on then.</returns>
    public async Task<T> WithinAsync<T>(TimeSpan patience, Func<Task<T>> work, T late)
    {
        var task = work();
        if (task.IsCompleted)
        {
            return await task;
        }

        using var alarm = new CancellationTokenSource();
        if (await Task.WhenAny(task, Task.Delay(patience, clock, alarm.Token)) == task)
        {
            await alarm.CancelAsync();
            return await task;
        }

        Run("a late turn", () => task);
        return late;
    }

    private void Keep(Task task)
    {
        if (task.IsCompleted)
        {
            return;
        }

        underWay[task] = 0;
        _ = task.ContinueWith(done => underWay.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task FollowAsync(string what, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception fault) when (fault is RecordUnavailableException or DeliveryException or DeliveryPostponedException)
        {
            // A database or a platform that is away or refuses says so in its sentence; a stack would hide it.
            if (sparing.MayWrite(what, out var silent))
            {
                LogAway(what, fault.Message, silent);
            }
        }
#pragma warning disable CA1031 // Nobody waits for it any more; it must not end the process.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            LogFailed(fault, what);
        }
    }

    [LoggerMessage(7101, LogLevel.Error, "Could not finish {What}")]
    private partial void LogFailed(Exception fault, string what);

    [LoggerMessage(7102, LogLevel.Warning, "Could not finish {What}: {Reason} ({Silent} more like it since the last line)")]
    private partial void LogAway(string what, string reason, int silent);

    [LoggerMessage(7103, LogLevel.Warning, "Stopped with {Count} answers still under way")]
    private partial void LogCutOff(int count);
}
