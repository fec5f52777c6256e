using System.Diagnostics;
using PatchBot.Core.Record;
using PatchBot.Db;
using PatchBot.Db.Engines;
using PatchBot.Db.Migrations;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Db.SqlServer;

public sealed class UnreachableTests
{
    // Nothing listens at port 1.
    private static readonly DatabaseOptions Nowhere = new()
    {
        Provider = "sqlserver",
        ConnectionString = "Server=tcp:127.0.0.1,1;Database=patchbot;User ID=bot;Password=geheim;Connect Timeout=5;ConnectRetryCount=0",
    };

    [Fact]
    public async Task Given_no_server_then_it_is_tried_for_a_while_and_then_named_without_the_password()
    {
        using var database = new Database(new SqlServerEngine(Nowhere), TimeProvider.System);
        var started = Stopwatch.GetTimestamp();
        var unavailable = await Assert.ThrowsAsync<RecordUnavailableException>(() =>
            database.ReadAsync((session, token) => session.Audit.HeadAsync(token), Some.Token));
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0.5, 25);
        Assert.Contains("'patchbot' on tcp:127.0.0.1,1 cannot be reached", unavailable.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", unavailable.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_no_server_then_migrating_says_so_and_the_script_for_a_new_database_needs_none()
    {
        var migrator = new Migrator(new SqlServerEngine(Nowhere) { Retries = new RetryPlan(1, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero) }, TimeProvider.System);
        await Assert.ThrowsAsync<RecordUnavailableException>(() => migrator.ApplyAsync(Some.Token));
        await Assert.ThrowsAsync<RecordUnavailableException>(() => migrator.PendingAsync(Some.Token));
        Assert.Contains("CREATE TABLE patchbot.patch", migrator.Script(migrator.Known), StringComparison.Ordinal);
    }
}
