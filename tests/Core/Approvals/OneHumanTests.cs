using PatchBot.Core.Approvals;
using PatchBot.Core.People;
using PatchBot.Core.Rollouts;
using PatchBot.Core.Windows;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Core.Approvals;

/// <summary>One human with two identities decides once, tests once, and may what either may.</summary>
public sealed class OneHumanTests
{
    private static readonly Person Max = Some.Manager, MaxOnSlack = Some.ManagerOnSlack, Erin = Some.Engineer, ErinOnSlack = Some.EngineerOnSlack;

    [Fact]
    public async Task Given_an_approver_who_is_known_on_another_platform_then_they_decide_there_while_they_are_linked()
    {
        await using var bot = await TestedAsync(Some.Ring());
        Assert.Equal(DecisionOutcome.NotAnApprover, (await bot.ApproveAsync("KB5032196", MaxOnSlack)).Outcome);

        await bot.LinkAsync(Max, MaxOnSlack);
        Assert.Equal(DecisionOutcome.Recorded, (await bot.ApproveAsync("KB5032196", MaxOnSlack)).Outcome);
        Assert.Contains("max approved it", await bot.CardAsync("KB5032196"), StringComparison.Ordinal);
        Assert.Equal(DecisionOutcome.AlreadyDecidedByYou, (await bot.ApproveAsync("KB5032196", Max)).Outcome);

        await bot.UnlinkAsync(Max, MaxOnSlack);
        Assert.Equal(DecisionOutcome.NotAnApprover, (await bot.DecideAsync(DecisionKind.Withdraw, "KB5032196", MaxOnSlack, "no")).Outcome);
        Assert.Equal(DecisionOutcome.AlreadyDecided, (await bot.ApproveAsync("KB5032196", Max)).Outcome);
    }

    [Fact]
    public async Task Given_a_quorum_then_the_two_identities_of_one_human_count_once_whichever_come_first()
    {
        await using var bot = await TestedAsync(Quorum(2));
        await bot.LinkAsync(Max, MaxOnSlack);
        Assert.Equal(DecisionOutcome.QuorumOpen, (await bot.ApproveAsync("KB5032196", MaxOnSlack)).Outcome);
        Assert.Equal(DecisionOutcome.AlreadyDecidedByYou, (await bot.ApproveAsync("KB5032196", Max)).Outcome);
        Assert.Equal(DecisionOutcome.Recorded, (await bot.ApproveAsync("KB5032196", Some.Outsider)).Outcome);
    }

    [Fact]
    public async Task Given_a_link_made_after_both_approved_then_both_stand_and_count_once_until_it_ends()
    {
        await using var bot = await TestedAsync(Quorum(3));
        await bot.ApproveAsync("KB5032196", Max);
        await bot.ApproveAsync("KB5032196", MaxOnSlack);
        Assert.Contains("2 of 3 approvals", await bot.CardAsync("KB5032196"), StringComparison.Ordinal);

        await bot.LinkAsync(Max, MaxOnSlack);
        Assert.Contains("1 of 3 approvals", await bot.CardAsync("KB5032196"), StringComparison.Ordinal);
        var third = await bot.ApproveAsync("KB5032196", Some.Outsider);
        Assert.Equal(DecisionOutcome.QuorumOpen, third.Outcome);
        Assert.Contains("approval 2 of 3", third.Text, StringComparison.Ordinal);

        await bot.UnlinkAsync(Max, MaxOnSlack);
        Assert.Contains("3 of 3 approvals", await bot.CardAsync("KB5032196"), StringComparison.Ordinal);
        Assert.Equal(RolloutState.Proposed, (await bot.RolloutAsync("KB5032196")).State);
        Assert.Equal(DecisionOutcome.Recorded, (await bot.ApproveAsync("KB5032196", Chat.Admin)).Outcome);
    }

    [Fact]
    public async Task Given_one_human_pressing_with_both_identities_at_once_through_two_processes_then_exactly_one_decision_stands()
    {
        await using var bot = await TestedAsync(Quorum(2));
        await bot.LinkAsync(Max, MaxOnSlack);
        var seen = (await bot.RolloutAsync("KB5032196")).Snapshot.Mark;
        var other = bot.Another();
        await other.RolloutAsync("KB5032196");

        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(press => Task.Run(
            () => (press % 2 == 0 ? bot : other).DecideAsync(DecisionKind.Approve, "KB5032196", press % 2 == 0 ? Max : MaxOnSlack, seen: seen), Some.Token)));

        Assert.Single(replies, reply => reply.Recorded);
        Assert.All(replies.Where(reply => !reply.Recorded), reply => Assert.Equal(DecisionOutcome.AlreadyDecidedByYou, reply.Outcome));
        Assert.Single(await bot.DecisionsAsync(await bot.RolloutAsync("KB5032196")), decision => decision.Standing);
    }

    [Fact]
    public async Task Given_a_tester_who_approves_with_their_other_identity_then_it_is_still_their_own_result()
    {
        await using var bot = await TestedAsync(Some.Ring() with { Approvers = new HashSet<PersonId> { ErinOnSlack.Id } });
        await bot.LinkAsync(Erin, ErinOnSlack);
        Assert.Equal(DecisionOutcome.OnlyYourOwnLabResult, (await bot.ApproveAsync("KB5032196", ErinOnSlack)).Outcome);

        await bot.UnlinkAsync(Erin, ErinOnSlack);
        Assert.Equal(DecisionOutcome.Recorded, (await bot.ApproveAsync("KB5032196", ErinOnSlack)).Outcome);
    }

    private static Ring Quorum(int approvals) =>
        Some.Ring() with { Quorum = approvals, Approvers = new HashSet<PersonId> { Max.Id, MaxOnSlack.Id, Some.Outsider.Id, Chat.Admin.Id } };

    private static async Task<Bot> TestedAsync(Ring ring)
    {
        var bot = await Bot.StartAsync(ring);
        await bot.ImportAsync("2026-Nov", ("KB5032196", Some.Facts()));
        await bot.LabAsync("KB5032196");
        await bot.LabAsync("KB5032196", host: "hv-lab-03");
        return bot;
    }
}
