using System.Data.Common;
using Microsoft.Data.Sqlite;
using PatchBot.Db.Engines;

namespace PatchBot.Tests.Db;

/// <summary>SQLite behind a network that fails where a test says so.</summary>
internal sealed class FakeEngine(ISqlEngine inner) : ISqlEngine
{
    public string Name => inner.Name;

    public string DisplayName => "'patchbot' on far-away";

    public ISqlDialect Dialect { get; init; } = inner.Dialect;

    public ISchemaSteps Schema => inner.Schema;

    public int Writers { get; init; } = 4;

    public RetryPlan Retries { get; init; } = new(4, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(250), TimeSpan.FromMinutes(1));

    /// <summary>What happens to the next transactions' commits, in order; then they succeed.</summary>
    public Queue<Commit> Commits { get; } = [];

    /// <summary>How often opening fails from now on.</summary>
    public int OpeningsThatFail { get; set; }

    public int Openings { get; private set; }

    /// <summary>How many transactions were committed.</summary>
    public int Committed { get; private set; }

    /// <summary>How large the file may grow, in pages; 0 for as large as it likes.</summary>
    public int MostPages { get; set; }

    public bool Exists() => true;

    public Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        Openings++;
        return OpeningsThatFail-- > 0 ? throw new NetworkFault() : inner.OpenAsync(cancellationToken);
    }

    public async Task<DbConnection> OpenToWriteAsync(CancellationToken cancellationToken)
    {
        Openings++;
        var connection = OpeningsThatFail-- > 0 ? throw new NetworkFault() : await inner.OpenToWriteAsync(cancellationToken);
        await using var limit = connection.CreateCommand();
#pragma warning disable CA2100 // A number.
        limit.CommandText = $"PRAGMA max_page_count = {(MostPages == 0 ? int.MaxValue - 1 : MostPages)}";
#pragma warning restore CA2100
        await limit.ExecuteNonQueryAsync(cancellationToken);
        return connection;
    }

    public Task<DbTransaction> BeginAsync(DbConnection connection, bool writes, CancellationToken cancellationToken) =>
        inner.BeginAsync(connection, writes, cancellationToken);

    public Task<DbTransaction> BeginMigrationAsync(DbConnection connection, CancellationToken cancellationToken) =>
        inner.BeginMigrationAsync(connection, cancellationToken);

    public Task SaveAsync(DbTransaction transaction) => inner.SaveAsync(transaction);

    public Task KeepAsync(DbTransaction transaction) => inner.KeepAsync(transaction);

    public Task UndoAsync(DbTransaction transaction) => inner.UndoAsync(transaction);

    public async Task CommitAsync(DbTransaction transaction)
    {
        var fate = Commits.TryDequeue(out var next) ? next : Commit.Done;
        if (fate is Commit.Done or Commit.DoneUnheard)
        {
            await inner.CommitAsync(transaction);
            Committed++;
        }

        if (fate is Commit.Full)
        {
            throw new SqliteException("database or disk is full", 13);
        }

        if (fate is Commit.DoneUnheard or Commit.LostUnheard)
        {
            throw new UncertainCommitException(new NetworkFault());
        }
    }

    public bool IsTransient(DbException fault) => fault is NetworkFault;

    public string? Explain(DbException fault) => fault is NetworkFault ? $"The database {DisplayName} cannot be reached." : inner.Explain(fault);

    public void CloseIdle() => inner.CloseIdle();

    internal enum Commit
    {
        Done,
        DoneUnheard,
        LostUnheard,
        Full,
    }

    private sealed class NetworkFault() : DbException("The connection broke.");
}
