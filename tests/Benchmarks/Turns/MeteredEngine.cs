using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using PatchBot.Db.Engines;
using SQLitePCL;

namespace PatchBot.Benchmarks.Turns;

/// <summary>SQLite, with a count of the commits that write, and on request of every statement and its time.</summary>
internal sealed class MeteredEngine(ISqlEngine inner, bool profiled) : ISqlEngine
{
    private readonly ConcurrentDictionary<string, (long Times, long Nanoseconds)> statements = new();
    private long commits;

    public long Commits => Interlocked.Read(ref commits);

    public string Name => inner.Name;

    public string DisplayName => inner.DisplayName;

    public ISqlDialect Dialect => inner.Dialect;

    public ISchemaSteps Schema => inner.Schema;

    public int Writers => inner.Writers;

    public RetryPlan Retries => inner.Retries;

    public bool Exists() => inner.Exists();

    public async Task<DbConnection> OpenAsync(CancellationToken cancellationToken) => Watched(await inner.OpenAsync(cancellationToken));

    public async Task<DbConnection> OpenToWriteAsync(CancellationToken cancellationToken) => Watched(await inner.OpenToWriteAsync(cancellationToken));

    private DbConnection Watched(DbConnection connection)
    {
        if (profiled)
        {
            raw.sqlite3_profile(((SqliteConnection)connection).Handle, Count, this);
        }

        return connection;
    }

    public async Task<DbTransaction> BeginAsync(DbConnection connection, bool writes, CancellationToken cancellationToken)
    {
        var transaction = await inner.BeginAsync(connection, writes, cancellationToken);
        if (writes)
        {
            Interlocked.Increment(ref commits);
        }

        return transaction;
    }

    public Task<DbTransaction> BeginMigrationAsync(DbConnection connection, CancellationToken cancellationToken) => inner.BeginMigrationAsync(connection, cancellationToken);

    public Task SaveAsync(DbTransaction transaction) => inner.SaveAsync(transaction);

    public Task KeepAsync(DbTransaction transaction) => inner.KeepAsync(transaction);

    public Task UndoAsync(DbTransaction transaction) => inner.UndoAsync(transaction);

    public Task CommitAsync(DbTransaction transaction) => inner.CommitAsync(transaction);

    public bool IsTransient(DbException fault) => inner.IsTransient(fault);

    public string? Explain(DbException fault) => inner.Explain(fault);

    public void CloseIdle() => inner.CloseIdle();

    /// <summary>What ran since the last call, the costliest first.</summary>
    public IReadOnlyList<(string Statement, long Times, double Microseconds)> TakeStatements()
    {
        var taken = statements.Select(pair => (pair.Key, pair.Value.Times, pair.Value.Nanoseconds / 1000d)).OrderByDescending(one => one.Item3).ToList();
        statements.Clear();
        return taken;
    }

    private static void Count(object engine, utf8z statement, long nanoseconds) => ((MeteredEngine)engine).statements.AddOrUpdate(
        statement.utf8_to_string(), (1, nanoseconds), (_, sum) => (sum.Times + 1, sum.Nanoseconds + nanoseconds));
}
