using Microsoft.Extensions.Time.Testing;
using PatchBot.Core.Audit;
using PatchBot.Core.Patches;
using PatchBot.Core.Record;
using PatchBot.Db;
using PatchBot.Db.Engines;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Db;

/// <summary>Works that wait while another writes: one commit for all of them, and yet each for itself.</summary>
public sealed class GroupCommitTests : GroupedWriting
{
    [Fact]
    public async Task Given_works_that_wait_then_one_commit_records_them_all_in_order_and_none_is_told_before_it()
    {
        var told = 0;
        await TogetherAsync(
            [.. Enumerable.Range(0, 5).Select(n => (Func<Task>)(async () =>
            {
                await AppendAsync($"entry {n}");
                Interlocked.Increment(ref told);
            }))],
            () => Assert.Equal(0, told));
        Assert.Equal(1, engine.Committed);
        Assert.Equal("entry 0,entry 1,entry 2,entry 3,entry 4", await record.ByHandAsync("SELECT group_concat(detail) FROM (SELECT detail FROM audit_entry ORDER BY sequence)"));
    }

    [Fact]
    public async Task Given_nobody_else_then_a_work_is_committed_at_once()
    {
        await AppendAsync("one");
        await AppendAsync("two");
        Assert.Equal(2, engine.Committed);
    }

    [Fact]
    public async Task Given_one_of_three_that_fails_then_only_it_is_undone_and_the_chain_is_whole()
    {
        await TogetherAsync(
            () => AppendAsync("first"),
            () => Assert.ThrowsAsync<InvalidTimeZoneException>(() => AppendAsync("second", () => throw new InvalidTimeZoneException())),
            () => AppendAsync("third"));
        Assert.Equal("first,third", await record.ByHandAsync("SELECT group_concat(detail) FROM (SELECT detail FROM audit_entry ORDER BY sequence)"));
        Assert.Equal(1, engine.Committed);
        await ChainIsWholeAsync(2);
    }

    [Fact]
    public async Task Given_what_a_failed_work_wrote_then_nobody_after_it_sees_it()
    {
        await TogetherAsync(
            () => Assert.ThrowsAsync<InvalidTimeZoneException>(() => database.WriteAsync<bool>(
                async (session, token) =>
                {
                    await session.Patches.SaveAsync(Some.Patch("KB5000001"), token);
                    throw new InvalidTimeZoneException();
                },
                Some.Token)),
            async () => Assert.Null(await FindAsync("KB5000001")));
        Assert.Null(await FindAsync("KB5000001"));
    }

    [Fact]
    public async Task Given_what_was_read_before_when_another_process_changes_it_then_the_next_work_sees_the_change()
    {
        Assert.Null(await FindAsync("KB5000001"));
        await record.WriteAsync(
            async (session, token) =>
            {
                await session.Patches.SaveAsync(Some.Patch("KB5000001"), token);
                return true;
            },
            Some.Token);
        Assert.NotNull(await FindAsync("KB5000001"));
    }

    [Fact]
    public async Task Given_a_commit_that_fails_then_all_are_told_and_nothing_is_recorded()
    {
        engine.Commits.Enqueue(FakeEngine.Commit.Full);
        await TogetherAsync(
            [.. Enumerable.Range(0, 3).Select(n => (Func<Task>)(async () =>
            {
                var told = await Assert.ThrowsAsync<RecordUnavailableException>(() => AppendAsync($"entry {n}"));
                Assert.Contains("disk is full", told.Message, StringComparison.Ordinal);
            }))]);
        await ChainIsWholeAsync(0);
        await AppendAsync("later");
        await ChainIsWholeAsync(1);
    }

    [Fact]
    public async Task Given_a_work_for_which_the_disk_has_no_room_then_those_beside_it_are_recorded()
    {
        engine.MostPages = Convert.ToInt32(await record.ByHandAsync("SELECT page_count FROM pragma_page_count()"), null) + 4;
        await TogetherAsync(
            () => AppendAsync("before"),
            async () => Assert.Contains(
                "disk is full",
                (await Assert.ThrowsAsync<RecordUnavailableException>(() => AppendAsync("too much", times: 500))).Message,
                StringComparison.Ordinal),
            () => AppendAsync("after"));
        Assert.Equal("before,after", await record.ByHandAsync("SELECT group_concat(detail) FROM (SELECT detail FROM audit_entry ORDER BY sequence)"));
        await ChainIsWholeAsync(2);
    }

    [Theory, InlineData("DoneUnheard", 1), InlineData("LostUnheard", 2)]
    public async Task Given_a_lost_answer_to_a_commit_then_each_work_is_recorded_once(string fate, int runs)
    {
        engine.Commits.Enqueue(Enum.Parse<FakeEngine.Commit>(fate));
        using var hurrying = Hurrying();
        var ran = 0;
        await TogetherAsync(
            () => AppendAsync("first", () => Interlocked.Increment(ref ran)),
            () => TakeAsync("leaves no entry"),
            () => AppendAsync("third"));
        Assert.Equal(runs, ran);
        Assert.Equal(1L, await record.ByHandAsync("SELECT count(*) FROM inbox"));
        await ChainIsWholeAsync(2);
    }

