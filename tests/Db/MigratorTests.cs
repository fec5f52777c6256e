using PatchBot.Core.Record;
using PatchBot.Db;
using PatchBot.Db.Engines;
using PatchBot.Db.Migrations;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Db;

public sealed class MigratorTests : IDisposable
{
    private static readonly Migration First = new(1, "0001-first", "CREATE TABLE first (id INTEGER NOT NULL) STRICT;\n");
    private static readonly Migration Second = new(2, "0002-second", "CREATE TABLE second (id INTEGER NOT NULL) STRICT;\n");
    private static readonly Migration Broken = new(2, "0002-broken", "CREATE TABLE half (id INTEGER NOT NULL) STRICT; CREATE TABBLE;");

    private readonly string file = TestRecord.NewFile();

    [Theory, InlineData("sqlite"), InlineData("sqlserver")]
    public void Given_the_program_then_its_migrations_are_numbered_without_a_gap(string engine)
    {
        var migrations = Migration.For(engine);
        Assert.NotEmpty(migrations);
        Assert.Equal(Enumerable.Range(1, migrations.Count), migrations.Select(migration => migration.Version));
    }

    [Fact]
    public async Task Given_no_database_then_everything_is_pending_and_asking_makes_no_file()
    {
        Assert.Equal([First, Second], await Migrator(First, Second).PendingAsync(Some.Token));
        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task Given_a_database_when_the_program_is_updated_then_only_what_is_new_is_applied()
    {
        Assert.Equal([First], await Migrator(First).ApplyAsync(Some.Token));
        Assert.Equal([Second], await Migrator(First, Second).PendingAsync(Some.Token));
        Assert.Equal([Second], await Migrator(First, Second).ApplyAsync(Some.Token));
        Assert.Empty(await Migrator(First, Second).ApplyAsync(Some.Token));
        Assert.Empty(await Migrator(First, Second).PendingAsync(Some.Token));
    }

    [Fact]
    public async Task Given_several_processes_that_start_at_once_then_each_migration_is_applied_once()
    {
        var applied = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Migrator().ApplyAsync(Some.Token), Some.Token)));
        Assert.Equal(Migration.For("sqlite"), applied.SelectMany(migrations => migrations));
    }

    [Fact]
    public async Task Given_an_applied_migration_that_was_edited_then_the_migrator_refuses()
    {
        await Migrator(First).ApplyAsync(Some.Token);
        var edited = First with { Sql = First.Sql + "-- improved" };

        var refused = await Assert.ThrowsAsync<MigrationException>(() => Migrator(edited, Second).ApplyAsync(Some.Token));
        Assert.Contains("0001-first was edited after it was applied", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<MigrationException>(() => Migrator(edited).PendingAsync(Some.Token));
        Assert.Equal([Second], await Migrator(First, Second).PendingAsync(Some.Token));
    }

    [Fact]
    public void Given_a_checkout_with_other_line_ends_then_a_migration_counts_as_the_same() =>
        Assert.Equal(First.Hash, (First with { Sql = First.Sql.ReplaceLineEndings("\r\n") }).Hash);

    [Fact]
    public async Task Given_a_database_of_a_newer_program_then_the_migrator_refuses()
    {
        await Migrator(First, Second).ApplyAsync(Some.Token);
        var refused = await Assert.ThrowsAsync<MigrationException>(() => Migrator(First).PendingAsync(Some.Token));
        Assert.Contains("0002-second", refused.Message, StringComparison.Ordinal);
        Assert.Contains(file, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_migration_that_fails_then_nothing_of_the_run_is_applied()
    {
        var refused = await Assert.ThrowsAsync<MigrationException>(() => Migrator(First, Broken).ApplyAsync(Some.Token));
        Assert.Contains("0002-broken", refused.Message, StringComparison.Ordinal);
        Assert.Equal([First, Second], await Migrator(First, Second).PendingAsync(Some.Token));
        Assert.Equal([First, Second], await Migrator(First, Second).ApplyAsync(Some.Token));
    }

    [Theory]
    [InlineData("CREATE TABLE schema_migration (id INTEGER PRIMARY KEY, name TEXT)", "its columns are id, name")]
    [InlineData("CREATE TABLE schema_migration (version INTEGER PRIMARY KEY, name TEXT, applied_at TEXT)", "its columns are version, name, applied_at")]
    [InlineData("CREATE VIEW schema_migration AS SELECT 1 AS version", "its columns are version")]
    [InlineData("CREATE TABLE first (name TEXT)", "table first already exists")]
    public async Task Given_another_programs_database_then_the_migrator_leaves_it_as_it_is_and_says_the_remedy(string made, string found)
    {
        await RunAsync(made);

        var refused = await Assert.ThrowsAsync<MigrationException>(() => Migrator(First).ApplyAsync(Some.Token));
        Assert.Contains(found, refused.Message, StringComparison.Ordinal);
        Assert.Contains("a database of its own", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, await NumberAsync("SELECT count(*) FROM sqlite_master WHERE type IN ('table', 'view')"));
    }

    [Fact]
    public async Task Given_another_programs_table_of_migrations_then_asking_what_is_pending_says_the_remedy()
    {
        await RunAsync("CREATE TABLE schema_migration (id INTEGER PRIMARY KEY, name TEXT)");
        var refused = await Assert.ThrowsAsync<MigrationException>(() => Migrator(First).PendingAsync(Some.Token));
        Assert.Contains("a database of its own", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_the_script_for_a_dba_when_it_was_run_by_hand_then_nothing_is_pending()
    {
        await Migrator(First).ApplyAsync(Some.Token);
        await RunAsync(Migrator(First, Second).Script(await Migrator(First, Second).PendingAsync(Some.Token)));
        Assert.Empty(await Migrator(First, Second).PendingAsync(Some.Token));
        Assert.Empty(await Migrator(First, Second).ApplyAsync(Some.Token));
    }

    [Fact]
    public async Task Given_the_script_for_a_new_database_then_it_makes_the_record()
    {
        await RunAsync(Migrator().Script(Migrator().Known));
        Assert.Empty(await Migrator().PendingAsync(Some.Token));
    }

    [Fact]
    public async Task Given_a_record_from_before_people_were_linked_when_it_is_migrated_then_each_decision_is_its_persons()
    {
        await Migrator([.. Migration.For("sqlite").Take(1)]).ApplyAsync(Some.Token);
        await RunAsync("""
            INSERT INTO patch (id, name_key, revision, content_hash, title, vendor, kind, update_type, severity, severity_word, restart, exploited, disclosed, first_seen_at, revised_at, changes, facts)
            VALUES ('KB1', 'KB1', 1, '', '', '', 'Unknown', 'Unspecified', 'None', '', 'No', 'No', 'No', '2026-11-10T12:00:00.000Z', '2026-11-10T12:00:00.000Z', '[]', '{}');
            INSERT INTO rollout VALUES (4, 'KB1', 'production', 'Proposed', NULL, NULL, 1, NULL, NULL, NULL, '[]', '[]', 'a', '', '', '', '', 3);
            INSERT INTO decision VALUES (5, 4, 'Approve', 'webchat:local:manager', 'Max', '2026-11-10T12:00:00.000Z', '', '0123456789ab', '', 1),
                                        (6, 4, 'Approve', 'webchat:local:second', 'Sam', '2026-11-10T12:00:00.000Z', '', '0123456789ab', '', 1);
            """);

        Assert.Equal(Migration.For("sqlite").Skip(1), await Migrator().ApplyAsync(Some.Token));

        using var database = new Database(Engine(), TimeProvider.System);
        var decisions = await database.ReadAsync((session, token) => session.Rollouts.DecisionsAsync(4, token), Some.Token);
        Assert.Equal(decisions.Select(decision => decision.By.Id.Value), decisions.Select(decision => decision.HumanId));
        Assert.Equal(2, decisions.Count);
    }

    [Fact]
    public async Task Given_a_database_that_was_never_migrated_then_using_it_says_what_to_run()
    {
        using var database = new Database(Engine(), TimeProvider.System);
        var unavailable = await Assert.ThrowsAsync<RecordUnavailableException>(() =>
            database.ReadAsync((session, token) => session.Audit.HeadAsync(token), Some.Token));
        Assert.Contains("migrate", unavailable.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        Engine().CloseIdle();
        TestRecord.Delete(file);
    }

    private async Task<long> NumberAsync(string query)
    {
        await using var connection = await Engine().OpenAsync(Some.Token);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A constant of a test.
        command.CommandText = query;
#pragma warning restore CA2100
        return (long)(await command.ExecuteScalarAsync(Some.Token))!;
    }

    private async Task RunAsync(string script)
    {
        await using var connection = await Engine().OpenAsync(Some.Token);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The script is what is tested.
        command.CommandText = script;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(Some.Token);
    }

    private SqliteEngine Engine() => new(new DatabaseOptions { File = file });

    private Migrator Migrator(params Migration[] known) =>
        known is [] ? new(Engine(), TimeProvider.System) : new(Engine(), TimeProvider.System) { Known = known };
}
