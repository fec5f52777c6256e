using PatchBot.Core.Approvals;
using PatchBot.Core.Patches;
using PatchBot.Core.People;
using PatchBot.Core.Rollouts;
using PatchBot.Core.Windows;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Db;

public abstract class RolloutStoreContract(TestEngine engine) : StoreContract(engine)
{
    [Fact]
    public async Task Given_a_rollout_then_it_is_read_back_whole()
    {
        var rollout = await AddRolloutAsync(NewRollout() with
        {
            Emergency = new MaintenanceWindow(Some.Noon.AddDays(1), Some.Noon.AddDays(1).AddHours(2)),
            DeferredTo = Some.Noon.AddDays(2),
            PassedOver = ["Saturday is inside the freeze."],
            Fallen = "The window changed.",
        });

        Same(rollout, await ReadAsync(session => session.Rollouts.FindAsync(rollout.Id, Token)));
        Assert.Null(await ReadAsync(session => session.Rollouts.FindAsync(rollout.Id + 1, Token)));
    }

    [Fact]
    public async Task Given_a_patch_in_a_ring_when_it_is_added_again_then_nothing_is_written()
    {
        var rollout = await AddRolloutAsync();
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => AddRolloutAsync());
        Assert.Contains("KB5032196", refused.Message, StringComparison.Ordinal);
        await AddRolloutAsync(NewRollout(ring: "pilot"));
        Assert.True(await ReadAsync(session => session.Rollouts.AnyInAsync("pilot", Token)));
        Assert.False(await ReadAsync(session => session.Rollouts.AnyInAsync("nobody's", Token)));
        Assert.Equal(["production", "pilot"], (await ReadAsync(session => session.Rollouts.OfPatchesAsync([rollout.Patch], Token))).Select(one => one.Ring));
    }

    [Fact]
    public async Task Given_several_writers_of_one_version_then_one_writes()
    {
        var rollout = await AddRolloutAsync();

        var written = await RaceAsync(4, (session, racer) =>
            session.Rollouts.TryUpdateAsync(rollout with { Fallen = $"racer {racer}", Window = null }, Token));

        Assert.Single(written, true);
        var read = await ReadAsync(session => session.Rollouts.FindAsync(rollout.Id, Token));
        Assert.Equal((2, $"racer {Array.IndexOf(written, true)}", null), (read?.Version, read?.Fallen, read?.Window));
    }

    [Fact]
    public async Task Given_a_rollout_of_which_only_words_change_then_they_are_kept_once_a_version()
    {
        var rollout = await AddRolloutAsync();

        var written = await WriteAsync(async session =>
        {
            var known = Assert.Single(await session.Rollouts.OfPatchesAsync([rollout.Patch], Token));
            return (await session.Rollouts.TryUpdateAsync(known with { Fallen = "The lab failed it.", Reasons = ["Other reasons."] }, Token),
                await session.Rollouts.TryUpdateAsync(known with { Fallen = "Too late." }, Token));
        });

        Assert.Equal((true, false), written);
        var read = await ReadAsync(session => session.Rollouts.FindAsync(rollout.Id, Token));
        Assert.Equal((rollout.State, rollout.Window, "The lab failed it.", "Other reasons.", 2), (read!.State, read.Window, read.Fallen, read.Reasons.Single(), read.Version));
    }

    [Fact]
    public async Task Given_rollouts_in_windows_then_each_question_finds_its_own()
    {
        var (friday, saturday) = (Some.Noon.AddDays(3), Some.Noon.AddDays(4));
        var suggested = await AddRolloutAsync(NewRollout("KB1000001", window: Window(friday)));
        var approved = await AddRolloutAsync(NewRollout("KB1000002", window: Window(saturday)) with { State = RolloutState.Approved });
        var finished = await AddRolloutAsync(NewRollout("KB1000003", window: Window(friday)) with { State = RolloutState.Finished });
        var emergency = await AddRolloutAsync(NewRollout("KB1000004", window: Window(saturday)) with { State = RolloutState.Deferred, Emergency = Window(friday) });
        var unplanned = await AddRolloutAsync(NewRollout("KB1000005") with { Window = null });

        async Task Finds(Func<IRolloutStore, Task<IReadOnlyList<Rollout>>> question, params Rollout[] expected) =>
            Assert.Equal(expected.Select(rollout => rollout.Id), (await ReadAsync(session => question(session.Rollouts))).Select(rollout => rollout.Id));

        await Finds(store => store.InWindowAsync("production", friday, Token), finished);
        await Finds(store => store.InWindowAsync("pilot", friday, Token));
        Assert.True(await ReadAsync(session => session.Rollouts.AnyInWindowAsync("production", friday, Token)));
        Assert.False(await ReadAsync(session => session.Rollouts.AnyInWindowAsync("pilot", friday, Token)));
        await Finds(store => store.StaleAsync(saturday, 10, Token), suggested, emergency);
        await Finds(store => store.StaleAsync(saturday, 1, Token), suggested);
        await Finds(store => store.StaleAsync(friday, 10, Token));
        await Finds(store => store.ApprovedBeforeAsync(saturday, Token));
        await Finds(store => store.ApprovedBeforeAsync(saturday.AddSeconds(1), Token), approved);
        await Finds(store => store.InStateAsync([RolloutState.Proposed, RolloutState.Deferred], 10, Token), suggested, emergency, unplanned);
        await Finds(store => store.InStateAsync([], 10, Token));
    }

    [Fact]
    public async Task Given_one_person_pressing_many_times_at_once_then_one_decision_stands()
    {
        var rollout = await AddRolloutAsync();

        var taken = await RaceAsync(6, (session, _) => session.Rollouts.TryDecideAsync(Decide(rollout, Some.Manager), Token));

        var decision = Assert.Single(taken, decision => decision is not null);
        Assert.Equal([decision!], await ReadAsync(session => session.Rollouts.DecisionsAsync(rollout.Id, Token)));
    }

    [Fact]
    public async Task Given_one_human_pressing_with_two_identities_at_once_then_one_decision_stands()
    {
        var rollout = await AddRolloutAsync();

        var taken = await RaceAsync(6, (session, racer) => session.Rollouts.TryDecideAsync(
            Decide(rollout, racer % 2 == 0 ? Some.Manager : Some.Engineer) with { HumanId = "human:1" }, Token));

        var decision = Assert.Single(taken, decision => decision is not null);
        Assert.Equal("human:1", decision!.HumanId);
        Assert.Equal([decision], await ReadAsync(session => session.Rollouts.DecisionsAsync(rollout.Id, Token)));
    }

    [Fact]
    public async Task Given_ended_decisions_then_the_same_person_may_decide_again()
    {
        var rollout = await AddRolloutAsync();
        await WriteAsync(session => session.Rollouts.TryDecideAsync(Decide(rollout, Some.Manager), Token));
        Assert.NotNull(await WriteAsync(session => session.Rollouts.TryDecideAsync(Decide(rollout, Some.Engineer), Token)));
        await WriteAsync(session => session.Rollouts.EndDecisionsAsync(rollout.Id, Token));
        Assert.NotNull(await WriteAsync(session => session.Rollouts.TryDecideAsync(Decide(rollout, Some.Manager), Token)));

        var decisions = await ReadAsync(session => session.Rollouts.DecisionsAsync(rollout.Id, Token));
        Assert.Equal([false, false, true], decisions.Select(decision => decision.Standing));
    }

    private static MaintenanceWindow Window(DateTimeOffset start) => new(start, start.AddHours(4));

    private static Decision Decide(Rollout rollout, Person by) =>
        new(0, rollout.Id, DecisionKind.Approve, by, Some.Noon, "", rollout.Snapshot.Mark, "webchat:patching/7");

    private static void Same(Rollout expected, Rollout? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected.Reasons, actual.Reasons);
        Assert.Equal(expected.PassedOver, actual.PassedOver);
        Assert.Equal(expected, actual with { Reasons = expected.Reasons, PassedOver = expected.PassedOver });
    }
}