    [Fact]
    public async Task Given_a_lost_answer_to_a_commit_without_any_entry_then_the_doubt_is_told_to_all()
    {
        engine.Commits.Enqueue(FakeEngine.Commit.DoneUnheard);
        await TogetherAsync([.. Enumerable.Range(0, 2).Select(n => (Func<Task>)(async () =>
            Assert.Contains("not known whether", (await Assert.ThrowsAsync<RecordUnavailableException>(() => TakeAsync($"key {n}"))).Message, StringComparison.Ordinal)))]);
    }

    [Fact]
    public async Task Given_a_work_that_lasts_then_those_before_it_are_committed_first_and_it_is_run_again_alone()
    {
        var runs = new List<int>();
        await TogetherAsync(
            () => AppendAsync("short"),
            () => AppendAsync("long", () =>
            {
                runs.Add(engine.Committed);
                clock.Advance(GroupCommit.Patience * 2);
            }, times: 2),
            () => AppendAsync("next"));
        Assert.Equal([0, 1], runs.Distinct());
        Assert.Equal("short,long,long,next", await record.ByHandAsync("SELECT group_concat(detail) FROM (SELECT detail FROM audit_entry ORDER BY sequence)"));
        Assert.Equal(3, engine.Committed);
        await ChainIsWholeAsync(4);
    }

    [Fact]
    public async Task Given_a_crowd_then_no_transaction_gathers_longer_than_a_moment_or_more_than_so_many()
    {
        await TogetherAsync([.. Enumerable.Range(0, GroupCommit.Most + 50).Select(n => (Func<Task>)(() => TakeAsync($"key {n}")))]);
        Assert.Equal(2, engine.Committed);

        await TogetherAsync([.. Enumerable.Range(0, 3).Select(n => (Func<Task>)(() => AppendAsync($"{n}", () => clock.Advance(GroupCommit.Gathers * 2))))]);
        Assert.Equal(2 + 3, engine.Committed);
    }

    [Fact]
    public async Task Given_someone_who_went_away_before_or_while_waiting_then_the_work_is_never_run()
    {
        using var cancelled = new CancellationTokenSource();
        var ran = false;
        var token = cancelled.Token;
        await TogetherAsync(
            [() => Assert.ThrowsAnyAsync<OperationCanceledException>(() => AppendAsync("gone", () => ran = true, token: token)), () => AppendAsync("stays")],
            cancelled.Cancel);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => AppendAsync("gone", () => ran = true, token: token));
        Assert.False(ran);
        Assert.Equal("stays", await record.ByHandAsync("SELECT group_concat(detail) FROM audit_entry"));
    }

    [Fact]
    public async Task Given_someone_who_goes_away_during_the_work_then_it_is_undone_and_after_it_it_counts()
    {
        using var during = new CancellationTokenSource();
        using var after = new CancellationTokenSource();
        await TogetherAsync(
            () => Assert.ThrowsAnyAsync<OperationCanceledException>(() => AppendAsync("during", during.Cancel, times: 2, during.Token)),
            () => AppendAsync("after", after.Cancel, token: after.Token));
        Assert.Equal("after", await record.ByHandAsync("SELECT group_concat(detail) FROM audit_entry"));
        await ChainIsWholeAsync(1);
    }

    [Fact]
    public async Task Given_a_database_that_cannot_be_opened_then_those_who_wait_are_told_and_the_next_finds_it_back()
    {
        engine.OpeningsThatFail = engine.Retries.Attempts;
        using var hurrying = Hurrying();
        await Assert.ThrowsAsync<RecordUnavailableException>(() => AppendAsync("away"));
        await AppendAsync("back");
        await ChainIsWholeAsync(1);
    }

    [Fact]
    public async Task Given_a_thousand_writers_then_every_one_counts_once_with_far_fewer_commits()
    {
        await Task.WhenAll(Enumerable.Range(0, 1000).Select(n => Task.Run(
            async () =>
            {
                if (n % 10 == 0)
                {
                    await Assert.ThrowsAsync<InvalidTimeZoneException>(() => AppendAsync("never", () => throw new InvalidTimeZoneException()));
                }
                else
                {
                    Assert.True(await AppendAsync($"{n}"));
                }
            },
            Some.Token)));
        Assert.Equal(900L, await record.ByHandAsync("SELECT count(DISTINCT detail) FROM audit_entry WHERE detail <> 'never'"));
        Assert.InRange(engine.Committed, 1, 500);
        await ChainIsWholeAsync(900);
    }

    [Fact]
    public async Task Given_what_surrounds_a_caller_then_its_work_runs_in_that_and_not_in_another_s()
    {
        var caller = new AsyncLocal<string>();
        await TogetherAsync([.. "abc".Select(name => (Func<Task>)(async () =>
        {
            caller.Value = $"{name}";
            await AppendAsync("mine", () => Assert.Equal($"{name}", caller.Value));
        }))]);
    }
}
