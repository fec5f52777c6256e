using PatchBot.Core.Approvals;
using PatchBot.Core.Patches;
using PatchBot.Core.Rollouts;
using PatchBot.Core.Windows;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Core.Approvals;

public sealed class EmergencyApprovalTests
{
    private const string Kb = "KB5032196";

    [Fact]
    public async Task Given_an_emergency_slot_then_it_can_be_approved_even_inside_a_freeze_that_the_card_named()
    {
        var freeze = new Freeze(new MaintenanceWindow(Some.Noon.AddDays(-1), Some.Noon.AddDays(40)), "Year-end closing");
        await using var bot = await Bot.StartAsync(Some.Ring(exposed: true) with { Freezes = [freeze] });
        await bot.ImportAsync("2026-Nov", (Kb, Some.Facts(exploited: Claim.Yes)));
        await bot.LabAsync(Kb);
        var slot = (await bot.RolloutAsync(Kb)).Emergency;
        Assert.NotNull(slot);
        Assert.Contains("Year-end closing", await bot.CardAsync(Kb), StringComparison.Ordinal);

        var reply = await bot.DecideAsync(DecisionKind.Approve, Kb, emergency: true);

        Assert.True(reply.Recorded, reply.Text);
        Assert.Equal((RolloutState.Approved, slot), ((await bot.RolloutAsync(Kb)).State, (await bot.RolloutAsync(Kb)).Window));
        Assert.Equal(["set"], await bot.StagesAsync(slot.Start));
    }

    [Fact]
    public async Task Given_a_review_in_which_nothing_changed_then_the_emergency_slot_stays_where_it_is()
    {
        await using var bot = await Bot.StartAsync(Some.Ring(exposed: true));
        await bot.ImportAsync("2026-Nov", (Kb, Some.Facts(exploited: Claim.Yes)));
        var before = await bot.RolloutAsync(Kb);
        Assert.NotNull(before.Emergency);
        bot.Clock.Advance(TimeSpan.FromMinutes(70));
        var after = await (await bot.RestartAsync()).RolloutAsync(Kb);
        Assert.Equal((before.Emergency, before.Snapshot.Mark), (after.Emergency, after.Snapshot.Mark));
    }
}
