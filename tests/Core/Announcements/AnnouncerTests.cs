using PatchBot.Core.Approvals;
using PatchBot.Core.Patches;
using PatchBot.Core.Rollouts;
using PatchBot.Core.Windows;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Core.Announcements;

public sealed class AnnouncerTests : IAsyncLifetime
{
    private const string Kb = "KB5032196";
    private const string Day = "reminder-1.00:00:00";
    private const string Hour = "reminder-01:00:00";

    private Bot bot = null!;
    private MaintenanceWindow window = null!;

    public async ValueTask InitializeAsync()
    {
        bot = await Bot.StartAsync();
        window = (await bot.ApprovedAsync(Kb)).Window!;
    }

    public ValueTask DisposeAsync() => bot.DisposeAsync();

    [Fact]
    public async Task Given_an_approval_then_its_window_is_announced_once() => Assert.Equal(["set"], await bot.StagesAsync(window.Start));

    [Fact]
    public async Task Given_time_passes_then_each_stage_is_told_once_whatever_was_restarted_in_between()
    {
        foreach (var instant in (DateTimeOffset[])
            [window.Start.AddDays(-1), window.Start.AddHours(-2), window.Start.AddHours(-1), window.Start, window.Start.AddHours(1), window.End, window.End.AddDays(1)])
        {
            await bot.PassTimeAsync(instant);
            await bot.DueAsync();
            await bot.Another().DueAsync();
        }

        Assert.Equal(["set", Day, Hour, "start", "end"], await bot.StagesAsync(window.Start));
        Assert.Equal(RolloutState.Finished, (await bot.RolloutAsync(Kb)).State);
        Assert.Single(await bot.AuditAsync(), entry => entry.Event.Action == "rollout.finished");
    }

    [Fact]
    public async Task Given_two_processes_at_once_then_a_stage_is_told_once()
    {
        bot.Clock.SetUtcNow(window.Start);
        await Task.WhenAll(bot.Another().DueAsync(), bot.Another().DueAsync(), bot.DueAsync());
        Assert.Equal(["set", "start"], await bot.StagesAsync(window.Start));
    }

    [Fact]
    public async Task Given_a_pause_over_both_reminders_then_only_the_nearest_is_told_with_the_time_that_is_left()
    {
        await bot.PassTimeAsync(window.Start.AddMinutes(-30));

        Assert.Equal(["set", Hour], await bot.StagesAsync(window.Start));
        Assert.Contains("Maintenance in 30 minutes", await bot.AnnouncementAsync(window.Start, Hour), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_pause_over_the_whole_window_then_only_its_end_is_told()
    {
        await bot.PassTimeAsync(window.End.AddDays(1));
        Assert.Equal(["set", "end"], await bot.StagesAsync(window.Start));
    }

    [Fact]
    public async Task Given_an_approval_after_a_reminder_fell_due_then_that_reminder_is_not_told()
    {
        await bot.DecideAsync(DecisionKind.Withdraw, Kb, reason: "storage migration");
        var late = bot.Rings[0] with { Notice = TimeSpan.Zero };
        bot.Clock.SetUtcNow(window.Start.AddHours(-3));
        var fresh = await bot.RestartAsync(late);
        Assert.Equal(DecisionOutcome.Recorded, (await fresh.ApproveAsync(Kb)).Outcome);
        await fresh.DueAsync();

        Assert.Equal(["set", "cancelled", "set-2"], await fresh.StagesAsync(window.Start));
        await fresh.PassTimeAsync(window.Start.AddHours(-1));
        Assert.Equal(["set", "cancelled", "set-2", Hour], await fresh.StagesAsync(window.Start));
    }

    [Fact]
    public async Task Given_the_approval_is_withdrawn_and_given_again_then_people_hear_of_both()
    {
        await bot.DecideAsync(DecisionKind.Withdraw, Kb, reason: "storage migration");
        Assert.Contains("Maintenance cancelled", await bot.AnnouncementAsync(window.Start, "set"), StringComparison.Ordinal);
        Assert.Contains("Maintenance cancelled", await bot.AnnouncementAsync(window.Start, "cancelled"), StringComparison.Ordinal);
        await bot.PassTimeAsync(window.Start.AddDays(-1));
        Assert.Equal(["set", "cancelled"], await bot.StagesAsync(window.Start));

        await bot.ApproveAsync(Kb);
        Assert.Contains("Maintenance planned", await bot.AnnouncementAsync(window.Start, "set-2"), StringComparison.Ordinal);
        Assert.Contains("Maintenance planned again", await bot.AnnouncementAsync(window.Start, "cancelled"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_another_patch_joins_the_window_then_its_announcement_is_edited_and_keeps_dependency_order()
    {
        await bot.ApprovedAsync("KB5032100", Some.Facts("Servicing stack"));
        var ring = bot.Rings[0] with { PrerequisitesInSameWindow = true };
        var fresh = await bot.RestartAsync(ring);
        await fresh.ApprovedAsync("KB5032000", Some.Facts("Needs the stack") with { Requires = [new PatchId("KB5032100")] });

        Assert.Equal(["set"], await fresh.StagesAsync(window.Start));
        var card = await fresh.AnnouncementAsync(window.Start, "set");
        Assert.True(card.IndexOf("KB5032100", StringComparison.Ordinal) < card.IndexOf("KB5032000", StringComparison.Ordinal), card);
        Assert.Contains(Kb, card, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_night_when_the_clock_changes_then_reminders_count_elapsed_time()
    {
        // Berlin puts its clock forward on 28 March 2027 at 02:00, inside this window.
        await bot.ImportAsync("late", ("KB5039999", Some.Facts(severity: Severity.Low)));
        await bot.LabAsync("KB5039999");
        bot.Clock.SetUtcNow(new DateTimeOffset(2027, 3, 24, 12, 0, 0, TimeSpan.Zero));
        await bot.DueAsync();
        await bot.ApproveAsync("KB5039999");
        var night = (await bot.RolloutAsync("KB5039999")).Window!;
        Assert.Equal((new DateTimeOffset(2027, 3, 27, 21, 0, 0, TimeSpan.Zero), TimeSpan.FromHours(4)), (night.Start, night.Duration));

        await bot.PassTimeAsync(night.Start.AddDays(-1));
        await bot.PassTimeAsync(night.End.AddMilliseconds(-1));
        Assert.Equal(["set", Day, "start"], await bot.StagesAsync(night.Start));
        await bot.PassTimeAsync(night.End);
        Assert.Equal("end", (await bot.StagesAsync(night.Start))[^1]);
    }
}
