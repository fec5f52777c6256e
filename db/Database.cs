using System.Data.Common;
using PatchBot.Core.Record;
using PatchBot.Db.Engines;

namespace PatchBot.Db;

/// <summary>The record in an SQL database.</summary>
public sealed class Database(ISqlEngine engine, TimeProvider clock) : IRecord, IDisposable
{
    private const int Attempts = 3;

    // SQLite takes one writer at a time anyway; waiting here is in order of arrival and blocks no thread.
    private readonly SemaphoreSlim writer = new(1, 1);

    public async Task<T> WriteAsync<T>(Func<IRecordSession, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        await writer.WaitAsync(cancellationToken);
        try
        {
            return await RunAsync(work, writes: true, cancellationToken);
        }
        finally
        {
            writer.Release();
        }
    }

    public Task<T> ReadAsync<T>(Func<IRecordSession, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        RunAsync(work, writes: false, cancellationToken);

    public void Dispose()
    {
        writer.Dispose();
        engine.CloseIdle();
    }

    private async Task<T> RunAsync<T>(Func<IRecordSession, CancellationToken, Task<T>> work, bool writes, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await AttemptAsync(work, writes, cancellationToken);
            }
            catch (DbException fault) when (engine.IsConflict(fault) && attempt < Attempts)
            {
                // The engine has waited already; the whole transaction runs again on the state that won.
                cancellationToken.ThrowIfCancellationRequested();
            }
            catch (DbException fault) when (engine.Explain(fault) is { } explanation)
            {
                throw new RecordUnavailableException(explanation, fault);
            }
        }
    }

    private async Task<T> AttemptAsync<T>(Func<IRecordSession, CancellationToken, Task<T>> work, bool writes, CancellationToken cancellationToken)
    {
        await using var connection = await engine.OpenAsync(cancellationToken);
        await using var transaction = await engine.BeginAsync(connection, writes, cancellationToken);
        await using var sql = new SqlSession(connection, transaction, engine.Dialect, clock, writes);
        var result = await work(new RecordSession(sql), cancellationToken);

        // Past this point the work is done: a cancelled request must not leave it in doubt.
        await transaction.CommitAsync(CancellationToken.None);
        return result;
    }
}
