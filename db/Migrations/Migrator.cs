using System.Data.Common;
using System.Globalization;
using PatchBot.Core.Record;
using PatchBot.Db.Engines;

namespace PatchBot.Db.Migrations;

/// <summary>Brings the schema up to date. Any number of processes may start at once: they migrate one after the other.</summary>
public sealed class Migrator(ISqlEngine engine, TimeProvider clock)
{
    // Starting together is when processes are most in each other's way.
    private const int Patience = 2;

    private const string OfItsOwn = "give PatchBot a database of its own (Database:File, or Database:ConnectionString).";

    // Of the table that remembers applied migrations.
    private static readonly string[] Columns = ["applied_at", "hash", "name", "version"];

    /// <summary>What is built in; a test may put its own here.</summary>
    public IReadOnlyList<Migration> Known { get; init; } = Migration.For(engine.Name);

    /// <summary>Migrations that the database has not seen, in order, without changing it.</summary>
    /// <exception cref="MigrationException">An applied migration was edited, or the database is newer than this program.</exception>
    /// <exception cref="RecordUnavailableException">The database could not be read.</exception>
    public Task<IReadOnlyList<Migration>> PendingAsync(CancellationToken cancellationToken) =>
        engine.Exists() ? WithRetryAsync(ReadPendingAsync, cancellationToken) : Task.FromResult(Known);

    /// <summary>Applies what is pending, all or nothing.</summary>
    /// <returns>What was applied here; empty when there was nothing to do or another process did it.</returns>
    /// <exception cref="MigrationException">An applied migration was edited, the database is newer than this program, or a migration failed.</exception>
    /// <exception cref="RecordUnavailableException">The database could not be written.</exception>
    public Task<IReadOnlyList<Migration>> ApplyAsync(CancellationToken cancellationToken) => WithRetryAsync(ApplyPendingAsync, cancellationToken);

    /// <summary>What <see cref="ApplyAsync"/> would run, with the rows that record it, for someone who runs it by hand.</summary>
    /// <param name="migrations">From <see cref="PendingAsync"/>, or <see cref="Known"/> for a new database.</param>
    public string Script(IReadOnlyList<Migration> migrations) => engine.Schema.Script(
    [
        engine.Schema.MakeMigrationTable,
        .. migrations.SelectMany(migration => (string[])[.. engine.Schema.Batches(migration.Sql), engine.Dialect.Translate(Remember(migration))]),
    ]);

    private string Remember(Migration migration) => string.Create(CultureInfo.InvariantCulture, $"""
        INSERT INTO patchbot.schema_migration (version, name, hash, applied_at)
        VALUES ({migration.Version}, '{migration.Name}', '{migration.Hash}', {engine.Schema.Now})
        """);

    private async Task<IReadOnlyList<Migration>> ReadPendingAsync(CancellationToken cancellationToken)
    {
        await using var connection = await engine.OpenAsync(cancellationToken);
        await using var transaction = await engine.BeginAsync(connection, writes: false, cancellationToken);
        await using var sql = new SqlSession(connection, transaction, engine.Dialect, clock, writes: false);
        return await ColumnsAsync(sql, cancellationToken) is { Count: > 0 } columns
            ? Pending(await AppliedAsync(sql, columns, cancellationToken))
            : Known;
    }

    private async Task<IReadOnlyList<Migration>> ApplyPendingAsync(CancellationToken cancellationToken)
    {
        await using var connection = await engine.OpenAsync(cancellationToken);
        await using var transaction = await engine.BeginMigrationAsync(connection, cancellationToken);
        await using var sql = new SqlSession(connection, transaction, engine.Dialect, clock, writes: true);
        await sql.ExecuteAsync(engine.Schema.MakeMigrationTable, new Args(), cancellationToken);
        var applied = await AppliedAsync(sql, await ColumnsAsync(sql, cancellationToken), cancellationToken);
        var pending = Pending(applied);
        foreach (var migration in pending)
        {
            try
            {
                foreach (var batch in engine.Schema.Batches(migration.Sql))
                {
                    await sql.ExecuteAsync(batch, new Args(), cancellationToken);
                }
            }
            catch (DbException fault) when (!engine.IsTransient(fault) && engine.Explain(fault) is null)
            {
                throw new MigrationException(
                    $"Migration {migration.Name} failed on {engine.DisplayName}; nothing was changed. {fault.Message}{(applied.Count == 0 ? $" If the tables there are another program's, {OfItsOwn}" : "")}", fault);
            }

            await sql.ExecuteAsync(Sql.Remember, new Args()
                .Number("version", migration.Version).Text("name", migration.Name, 100).Text("hash", migration.Hash, 64)
                .Instant("appliedAt", clock.GetUtcNow()), cancellationToken);
        }

        try
        {
            await engine.CommitAsync(transaction);
        }
        catch (UncertainCommitException fault)
        {
            // Safe to run again: what was applied is recorded, and is not applied twice.
            throw fault.InnerException!;
        }

        return pending;
    }

    private IReadOnlyList<Migration> Pending(IReadOnlyList<Applied> applied)
    {
        foreach (var step in applied)
        {
            var known = Known.FirstOrDefault(migration => migration.Version == step.Version) ?? throw new MigrationException(
                $"The database {engine.DisplayName} is newer than this PatchBot: it has migration {step.Name}, this program ends at "
                + $"{(Known.Count > 0 ? Known[^1].Name : "none")}. Start the newer program, or restore a backup from before the update.");
            if (known.Hash != step.Hash)
            {
                throw new MigrationException(
                    $"Migration {step.Name} was edited after it was applied to {engine.DisplayName} on {step.AppliedAt:u}. "
                    + "Put the file back as it was and write the change as a new migration.");
            }
        }

        return [.. Known.Where(migration => applied.All(step => step.Version != migration.Version))];
    }

    private Task<IReadOnlyList<string>> ColumnsAsync(SqlSession sql, CancellationToken cancellationToken) =>
        sql.ListAsync<string>(engine.Schema.ListMigrationColumns, new Args(), cancellationToken);

    private Task<IReadOnlyList<Applied>> AppliedAsync(SqlSession sql, IReadOnlyList<string> columns, CancellationToken cancellationToken) =>
        columns.Order(StringComparer.Ordinal).SequenceEqual(Columns, StringComparer.Ordinal)
            ? sql.ListAsync<Applied>(Sql.Applied, new Args(), cancellationToken)
            : throw new MigrationException(
                $"The table schema_migration in {engine.DisplayName} is another program's: its columns are {string.Join(", ", columns)}. Nothing was changed; {OfItsOwn}");

    private Task<T> WithRetryAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        Retry.RunAsync(engine, engine.Retries with { Attempts = engine.Retries.Attempts * Patience }, clock, work, cancellationToken);

    private sealed class Applied
    {
        public int Version { get; init; }

        public string Name { get; init; } = "";

        public string Hash { get; init; } = "";

        public DateTimeOffset AppliedAt { get; init; }
    }

    private static class Sql
    {
        public const string Applied = "SELECT version, name, hash, applied_at FROM patchbot.schema_migration ORDER BY version";

        public const string Remember = """
            INSERT INTO patchbot.schema_migration (version, name, hash, applied_at)
            VALUES (@version, @name, @hash, @appliedAt)
            """;
    }
}
