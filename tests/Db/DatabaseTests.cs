using Microsoft.Data.Sqlite;
using PatchBot.Core.Delivery;
using PatchBot.Core.Record;
using PatchBot.Db;
using PatchBot.Db.Engines;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Db;

/// <summary>Transactions and faults of the file that holds the record.</summary>
public sealed class DatabaseTests : IAsyncLifetime
{
    private TestRecord record = null!;

    public async ValueTask InitializeAsync() => record = await TestRecord.CreateAsync();

    public ValueTask DisposeAsync() => record.DisposeAsync();

    [Fact]
    public async Task Given_a_reader_in_the_middle_when_someone_writes_then_it_keeps_seeing_one_state()
    {
        var seen = await record.ReadAsync(
            async (session, token) =>
            {
                var before = await session.Channels.ListAsync("slack", token);
                var channel = new Channel(new ChannelRef("slack", "C01"), "patching", ChannelState.Active);
                await record.OpenAnother().WriteAsync(
                    async (other, inner) =>
                    {
                        await other.Channels.SaveAsync(channel, inner);
                        return true;
                    },
                    token);
                return (before.Count, (await session.Channels.ListAsync("slack", token)).Count);
            },
            Some.Token);
        Assert.Equal((0, 0), seen);
        Assert.Single(await record.ReadAsync((session, token) => session.Channels.ListAsync("slack", token), Some.Token));
    }

    [Fact]
    public async Task Given_a_reading_session_then_it_cannot_write()
    {
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            record.ReadAsync((session, token) => session.Inbox.TryTakeAsync("slack", "key", Some.Noon, token), Some.Token));
        Assert.Contains("WriteAsync", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_work_that_fails_then_nothing_of_it_is_recorded_and_the_next_write_goes_on()
    {
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => record.WriteAsync<bool>(
            async (session, token) =>
            {
                await session.Inbox.TryTakeAsync("slack", "key", Some.Noon, token);
                throw new InvalidTimeZoneException();
            },
            Some.Token));
        Assert.True(await TakeAsync(record, "key"));
    }

    [Fact]
    public async Task Given_many_writers_in_one_process_then_all_are_recorded()
    {
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 50).Select(i => TakeAsync(record, $"key {i}"))), Assert.True);
        Assert.Equal(50L, await record.ByHandAsync("SELECT count(*) FROM inbox"));
    }

    [Fact]
    public async Task Given_a_file_that_another_program_holds_then_the_fault_names_it_and_nothing_is_recorded()
    {
        await using var holder = new SqliteConnection($"Data Source={record.File};Pooling=False");
        await holder.OpenAsync(Some.Token);
        await using (holder.BeginTransaction(deferred: false))
        {
            using var impatient = new Database(
                new SqliteEngine(new DatabaseOptions { File = record.File }) { Patience = TimeSpan.Zero }, TimeProvider.System);
            var unavailable = await Assert.ThrowsAsync<RecordUnavailableException>(() => TakeAsync(impatient, "key"));
            Assert.Contains(record.File, unavailable.Message, StringComparison.Ordinal);
            Assert.Contains("locked by another program", unavailable.Message, StringComparison.Ordinal);
        }

        Assert.True(await TakeAsync(record, "key"));
    }

    [Fact]
    public async Task Given_a_file_that_is_no_database_then_the_fault_says_so()
    {
        var file = TestRecord.NewFile();
        await File.WriteAllTextAsync(file, new string('x', 4096), Some.Token);
        await UnavailableAsync(file, "is not a SQLite database");
        TestRecord.Delete(file);
    }

    [Fact]
    public async Task Given_a_folder_that_cannot_be_made_then_the_fault_names_the_setting() =>
        await UnavailableAsync(Path.Combine(record.File, "below", "patchbot.db"), "Database:File");

    [Fact]
    public async Task Given_a_missing_folder_then_it_is_made_and_the_file_is_for_its_owner_alone()
    {
        var folder = Path.Combine(Path.GetTempPath(), "patchbot-tests", Guid.NewGuid().ToString("N"));
        var engine = new SqliteEngine(new DatabaseOptions { ConnectionString = $"Data Source={Path.Combine(folder, "deep", "patchbot.db")}" });
        await (await engine.OpenAsync(Some.Token)).DisposeAsync();
        engine.CloseIdle();

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(engine.DisplayName));
        }

        Directory.Delete(folder, recursive: true);
    }

    [Theory, InlineData("journal_mode", "wal"), InlineData("synchronous", 2L), InlineData("foreign_keys", 1L)]
    public async Task Given_an_open_database_then_a_commit_is_durable_and_references_hold(string setting, object value)
    {
        await using var connection = await new SqliteEngine(new DatabaseOptions { File = record.File }).OpenAsync(Some.Token);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A test's own statement.
        command.CommandText = $"PRAGMA {setting}";
#pragma warning restore CA2100
        Assert.Equal(value, await command.ExecuteScalarAsync(Some.Token));
    }

    private static Task<bool> TakeAsync(IRecord record, string key) =>
        record.WriteAsync((session, token) => session.Inbox.TryTakeAsync("slack", key, Some.Noon, token), Some.Token);

    private static async Task UnavailableAsync(string file, string remedy)
    {
        using var database = new Database(new SqliteEngine(new DatabaseOptions { File = file }), TimeProvider.System);
        var unavailable = await Assert.ThrowsAsync<RecordUnavailableException>(() => TakeAsync(database, "key"));
        Assert.Contains(file, unavailable.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, unavailable.Message, StringComparison.Ordinal);
    }
}
