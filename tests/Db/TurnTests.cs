using System.Data.Common;
using PatchBot.Core.Delivery;
using PatchBot.Core.Patches;
using PatchBot.Core.Record;
using PatchBot.Db;
using PatchBot.Db.Engines;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Db;

/// <summary>Where an engine runs writes side by side, those that judge take turns, and those that deliver do not.</summary>
public sealed class TurnTests : IAsyncLifetime
{
    private readonly SideBySide dialect = new();
    private TestRecord record = null!;
    private Database database = null!;

    public async ValueTask InitializeAsync()
    {
        record = await TestRecord.CreateAsync();
        database = new Database(new FakeEngine(new SqliteEngine(new DatabaseOptions { File = record.File })) { Dialect = dialect }, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        database.Dispose();
        await record.DisposeAsync();
    }

    [Fact]
    public async Task Given_a_transaction_that_judges_then_it_takes_its_turn_once_before_it_reads()
    {
        await WriteAsync(async session =>
        {
            await session.Inbox.TryTakeAsync("slack", "key", Some.Noon, Some.Token);
            await session.Rollouts.FindAsync(1, Some.Token);
            await session.Lab.StandingAsync([new PatchId("KB1")], Some.Token);
        });
        Assert.Equal(["inbox", "turn", "rollout", "lab_result"], dialect.Ran);
    }

    [Fact]
    public async Task Given_a_transaction_that_delivers_then_it_waits_for_nobody()
    {
        await WriteAsync(async session =>
        {
            await session.Posts.RenewAsync(new ChannelRef("slack", "C01"), "me", Some.Noon, Some.Token);
            await session.Channels.SubscriptionsAsync(Some.Token);
            await session.Transcript.DeleteAsync(7, Some.Token);
        });
        Assert.DoesNotContain("turn", dialect.Ran);
    }

    [Fact]
    public async Task Given_a_transaction_that_reads_then_only_the_audit_is_read_in_turn()
    {
        await database.ReadAsync((session, token) => session.Rollouts.FindAsync(1, token), Some.Token);
        Assert.Equal(["rollout"], dialect.Ran);
        await database.ReadAsync((session, token) => session.Audit.HeadAsync(token), Some.Token);
        Assert.Equal(["rollout", "turn", "audit_head"], dialect.Ran);
    }

    private Task<bool> WriteAsync(Func<IRecordSession, Task> work) => database.WriteAsync(
        async (session, _) =>
        {
            await work(session);
            return true;
        },
        Some.Token);

    private sealed class SideBySide : ISqlDialect
    {
        private readonly SqliteDialect inner = new();

        /// <summary>The first table of each statement; <c>turn</c> for the one that waits.</summary>
        public List<string> Ran { get; } = [];

        public string Limit => inner.Limit;

        public string Hold => inner.Hold;

        public bool WritesSideBySide => true;

        public string Output(string column) => inner.Output(column);

        public string Returning(string column) => inner.Returning(column);

        public string TextsIn(string parameter, int size) => inner.TextsIn(parameter, size);

        public string RowsIn(string parameter, params ReadOnlySpan<SqlColumn> columns) => inner.RowsIn(parameter, columns);

        public string Translate(string statement)
        {
            Ran.Add(statement.StartsWith("SELECT sequence FROM patchbot.audit_head", StringComparison.Ordinal)
                ? "turn"
                : statement.Split("patchbot.")[1].Split(' ', '\n')[0]);
            return inner.Translate(statement);
        }

        public void Bind(DbCommand command, int place, SqlArg arg) => inner.Bind(command, place, arg);
    }
}
