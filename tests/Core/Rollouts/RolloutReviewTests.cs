using PatchBot.Core.Approvals;
using PatchBot.Core.Lab;
using PatchBot.Core.Patches;
using PatchBot.Core.Rollouts;
using PatchBot.Core.Windows;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Core.Rollouts;

public sealed class RolloutReviewTests
{
    private const string Kb = "KB5032196";
    private const string Stack = "KB5032100";
    private const string Newer = "KB5033000";

    private static PatchFacts Needing => Some.Facts() with { Requires = [new PatchId(Stack)] };

    private static PatchFacts Superseding => Some.Facts() with { Supersedes = [new PatchId(Kb)], ReleasedAt = Some.Noon.AddHours(1) };

    [Fact]
    public async Task Given_two_rings_then_there_is_a_rollout_in_each_that_runs_the_patch()
    {
        await using var bot = await Bot.StartAsync(Some.Ring(), Some.Ring("pilot", "Pilot"), Some.Ring("desks", "Desks") with { Products = ["Windows 11*"] });
        await bot.ImportAsync("2026-Nov", (Kb, Some.Facts()));
        var rings = (await bot.ReadAsync(session => session.Rollouts.OfPatchesAsync([new PatchId(Kb)], Some.Token))).Select(rollout => rollout.Ring);
        Assert.Equal(["production", "pilot"], rings);
    }

    [Fact]
    public async Task Given_an_open_prerequisite_then_the_suggestion_comes_after_its_suggestion()
    {
        await using var bot = await Bot.StartAsync();
        await bot.ImportAsync("2026-Nov", (Kb, Needing), (Stack, Some.Facts()));
        Assert.True((await bot.RolloutAsync(Stack)).Window!.End <= (await bot.RolloutAsync(Kb)).Window!.Start);
    }

    [Fact]
    public async Task Given_a_newer_patch_then_it_closes_the_open_older_one_until_it_is_rejected()
    {
        await using var bot = await Bot.StartAsync();
        await bot.ImportAsync("2026-Nov", (Kb, Some.Facts()));
        await bot.ImportAsync("2026-Dec", (Newer, Superseding));
        Assert.Equal(RolloutState.Superseded, (await bot.RolloutAsync(Kb)).State);

        await bot.DecideAsync(DecisionKind.Reject, Newer, reason: "breaks printing");
        Assert.Equal(RolloutState.Proposed, (await bot.RolloutAsync(Kb)).State);

        await bot.ImportAsync("2026-Dec", (Newer, Superseding with { Title = "Mended" }));
        Assert.Equal((RolloutState.Proposed, RolloutState.Superseded), ((await bot.RolloutAsync(Newer)).State, (await bot.RolloutAsync(Kb)).State));

        await bot.ImportAsync("2026-Dec", (Newer, Superseding with { Supersedes = [] }));
        Assert.Equal(RolloutState.Proposed, (await bot.RolloutAsync(Kb)).State);
    }

    [Fact]
    public async Task Given_two_patches_that_name_each_other_then_one_stays_open()
    {
        await using var bot = await Bot.StartAsync();
        await bot.ImportAsync("2026-Nov", (Kb, Some.Facts() with { Supersedes = [new PatchId(Newer)] }), (Newer, Some.Facts() with { Supersedes = [new PatchId(Kb)] }));
        Assert.Contains(RolloutState.Proposed, new[] { (await bot.RolloutAsync(Kb)).State, (await bot.RolloutAsync(Newer)).State });
    }

    [Fact]
    public async Task Given_a_patch_without_release_date_then_what_names_it_supersedes_it()
    {
        await using var bot = await Bot.StartAsync();
        await bot.ImportAsync("2026-Nov", (Kb, Some.Facts() with { ReleasedAt = null }), (Newer, Superseding with { ReleasedAt = Some.Noon.AddDays(-9) }));
        Assert.Equal(RolloutState.Superseded, (await bot.RolloutAsync(Kb)).State);
    }

    [Fact]
    public async Task Given_the_vendor_revises_an_approved_patch_then_the_approval_falls_and_the_card_says_why()
    {
        await using var bot = await Bot.StartAsync();
        var window = (await bot.ApprovedAsync(Kb)).Window!;
        await bot.ImportAsync(Kb, (Kb, Some.Facts(exploited: Claim.Yes)));
        await FellAsync(bot, "the vendor revised the patch");
        Assert.Equal(["set", "cancelled"], await bot.StagesAsync(window.Start));
    }

