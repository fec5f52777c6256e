using PatchBot.Core.Approvals;
using PatchBot.Core.Patches;
using PatchBot.Core.People;
using PatchBot.Core.Rollouts;
using PatchBot.Core.Windows;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Core.Approvals;

public sealed class ApprovalDeskTests
{
    private const string Kb = "KB5032196";

    private static readonly Person Second = new(new PersonId("webchat:local:second"), "Sam Second");

    private static Ring Two => Some.Ring() with { Quorum = 2, Approvers = new HashSet<PersonId> { Some.Manager.Id, Second.Id } };

    [Fact]
    public async Task Given_a_passed_lab_when_an_approver_approves_then_it_is_recorded_with_its_window()
    {
        await using var bot = await Bot.StartAsync();
        await ReadyAsync(bot);

        var reply = await bot.ApproveAsync(Kb);

        Assert.Equal(DecisionOutcome.Recorded, reply.Outcome);
        Assert.Equal(
            "Recorded: KB5032196 is approved for Production servers, Sat 14 Nov 2026 22:00 to Sun 15 Nov 2026 02:00 Europe/Berlin (UTC+01:00), Sat 14 Nov 2026 21:00 to Sun 15 Nov 2026 01:00 UTC.",
            reply.Text);
        Assert.Equal(RolloutState.Approved, (await bot.RolloutAsync(Kb)).State);
    }

    [Fact]
    public async Task Given_refusals_then_each_has_its_sentence_and_nothing_is_recorded()
    {
        await using var bot = await Bot.StartAsync();
        await bot.ImportAsync("2026-Nov", (Kb, Some.Facts()));
        var audit = (await bot.AuditAsync()).Count;

        Refused(await bot.ApproveAsync(Kb, Some.Outsider), DecisionOutcome.NotAnApprover, "Only approvers of Production servers can decide");
        Refused(await bot.DecideAsync(DecisionKind.Approve, Kb, seen: "000000000000"), DecisionOutcome.ChangedSinceYouLooked, "Read the card again");
        Refused(await bot.ApproveAsync(Kb), DecisionOutcome.LabNotPassed, "The lab has not passed KB5032196. Not tested in the lab yet.");
        Refused(await bot.DecideAsync(DecisionKind.Reject, Kb), DecisionOutcome.ReasonMissing, "Say why you reject it");
        Refused(await bot.DecideAsync(DecisionKind.Defer, Kb), DecisionOutcome.DateMissing, "Say until when");
        Refused(await bot.DecideAsync(DecisionKind.Defer, Kb, until: bot.Now), DecisionOutcome.DateMissing, "in the future");
        Refused(await bot.DecideAsync(DecisionKind.Withdraw, Kb, reason: "x"), DecisionOutcome.NothingToWithdraw, "is not approved");
        Refused(await bot.DecideAsync(DecisionKind.Approve, Kb, emergency: true), DecisionOutcome.NoWindow, "There is no window");
        Refused(
            await bot.DecideAsync(new DecisionWish(999, DecisionKind.Approve, Some.Manager, "000000000000", "", null, false, "x")),
            DecisionOutcome.NoSuchRollout, "no longer exists");
        Assert.Equal(audit, (await bot.AuditAsync()).Count);
    }

    [Fact]
    public async Task Given_no_approver_is_named_then_nobody_may_decide_and_it_says_how_to_mend_it()
    {
        await using var bot = await Bot.StartAsync(Some.Ring() with { Approvers = new HashSet<PersonId>() });
        await ReadyAsync(bot);
        Refused(await bot.ApproveAsync(Kb), DecisionOutcome.NotAnApprover, "An admin can name approvers");
    }

    [Fact]
    public async Task Given_the_only_pass_is_ones_own_then_someone_else_has_to_approve()
    {
        await using var bot = await Bot.StartAsync();
        await bot.ImportAsync("2026-Nov", (Kb, Some.Facts()));
        await bot.LabAsync(Kb, by: Some.Manager);
        Refused(await bot.ApproveAsync(Kb), DecisionOutcome.OnlyYourOwnLabResult, "someone else has to approve");

        await bot.LabAsync(Kb, host: "hv-lab-03");
        Assert.True((await bot.ApproveAsync(Kb)).Recorded);
    }

