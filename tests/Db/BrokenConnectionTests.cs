using Microsoft.Extensions.Time.Testing;
using PatchBot.Core.Audit;
using PatchBot.Core.Record;
using PatchBot.Db;
using PatchBot.Db.Engines;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Db;

/// <summary>A database that is not on this machine: what is tried again, and what is known when the answer to a commit is lost.</summary>
public sealed class BrokenConnectionTests : IAsyncLifetime
{
    private static readonly AuditEvent Said = new(Some.Noon, Some.Manager.Id, "approval.recorded", "patch/KB5032196", "one", "webchat:patching/7");

    private TestRecord record = null!;
    private FakeEngine engine = null!;
    private Database database = null!;

    public async ValueTask InitializeAsync()
    {
        record = await TestRecord.CreateAsync();
        engine = new FakeEngine(new SqliteEngine(new DatabaseOptions { File = record.File }));
        database = new Database(engine, new HurryingClock());
    }

    public async ValueTask DisposeAsync()
    {
        database.Dispose();
        await record.DisposeAsync();
    }

    [Fact]
    public async Task Given_a_connection_that_breaks_a_few_times_then_the_transaction_is_run_again()
    {
        engine.OpeningsThatFail = 3;
        Assert.True(await TakeAsync());
        Assert.Equal(4, engine.Openings);
    }

    [Fact]
    public async Task Given_a_database_that_stays_away_then_it_is_tried_a_few_times_and_named()
    {
        engine.OpeningsThatFail = 100;
        var unavailable = await Assert.ThrowsAsync<RecordUnavailableException>(TakeAsync);
        Assert.Contains("far-away", unavailable.Message, StringComparison.Ordinal);
        Assert.Equal(4, engine.Openings);
    }

    [Fact]
    public async Task Given_a_database_that_answers_slowly_then_it_is_not_tried_longer_than_people_wait()
    {
        var impatient = new FakeEngine(new SqliteEngine(new DatabaseOptions { File = record.File }))
        {
            OpeningsThatFail = 100,
            Retries = new RetryPlan(100, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)),
        };
        using var slow = new Database(impatient, new HurryingClock());
        await Assert.ThrowsAsync<RecordUnavailableException>(() => TakeAsync(slow));
        Assert.InRange(impatient.Openings, 3, 8);
    }

    [Fact]
    public async Task Given_a_lost_answer_to_a_commit_that_happened_then_it_is_not_done_twice()
    {
        engine.Commits.Enqueue(FakeEngine.Commit.DoneUnheard);
        Assert.Equal(1, await AppendAsync());
        Assert.Equal(1L, await record.ByHandAsync("SELECT count(*) FROM audit_entry"));
    }

    [Fact]
    public async Task Given_a_lost_answer_to_a_commit_that_did_not_happen_then_it_is_done_once()
    {
        engine.Commits.Enqueue(FakeEngine.Commit.LostUnheard);
        Assert.Equal(2, await AppendAsync());
        Assert.Equal(1L, await record.ByHandAsync("SELECT count(*) FROM audit_entry"));
    }

    [Fact]
    public async Task Given_a_lost_answer_and_another_s_entry_in_its_place_then_it_is_done_behind_that()
    {
        engine.Commits.Enqueue(FakeEngine.Commit.LostUnheard);
        var work = 0;
        await database.WriteAsync(
            async (session, token) =>
            {
                if (++work == 2)
                {
                    Assert.Equal(0, (await session.Audit.HeadAsync(token)).Sequence);
                }

                await session.Audit.AppendAsync(Said with { Detail = $"run {work}" }, token);
                return true;
            },
            Some.Token);
        Assert.Equal("run 2", await record.ByHandAsync("SELECT detail FROM audit_entry"));
    }

    [Theory, InlineData("DoneUnheard"), InlineData("LostUnheard")]
    public async Task Given_a_lost_answer_to_what_left_no_entry_then_it_is_not_repeated_and_the_doubt_is_told(string fate)
    {
        engine.Commits.Enqueue(Enum.Parse<FakeEngine.Commit>(fate));
        var unavailable = await Assert.ThrowsAsync<RecordUnavailableException>(TakeAsync);
        Assert.Contains("not known whether", unavailable.Message, StringComparison.Ordinal);
        Assert.Equal(1, engine.Openings);
    }

    [Fact]
    public async Task Given_a_lost_answer_and_a_database_that_stays_away_then_the_doubt_is_told()
    {
        engine.Commits.Enqueue(FakeEngine.Commit.DoneUnheard);
        var unavailable = await Assert.ThrowsAsync<RecordUnavailableException>(() => database.WriteAsync(
            async (session, token) =>
            {
                await session.Audit.AppendAsync(Said, token);
                engine.OpeningsThatFail = 100;
                return true;
            },
            Some.Token));
        Assert.Contains("not known whether", unavailable.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_lost_answer_to_what_only_read_then_what_was_read_counts()
    {
        engine.Commits.Enqueue(FakeEngine.Commit.LostUnheard);
        Assert.Equal(0, (await database.ReadAsync((session, token) => session.Audit.HeadAsync(token), Some.Token)).Sequence);
    }

    [Fact]
    public async Task Given_a_request_that_is_cancelled_while_the_connection_breaks_then_it_ends_as_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => database.WriteAsync<bool>(
            async (_, _) =>
            {
                await cancelled.CancelAsync();
                engine.OpeningsThatFail = 1;
                await engine.OpenAsync(CancellationToken.None);
                return true;
            },
            cancelled.Token));
        Assert.Equal(2, engine.Openings);
    }

    [Fact]
    public void Given_several_failures_then_the_waits_grow_to_a_bound_and_are_scattered()
    {
        var plan = new RetryPlan(8, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(400), TimeSpan.MaxValue);
        for (var (attempt, full) = (1, 100); attempt < 8; attempt++, full = Math.Min(full * 2, 400))
        {
            var waits = Enumerable.Range(0, 50).Select(_ => plan.WaitAfter(attempt).TotalMilliseconds).ToList();
            Assert.All(waits, wait => Assert.InRange(wait, full / 2, full));
            Assert.True(waits.Distinct().Count() > 1);
        }
    }

    private Task<bool> TakeAsync() => TakeAsync(database);

    private static Task<bool> TakeAsync(Database database) =>
        database.WriteAsync((session, token) => session.Inbox.TryTakeAsync("slack", "key", Some.Noon, token), Some.Token);

    /// <returns>How often the work was run.</returns>
    private Task<int> AppendAsync()
    {
        var runs = 0;
        return database.WriteAsync(
            async (session, token) =>
            {
                await session.Audit.AppendAsync(Said, token);
                return ++runs;
            },
            Some.Token);
    }

    /// <summary>Waits are over at once, and have taken their time.</summary>
    private sealed class HurryingClock : FakeTimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            Task.Run(() => Advance(dueTime));
            return timer;
        }
    }
}
