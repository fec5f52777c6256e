using PatchBot.Core.Announcements;
using PatchBot.Core.Approvals;
using PatchBot.Core.Audit;
using PatchBot.Core.Delivery;
using PatchBot.Core.Lab;
using PatchBot.Core.Patches;
using PatchBot.Core.People;
using PatchBot.Core.Record;
using PatchBot.Core.Rollouts;
using PatchBot.Core.Windows;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Db;

/// <summary>What the connection that writes remembers is what anybody would read: after others' commits, after its own, after what was undone.</summary>
public sealed class MemoryTests : GroupedWriting
{
    private static readonly PatchId Patch = new("KB5032196");
    private static readonly ChannelRef Ops = new("webchat", "patching");
    private static readonly PostSubject Card = new("patch/KB5032196");
    private static readonly MaintenanceWindow Window = new(Some.Noon.AddDays(4), Some.Noon.AddDays(4).AddHours(4));

    // What no store keeps as it is: a NUL, half a character, a name that is too long, a fraction of a millisecond.
    private static readonly string Odd = "a\0b\uD800c";
    private static readonly Person Longwinded = Some.Manager with { Name = new string('x', 250) };
    private static readonly DateTimeOffset Fraction = Some.Noon.AddTicks(1234);

    [Fact]
    public async Task Given_what_was_written_here_then_it_is_remembered_as_it_is_read_back()
    {
        var rollout = await RolloutAsync();
        await KnownAsync(rollout);
        await OnAsync(database, session => session.Rollouts.TryUpdateAsync(
            rollout with
            {
                Window = new MaintenanceWindow(Fraction, Fraction.AddHours(1)), Emergency = new MaintenanceWindow(Fraction, Fraction.AddHours(2)), DeferredTo = Fraction,
                Reasons = [Odd], PassedOver = [Odd], Fallen = Odd, Snapshot = new Snapshot("c", Odd, Odd, Odd),
            },
            Some.Token));
        await OnAsync(database, session => session.Rollouts.TryUpdateAsync(rollout with { Version = 2, Fallen = "again" }, Some.Token));
        await OnAsync(database, session => session.Rollouts.TryUpdateAsync(rollout with { Version = 3, Fallen = "words alone" }, Some.Token));
        await OnAsync(database, session => session.Rollouts.TryDecideAsync(
            new Decision(0, rollout.Id, DecisionKind.Approve, Longwinded, Fraction, Odd, "0123456789ab", Odd), Some.Token));
        await ReportAsync(database, new LabResult(0, 0, Patch, LabOutcome.Pass, Odd, Odd, Longwinded, Fraction));
        await OnAsync(database, session => session.Announcements.TryAddAsync(new Announcement(0, "production", Window, "set", Some.Noon), Some.Token));
        await SameAsync(rollout.Id);

        await OnAsync(database, async session =>
        {
            await session.Rollouts.EndDecisionsAsync(rollout.Id, Some.Token);
            Assert.DoesNotContain(await session.Rollouts.DecisionsAsync(rollout.Id, Some.Token), decision => decision.Standing);
            return true;
        });
        await SameAsync(rollout.Id);
    }

    [Fact]
    public async Task Given_what_was_read_before_when_another_process_writes_then_the_next_work_sees_it()
    {
        var rollout = await RolloutAsync();
        await KnownAsync(rollout);
        await OnAsync(record, session => session.Rollouts.TryUpdateAsync(rollout with { State = RolloutState.Approved, Window = Window }, Some.Token));
        await OnAsync(record, session => session.Rollouts.TryDecideAsync(
            new Decision(0, rollout.Id, DecisionKind.Approve, Some.Manager, Some.Noon, "", "0123456789ab", ""), Some.Token));
        await ReportAsync(record, new LabResult(0, 0, Patch, LabOutcome.Pass, "hv-lab-02", "", Some.Engineer, Some.Noon));
        await OnAsync(record, session => session.Announcements.TryAddAsync(new Announcement(0, "production", Window, "set", Some.Noon), Some.Token));
        await OnAsync(record, async session =>
        {
            await session.Audit.AppendAsync(Audited("theirs"), Some.Token);
            return true;
        });

        await SameAsync(rollout.Id);
        Assert.True(await OnAsync(database, session => session.Rollouts.AnyInWindowAsync("production", Window.Start, Some.Token)));
        await AppendAsync("mine");
        await ChainIsWholeAsync(3);
    }

    [Fact]
    public async Task Given_a_work_that_is_undone_then_nothing_of_it_is_remembered()
    {
        var rollout = await RolloutAsync();
        await KnownAsync(rollout);
        await TogetherAsync(
            () => Assert.ThrowsAsync<InvalidTimeZoneException>(() => OnAsync<bool>(database, async session =>
            {
                await session.Rollouts.TryUpdateAsync(rollout with { State = RolloutState.Approved, Window = Window }, Some.Token);
                await session.Rollouts.AnyInWindowAsync("production", Window.Start, Some.Token);
                await session.Audit.AppendAsync(Audited("never"), Some.Token);
                await session.Posts.WantAsync(Ops, Card, null, Some.Token);
                throw new InvalidTimeZoneException();
            })),
            () => SameAsync(rollout.Id),
            async () => Assert.False(await OnAsync(database, session => session.Rollouts.AnyInWindowAsync("production", Window.Start, Some.Token))),
            () => OnAsync(database, async session =>
            {
                await session.Posts.WantAsync(Ops, Card, null, Some.Token);
                return true;
            }),
            () => AppendAsync("mine"));
        await ChainIsWholeAsync(2);
        Assert.Equal(Ops, await LeaseAsync());
    }

