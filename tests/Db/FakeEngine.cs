using System.Data.Common;
using PatchBot.Db.Engines;

namespace PatchBot.Tests.Db;

/// <summary>SQLite behind a network that fails where a test says so.</summary>
internal sealed class FakeEngine(ISqlEngine inner) : ISqlEngine
{
    public string Name => inner.Name;

    public string DisplayName => "'patchbot' on far-away";

    public ISqlDialect Dialect { get; init; } = inner.Dialect;

    public ISchemaSteps Schema => inner.Schema;

    public int Writers => 4;

    public RetryPlan Retries { get; init; } = new(4, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(250), TimeSpan.FromMinutes(1));

    /// <summary>What happens to the next transactions' commits, in order; then they succeed.</summary>
    public Queue<Commit> Commits { get; } = [];

    /// <summary>How often opening fails from now on.</summary>
    public int OpeningsThatFail { get; set; }

    public int Openings { get; private set; }

    public bool Exists() => true;

    public Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        Openings++;
        return OpeningsThatFail-- > 0 ? throw new NetworkFault() : inner.OpenAsync(cancellationToken);
    }

    public Task<DbTransaction> BeginAsync(DbConnection connection, bool writes, CancellationToken cancellationToken) =>
        inner.BeginAsync(connection, writes, cancellationToken);

    public Task<DbTransaction> BeginMigrationAsync(DbConnection connection, CancellationToken cancellationToken) =>
        inner.BeginMigrationAsync(connection, cancellationToken);

    public async Task CommitAsync(DbTransaction transaction)
    {
        var fate = Commits.TryDequeue(out var next) ? next : Commit.Done;
        if (fate is Commit.Done or Commit.DoneUnheard)
        {
            await inner.CommitAsync(transaction);
        }

        if (fate is Commit.DoneUnheard or Commit.LostUnheard)
        {
            throw new UncertainCommitException(new NetworkFault());
        }
    }

    public bool IsTransient(DbException fault) => fault is NetworkFault;

    public string? Explain(DbException fault) => fault is NetworkFault ? $"The database {DisplayName} cannot be reached." : null;

    public void CloseIdle() => inner.CloseIdle();

    internal enum Commit
    {
        Done,
        DoneUnheard,
        LostUnheard,
    }

    private sealed class NetworkFault() : DbException("The connection broke.");
}