    [Fact]
    public async Task Given_a_lab_result_is_added_then_the_approval_falls()
    {
        await using var bot = await Bot.StartAsync();
        await bot.ApprovedAsync(Kb);
        await bot.LabAsync(Kb, LabOutcome.Fail, "sql-lab-03");
        await FellAsync(bot, "the lab results were 'hv-lab-02 pass' and are now 'hv-lab-02 pass; sql-lab-03 fail'");
    }

    [Fact]
    public async Task Given_its_lab_result_is_undone_then_the_approval_falls()
    {
        await using var bot = await Bot.StartAsync();
        await bot.ImportAsync("2026-Nov", (Kb, Some.Facts()));
        var report = await bot.LabAsync(Kb);
        await bot.ApproveAsync(Kb);
        await bot.UndoLabAsync(report, Kb);
        await FellAsync(bot, "the lab result was taken back (hv-lab-02 pass)");
    }

    [Fact]
    public async Task Given_its_prerequisites_approval_is_withdrawn_then_the_approval_falls()
    {
        await using var bot = await PlannedAsync();
        await bot.DecideAsync(DecisionKind.Withdraw, Stack, reason: "not now");
        await FellAsync(bot, "the prerequisite KB5032100 is open again");
    }

    [Fact]
    public async Task Given_what_replaces_its_prerequisite_is_withdrawn_then_the_approval_falls_too()
    {
        await using var bot = await Bot.StartAsync();
        await bot.ImportAsync("2026-Nov", (Stack, Some.Facts()), (Newer, Superseding with { Supersedes = [new PatchId(Stack)] }), (Kb, Needing));
        await ApproveAsync(bot, Newer);
        await ApproveAsync(bot, Kb);
        Assert.True((await bot.RolloutAsync(Newer)).Window!.End <= (await bot.RolloutAsync(Kb)).Window!.Start);

        await bot.DecideAsync(DecisionKind.Withdraw, Newer, reason: "not now");

        await FellAsync(bot, "the prerequisite KB5032100 is open again");
    }

    [Fact]
    public async Task Given_a_freeze_is_added_over_its_window_then_the_approval_falls_at_the_next_start()
    {
        await using var bot = await Bot.StartAsync();
        var window = (await bot.ApprovedAsync(Kb)).Window!;
        var fresh = await bot.RestartAsync(Some.Ring() with { Freezes = [new Freeze(window, "Stocktaking")] });
        await FellAsync(fresh, "the window is now inside the freeze 'Stocktaking'");
        Assert.True((await fresh.RolloutAsync(Kb)).Window!.Start >= window.End);
    }

    [Fact]
    public async Task Given_nothing_relevant_changes_then_the_approval_stands()
    {
        await using var bot = await PlannedAsync();
        await bot.ImportAsync("2026-Nov-2", ("KB5039000", Some.Facts()));
        await bot.LabAsync("KB5039000");
        await bot.PassTimeAsync((await bot.RolloutAsync(Stack)).Window!.End);
        Assert.Equal(RolloutState.Finished, (await bot.RolloutAsync(Stack)).State);
        var fresh = await bot.RestartAsync();
        Assert.Equal(RolloutState.Approved, (await fresh.RolloutAsync(Kb)).State);
        Assert.DoesNotContain("approval.fell", (await fresh.AuditAsync()).Select(entry => entry.Event.Action));
    }

    [Fact]
    public async Task Given_the_window_has_started_then_a_revision_no_longer_touches_the_approval()
    {
        await using var bot = await Bot.StartAsync();
        var window = (await bot.ApprovedAsync(Kb)).Window!;
        await bot.PassTimeAsync(window.Start);
        await bot.ImportAsync(Kb, (Kb, Some.Facts(exploited: Claim.Yes)));
        Assert.Equal(RolloutState.Approved, (await bot.RolloutAsync(Kb)).State);
    }

