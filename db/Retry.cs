using System.Data.Common;
using PatchBot.Core.Record;
using PatchBot.Db.Engines;

namespace PatchBot.Db;

/// <summary>Runs a whole transaction again while that may help, and says what is wrong when it does not.</summary>
internal static class Retry
{
    /// <exception cref="RecordUnavailableException">The database cannot be used.</exception>
    public static async Task<T> RunAsync<T>(
        ISqlEngine engine, RetryPlan plan, TimeProvider clock, Func<CancellationToken, Task<T>> transaction, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await transaction(cancellationToken);
            }
            catch (DbException fault) when (cancellationToken.IsCancellationRequested)
            {
                // A driver may report a cancelled statement as a fault of its own.
                throw new OperationCanceledException(fault.Message, fault, cancellationToken);
            }
            catch (DbException fault) when (engine.IsTransient(fault) && attempt < plan.Attempts && clock.GetElapsedTime(started) < plan.Within)
            {
            }
            catch (DbException fault) when (engine.Explain(fault) is { } explanation)
            {
                throw new RecordUnavailableException(explanation, fault);
            }

            if (plan.WaitAfter(attempt) is { Ticks: > 0 } wait)
            {
                await Task.Delay(wait, clock, cancellationToken);
            }
        }
    }
}
