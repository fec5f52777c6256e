using PatchBot.Core.Audit;
using PatchBot.Core.Record;
using PatchBot.Db.Engines;
using PatchBot.Db.Stores;

namespace PatchBot.Db;

/// <summary>The record in an SQL database.</summary>
public sealed class Database : IRecord, IDisposable
{
    private readonly ISqlEngine engine;
    private readonly TimeProvider clock;
    private readonly GroupCommit? group;

    // Waiting here is in order of arrival and holds neither a thread nor a connection.
    private readonly SemaphoreSlim writers;

    public Database(ISqlEngine engine, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(engine);
        (this.engine, this.clock) = (engine, clock);
        writers = new SemaphoreSlim(engine.Writers, engine.Writers);
        group = engine.Writers == 1 ? new GroupCommit(engine, clock, (fault, entry) => WasCommittedAsync(new Doubt(fault, entry))) : null;
    }

    public Task<T> WriteAsync<T>(Func<IRecordSession, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        group is null ? WriteSideBySideAsync(work, cancellationToken) : group.RunAsync(work, cancellationToken);

    public Task<T> ReadAsync<T>(Func<IRecordSession, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        RunAsync((sql, token) => work(new RecordSession(sql), token), writes: false, cancellationToken);

    public void Dispose()
    {
        writers.Dispose();
        engine.CloseIdle();
    }

    private async Task<T> WriteSideBySideAsync<T>(Func<IRecordSession, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        await writers.WaitAsync(cancellationToken);
        try
        {
            return await RunAsync((sql, token) => work(new RecordSession(sql), token), writes: true, cancellationToken);
        }
        finally
        {
            writers.Release();
        }
    }

    private Task<T> RunAsync<T>(Func<SqlSession, CancellationToken, Task<T>> work, bool writes, CancellationToken cancellationToken) =>
        Retry.RunAsync(engine, engine.Retries, clock, token => AttemptAsync(work, writes, token), cancellationToken);

    private async Task<T> AttemptAsync<T>(Func<SqlSession, CancellationToken, Task<T>> work, bool writes, CancellationToken cancellationToken)
    {
        var (result, doubt) = await TransactAsync(work, writes, cancellationToken);
        if (doubt is { } uncertain && writes && !await WasCommittedAsync(uncertain))
        {
            throw uncertain.Fault.InnerException!;
        }

        return result;
    }

    private async Task<(T Result, Doubt? Doubt)> TransactAsync<T>(
        Func<SqlSession, CancellationToken, Task<T>> work, bool writes, CancellationToken cancellationToken)
    {
        await using var connection = await engine.OpenAsync(cancellationToken);
        await using var transaction = await engine.BeginAsync(connection, writes, cancellationToken);
        await using var sql = new SqlSession(connection, transaction, engine.Dialect, clock, writes);
        var result = await work(sql, cancellationToken);
        try
        {
            // Past this point the work is done: a cancelled request must not leave it in doubt.
            await engine.CommitAsync(transaction);
            return (result, null);
        }
        catch (UncertainCommitException fault)
        {
            return (result, new Doubt(fault, sql.LastEntry));
        }
    }

    /// <summary>
    /// The audit knows: an entry is committed with the transaction that wrote it. Its turn comes when the lost
    /// transaction has ended, should the database still be busy with it.
    /// </summary>
    private async Task<bool> WasCommittedAsync(Doubt doubt)
    {
        var unknown = $"The connection to {engine.DisplayName} broke while it was recording, so it is not known whether the last change was recorded. "
            + "Look before you repeat it.";
        if (doubt.Entry is not { } entry)
        {
            throw new RecordUnavailableException(unknown, doubt.Fault);
        }

        try
        {
            return await RunAsync(
                async (sql, token) => await new AuditLog(sql.InTurn()).ReadFromAsync(entry.Sequence, 1, token) is [var found] && found.Hash == entry.Hash,
                writes: true,
                CancellationToken.None);
        }
        catch (RecordUnavailableException)
        {
            throw new RecordUnavailableException(unknown, doubt.Fault);
        }
    }

    /// <param name="Entry">The newest entry of the transaction that may or may not be there.</param>
    private readonly record struct Doubt(UncertainCommitException Fault, AuditEntry? Entry);
}