    [Fact]
    public async Task Given_a_decision_was_given_then_a_replay_and_a_second_person_change_nothing()
    {
        await using var bot = await Bot.StartAsync(Two with { Quorum = 1 });
        await ReadyAsync(bot);
        var seen = (await bot.RolloutAsync(Kb)).Snapshot.Mark;
        await bot.DecideAsync(DecisionKind.Approve, Kb, seen: seen);
        var audit = (await bot.AuditAsync()).Count;

        Refused(await bot.DecideAsync(DecisionKind.Approve, Kb, seen: seen), DecisionOutcome.AlreadyDecidedByYou, "You have approved it already");
        Refused(await bot.DecideAsync(DecisionKind.Reject, Kb, Second, "no", seen: seen), DecisionOutcome.AlreadyDecided, "Max Manager answered first (approved)");
        Assert.Equal(audit, (await bot.AuditAsync()).Count);
    }

    [Fact]
    public async Task Given_two_people_press_at_once_on_two_machines_then_there_is_one_decision()
    {
        await using var bot = await Bot.StartAsync(Two with { Quorum = 1 });
        await ReadyAsync(bot);
        var seen = (await bot.RolloutAsync(Kb)).Snapshot.Mark;
        var other = bot.Another();

        var replies = await Task.WhenAll(
            Task.Run(() => bot.DecideAsync(DecisionKind.Approve, Kb, seen: seen), Some.Token),
            Task.Run(() => other.DecideAsync(DecisionKind.Reject, Kb, Second, "breaks the backup agent", seen: seen), Some.Token));

        Assert.Single(replies, reply => reply.Recorded);
        Assert.Single(await bot.DecisionsAsync(await bot.RolloutAsync(Kb)));
    }

    [Fact]
    public async Task Given_a_quorum_of_two_then_it_takes_two_different_people()
    {
        await using var bot = await Bot.StartAsync(Two);
        await ReadyAsync(bot);

        var first = await bot.ApproveAsync(Kb);
        Assert.Equal((DecisionOutcome.QuorumOpen, true), (first.Outcome, first.Recorded));
        Refused(await bot.ApproveAsync(Kb), DecisionOutcome.AlreadyDecidedByYou, "it counts once");
        Assert.Contains("1 of 2 approvals", await bot.CardAsync(Kb), StringComparison.Ordinal);
        Assert.Equal(DecisionOutcome.Recorded, (await bot.ApproveAsync(Kb, Second)).Outcome);
        Assert.Equal(RolloutState.Approved, (await bot.RolloutAsync(Kb)).State);
    }

    [Fact]
    public async Task Given_the_first_of_two_approved_then_a_change_ends_that_approval_for_good()
    {
        await using var bot = await Bot.StartAsync(Two);
        await ReadyAsync(bot);
        await bot.ApproveAsync(Kb);

        var failed = await bot.LabAsync(Kb, PatchBot.Core.Lab.LabOutcome.Fail, "hv-lab-09");
        Assert.Contains("The earlier decision no longer stands", await bot.CardAsync(Kb), StringComparison.Ordinal);
        await bot.UndoLabAsync(failed, Kb);

        Assert.Equal(DecisionOutcome.QuorumOpen, (await bot.ApproveAsync(Kb, Second)).Outcome);
        Assert.Equal(DecisionOutcome.Recorded, (await bot.ApproveAsync(Kb)).Outcome);
    }

    [Fact]
    public async Task Given_one_of_two_approved_then_the_same_person_may_still_reject()
    {
        await using var bot = await Bot.StartAsync(Two);
        await ReadyAsync(bot);
        await bot.ApproveAsync(Kb);
        Assert.Equal(DecisionOutcome.Recorded, (await bot.DecideAsync(DecisionKind.Reject, Kb, reason: "found a problem")).Outcome);
        Assert.Equal(RolloutState.Rejected, (await bot.RolloutAsync(Kb)).State);
    }

    [Fact]
    public async Task Given_it_is_deferred_then_a_window_after_that_date_is_suggested_and_can_be_approved()
    {
        await using var bot = await Bot.StartAsync();
        await ReadyAsync(bot);
        var until = Some.Noon.AddDays(150);

        var reply = await bot.DecideAsync(DecisionKind.Defer, Kb, reason: "audit season", until: until);

        Assert.Equal("Recorded: KB5032196 is deferred for Production servers, not before Fri 9 Apr 2027 14:00 Europe/Berlin; a later window is suggested on the card.", reply.Text);
        var rollout = await bot.RolloutAsync(Kb);
        Assert.Equal(RolloutState.Deferred, rollout.State);
        Assert.True(rollout.Window?.Start >= until);
        Assert.False((await bot.DecideAsync(DecisionKind.Defer, Kb, until: until)).Recorded);
        Assert.True((await bot.ApproveAsync(Kb)).Recorded);
    }