    [Fact]
    public async Task Given_a_window_that_one_rollout_after_the_other_leaves_then_it_is_in_use_until_the_last()
    {
        var (first, second) = (await RolloutAsync(), await RolloutAsync("KB5031364"));
        await MoveAsync(first, RolloutState.Approved);
        await MoveAsync(second, RolloutState.Approved);
        Assert.True(await IsInUseAsync());
        await MoveAsync(first with { Version = 2 }, RolloutState.Proposed);
        Assert.True(await IsInUseAsync());
        await MoveAsync(second with { Version = 2 }, RolloutState.Proposed);
        Assert.False(await IsInUseAsync());
        await MoveAsync(first with { Version = 3 }, RolloutState.Approved);
        Assert.True(await IsInUseAsync());

        Task<bool> MoveAsync(Rollout rollout, RolloutState state) =>
            OnAsync(database, session => session.Rollouts.TryUpdateAsync(rollout with { State = state, Window = Window }, Some.Token));

        Task<bool> IsInUseAsync() => OnAsync(database, session => session.Rollouts.AnyInWindowAsync("production", Window.Start, Some.Token));
    }

    [Fact]
    public async Task Given_a_channel_that_is_leased_and_settled_between_two_wishes_of_one_commit_then_it_is_due_for_the_second()
    {
        await OnAsync(database, async session =>
        {
            await session.Posts.WantAsync(Ops, Card, null, Some.Token);
            var owner = await session.Posts.LeaseAsync("me", Some.Noon, Some.Noon.AddMinutes(1), [Ops.Platform], Ops, Some.Token);
            var post = await session.Posts.FindAsync(Ops, Card, Some.Token);
            await session.Posts.ShownAsync(post!.Id, post.WantedVersion, "m1", "print", Some.Token);
            await session.Posts.ReleaseAsync(Ops, "me", null, Some.Token);
            await session.Posts.WantAsync(Ops, new PostSubject("report/1"), null, Some.Token);
            return owner;
        });
        Assert.Equal(Ops, await LeaseAsync());
    }

    [Fact]
    public async Task Given_a_subject_that_changes_in_two_commits_then_each_asks_for_it_again_and_within_one_once()
    {
        await OnAsync(database, async session =>
        {
            await session.Posts.WantAsync(Ops, Card, null, Some.Token);
            return true;
        });
        for (var commit = 0; commit < 2; commit++)
        {
            await OnAsync(database, async session =>
            {
                await session.Posts.RefreshAsync(Card, Some.Token);
                await session.Posts.RefreshAsync(Card, Some.Token);
                return true;
            });
        }

        var post = await OnAsync(database, session => session.Posts.FindAsync(Ops, Card, Some.Token));
        Assert.Equal(3, post!.WantedVersion);
    }

    private static Task<T> OnAsync<T>(IRecord on, Func<IRecordSession, Task<T>> work) => on.WriteAsync((session, _) => work(session), Some.Token);

    private static AuditEvent Audited(string detail) => new(Some.Noon, Some.Manager.Id, "approval.recorded", "patch/KB5032196", detail, "");

    private static Task<LabReport> ReportAsync(IRecord on, LabResult result) => OnAsync(on, session => session.Lab.AddAsync(
        new LabReport(0, new MessageRef(Ops, $"{Guid.NewGuid():N}"), null, result.By, result.At, "pass"), [result], Some.Token));

    private Task<ChannelRef?> LeaseAsync() =>
        OnAsync(database, session => session.Posts.LeaseAsync("other", clock.GetUtcNow().AddMinutes(5), clock.GetUtcNow().AddMinutes(6), [Ops.Platform], null, Some.Token));

    private Task<Rollout> RolloutAsync(string patch = "KB5032196") => OnAsync(database, async session =>
    {
        await session.Patches.SaveAsync(Some.Patch(patch), Some.Token);
        await session.Audit.AppendAsync(Audited("first"), Some.Token);
        return await session.Rollouts.AddAsync(
            new Rollout(0, new PatchId(patch), "production", RolloutState.Proposed, Window, true, null, null, ["earliest"], new Snapshot("c", "", "", "w"), 1), Some.Token);
    });

    // Read once, so that it is remembered.
    private Task<string> KnownAsync(Rollout rollout) => ReadAllAsync(database, rollout.Id);

    private async Task SameAsync(long rollout) => Assert.Equal(await ReadAllAsync(record.OpenAnother(), rollout), await ReadAllAsync(database, rollout));

    private static Task<string> ReadAllAsync(IRecord on, long rollout) => OnAsync(on, async session =>
    {
        var found = (await session.Rollouts.FindAsync(rollout, Some.Token))!;
        var ofPatch = Assert.Single(await session.Rollouts.OfPatchesAsync([Patch], Some.Token));
        return string.Join('\n', (object[])
        [
            found with { Reasons = [], PassedOver = [] }, string.Join('|', found.Reasons), string.Join('|', found.PassedOver), found.Fallen, ofPatch.Version, ofPatch.State,
            .. await session.Rollouts.DecisionsAsync(rollout, Some.Token),
            .. await session.Lab.StandingAsync([Patch], Some.Token),
            .. await session.Announcements.OfWindowAsync("production", Window.Start, Some.Token),
        ]);
    });
}