    [Fact]
    public async Task Given_a_prerequisite_is_approved_then_the_card_of_what_needs_it_is_redrawn()
    {
        await using var bot = await Bot.StartAsync();
        await bot.ImportAsync("2026-Nov", (Kb, Needing), (Stack, Some.Facts()));
        await bot.LabAsync(Stack);
        var before = (await bot.PostsAsync(Kb)).Single().WantedVersion;
        await bot.ApproveAsync(Stack);
        Assert.True((await bot.PostsAsync(Kb)).Single().WantedVersion > before);
        Assert.Contains("Goes in after", await bot.CardAsync(Kb), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_suggested_window_goes_by_then_a_later_one_is_suggested()
    {
        await using var bot = await Bot.StartAsync();
        await bot.ImportAsync("2026-Nov", (Kb, Some.Facts(severity: Severity.Low)));
        var window = (await bot.RolloutAsync(Kb)).Window!;
        await bot.PassTimeAsync(window.Start.AddSeconds(1));
        Assert.True((await bot.RolloutAsync(Kb)).Window!.Start > window.Start);
        Assert.Equal(0, await bot.DueAsync());
    }

    [Fact]
    public async Task Given_a_calendar_without_a_window_in_sight_then_one_is_found_when_it_comes_into_sight()
    {
        var yearly = new RingCalendar("FREQ=YEARLY", new DateTime(2026, 6, 6, 22, 0, 0), "Europe/Berlin", TimeSpan.FromHours(4));
        await using var bot = await Bot.StartAsync(Some.Ring() with { Calendar = yearly });
        await bot.ImportAsync("2026-Nov", (Kb, Some.Facts(severity: Severity.Low)));
        Assert.Null((await bot.RolloutAsync(Kb)).Window);

        bot.Clock.SetUtcNow(new DateTimeOffset(2027, 5, 1, 0, 0, 0, TimeSpan.Zero));
        await bot.WriteAsync(session => bot.Due.FindWindowsAsync(session, Some.Token));
        Assert.Equal(new DateTimeOffset(2027, 6, 6, 20, 0, 0, TimeSpan.Zero), (await bot.RolloutAsync(Kb)).Window?.Start);
    }

    [Fact]
    public async Task Given_a_ring_left_the_settings_then_its_open_rollouts_are_not_looked_at_for_ever()
    {
        await using var bot = await Bot.StartAsync();
        await bot.ImportAsync("2026-Nov", (Kb, Some.Facts()));
        var fresh = await bot.RestartAsync(Some.Ring("pilot", "Pilot"));
        await fresh.PassTimeAsync(Some.Noon.AddDays(30));
        Assert.Equal(0, await fresh.DueAsync());
        Assert.NotNull((await (await fresh.RestartAsync(Some.Ring())).RolloutAsync(Kb)).Window);
    }

    [Fact]
    public async Task Given_a_ring_left_the_settings_then_its_approvals_fall_and_its_return_asks_again()
    {
        await using var bot = await Bot.StartAsync();
        await bot.ImportAsync("2026-Nov", (Kb, Some.Facts()));
        await ApproveAsync(bot, Kb);
        var without = await bot.RestartAsync(Some.Ring("pilot", "Pilot"));
        Assert.Contains("approval.fell", (await without.AuditAsync()).Select(entry => entry.Event.Action));

        var back = await without.RestartAsync(Some.Ring());
        await FellAsync(back, "the ring 'production' was taken out of the settings");
        Assert.NotNull((await back.RolloutAsync(Kb)).Window);
    }

    [Fact]
    public async Task Given_a_ring_is_new_in_the_settings_then_patches_of_the_last_months_concern_it_whatever_others_decided()
    {
        await using var bot = await Bot.StartAsync();
        await bot.ImportAsync("2026-Nov", (Kb, Some.Facts()), (Stack, Some.Facts() with { ReleasedAt = Some.Noon.AddDays(-200) }));
        await ApproveAsync(bot, Kb);
        await bot.PassTimeAsync(Some.Noon.AddDays(30));

        var fresh = await bot.RestartAsync(Some.Ring(), Some.Ring("pilot", "Pilot"));
        var rings = (await fresh.ReadAsync(session => session.Rollouts.OfPatchesAsync([new PatchId(Kb)], Some.Token))).Select(rollout => (rollout.Ring, rollout.State));
        Assert.Equal([("production", RolloutState.Finished), ("pilot", RolloutState.Proposed)], rings);
    }

    private static async Task<Bot> PlannedAsync()
    {
        var bot = await Bot.StartAsync();
        await bot.ImportAsync("2026-Nov", (Kb, Needing), (Stack, Some.Facts()));
        await ApproveAsync(bot, Stack);
        await ApproveAsync(bot, Kb);
        return bot;
    }

    private static async Task ApproveAsync(Bot bot, string patch)
    {
        await bot.LabAsync(patch);
        var reply = await bot.ApproveAsync(patch);
        Assert.True(reply.Recorded, reply.Text);
    }

    private static async Task FellAsync(Bot bot, string why)
    {
        var rollout = await bot.RolloutAsync(Kb);
        Assert.Equal((RolloutState.Proposed, $"The earlier decision no longer stands: {why}."), (rollout.State, rollout.Fallen));
        Assert.Contains(rollout.Fallen, await bot.CardAsync(Kb), StringComparison.Ordinal);
        Assert.DoesNotContain(await bot.DecisionsAsync(rollout), decision => decision.Standing);
        Assert.Contains("approval.fell", (await bot.AuditAsync()).Select(entry => entry.Event.Action));
    }
}