    [Fact]
    public async Task Given_it_is_rejected_then_only_a_vendor_revision_reopens_it()
    {
        await using var bot = await Bot.StartAsync();
        await ReadyAsync(bot);
        await bot.DecideAsync(DecisionKind.Reject, Kb, reason: "breaks the backup agent");
        await bot.LabAsync(Kb, host: "hv-lab-03");
        Assert.Equal(RolloutState.Rejected, (await bot.RolloutAsync(Kb)).State);

        await bot.ImportAsync("2026-Nov", (Kb, Some.Facts(exploited: Claim.Yes)));

        Assert.Equal(RolloutState.Proposed, (await bot.RolloutAsync(Kb)).State);
        Assert.Contains("the vendor revised the patch after it was rejected", await bot.CardAsync(Kb), StringComparison.Ordinal);
        Assert.True((await bot.ApproveAsync(Kb)).Recorded);
    }

    [Fact]
    public async Task Given_an_approval_then_it_can_be_withdrawn_with_a_reason_until_the_window_starts()
    {
        await using var bot = await Bot.StartAsync();
        await ReadyAsync(bot);
        await bot.ApproveAsync(Kb);
        Refused(await bot.DecideAsync(DecisionKind.Withdraw, Kb), DecisionOutcome.ReasonMissing, "Say why you withdraw it");
        Assert.True((await bot.DecideAsync(DecisionKind.Withdraw, Kb, reason: "storage migration")).Recorded);
        Assert.Contains("Max Manager withdrew the approval: storage migration", await bot.CardAsync(Kb), StringComparison.Ordinal);

        Assert.True((await bot.ApproveAsync(Kb)).Recorded);
        bot.Clock.SetUtcNow((await bot.RolloutAsync(Kb)).Window!.Start);
        Refused(await bot.DecideAsync(DecisionKind.Withdraw, Kb, reason: "too late"), DecisionOutcome.WindowStarted, "can no longer be withdrawn");
    }

    [Fact]
    public async Task Given_the_suggested_window_has_started_then_it_cannot_be_approved_and_a_later_one_is_suggested()
    {
        await using var bot = await Bot.StartAsync();
        await ReadyAsync(bot);
        var start = (await bot.RolloutAsync(Kb)).Window!.Start;
        bot.Clock.SetUtcNow(start.AddMinutes(1));
        Refused(await bot.ApproveAsync(Kb), DecisionOutcome.WindowStarted, "has started already");
        await bot.DueAsync();
        Assert.True((await bot.RolloutAsync(Kb)).Window!.Start > start);
    }

    [Fact]
    public async Task Given_a_prerequisite_then_it_goes_first_and_into_an_earlier_window()
    {
        await using var bot = await Bot.StartAsync();
        await bot.ImportAsync("2026-Nov", ("KB5032100", Some.Facts("Servicing stack")), (Kb, Some.Facts() with { Requires = [new PatchId("KB5032100")] }));
        await bot.LabAsync("KB5032100");
        await bot.LabAsync(Kb);
        Refused(await bot.ApproveAsync(Kb), DecisionOutcome.PrerequisiteOpen, "Do KB5032100 first");
        Assert.Contains("First, before this patch", await bot.CardAsync(Kb), StringComparison.Ordinal);

        await bot.ApproveAsync("KB5032100");
        Assert.True((await bot.RolloutAsync("KB5032100")).Window!.End <= (await bot.RolloutAsync(Kb)).Window!.Start);
        Assert.True((await bot.ApproveAsync(Kb)).Recorded);
    }

    [Fact]
    public async Task Given_superseded_then_the_newer_card_is_the_one_to_decide_on()
    {
        await using var bot = await Bot.StartAsync();
        await ReadyAsync(bot);
        await bot.ImportAsync("2026-Dec", ("KB5033000", Some.Facts() with { Supersedes = [new PatchId(Kb)], ReleasedAt = Some.Noon.AddHours(1) }));
        Refused(await bot.ApproveAsync(Kb), DecisionOutcome.Superseded, "superseded by a newer patch");
    }

    private static async Task ReadyAsync(Bot bot)
    {
        await bot.ImportAsync("2026-Nov", (Kb, Some.Facts()));
        await bot.LabAsync(Kb);
    }

    private static void Refused(DecisionReply reply, DecisionOutcome outcome, string sentence)
    {
        Assert.Equal((outcome, false), (reply.Outcome, reply.Recorded));
        Assert.Contains(sentence, reply.Text, StringComparison.Ordinal);
    }
}
