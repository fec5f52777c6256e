using PatchBot.Core.Windows;
using PatchBot.Tests.Support;
using static PatchBot.Tests.Windows.RingCalendarTests;

namespace PatchBot.Tests.Windows;

/// <summary>The ring has windows on Saturdays from 22:00 to 02:00 in Berlin, two days of lab and a day of notice.</summary>
public sealed class WindowSuggesterTests
{
    private static readonly DateTimeOffset First = Utc("2026-11-14T21:00Z");
    private static readonly DateTimeOffset Second = Utc("2026-11-21T21:00Z");
    private static readonly DateTimeOffset Third = Utc("2026-11-28T21:00Z");

    [Fact]
    public void Given_time_enough_then_the_next_window_is_proposed_with_its_reasons()
    {
        var suggestion = WindowSuggester.Suggest(Request());
        Assert.Equal(First, suggestion.Window?.Start);
        Assert.True(suggestion.InTime);
        Assert.Null(suggestion.Emergency);
        Assert.Empty(suggestion.PassedOver);
        Assert.Equal(
            [
                "Sat 14 Nov 2026 22:00 Europe/Berlin is the earliest window that can be used: the lab has 2 days and people have 1 day of notice.",
                "It ends by the deadline, Thu 10 Dec 2026 13:00 Europe/Berlin (critical, 30 days from release).",
            ],
            suggestion.Reasons);
    }

    [Fact]
    public void Given_leads_that_end_exactly_at_the_start_then_the_window_is_taken_and_a_second_later_it_is_not()
    {
        Assert.Equal(First, Suggest(Request(now: First.AddDays(-3))));
        var late = WindowSuggester.Suggest(Request(now: First.AddDays(-3).AddSeconds(1)));
        Assert.Equal(Second, late.Window?.Start);
        Assert.Equal("leaves only 23 hours 59 minutes of notice after the lab, not 1 day", Assert.Single(late.PassedOver).Why);
    }

    [Fact]
    public void Given_no_time_for_the_lab_then_the_window_is_passed_over_until_the_lab_has_passed()
    {
        var now = First.AddHours(-30);
        Assert.Contains("in the lab takes 2 days", Assert.Single(WindowSuggester.Suggest(Request(now)).PassedOver).Why, StringComparison.Ordinal);
        Assert.Equal(First, Suggest(Request(now) with { LabPassed = true }));
    }

    [Fact]
    public void Given_a_window_that_has_begun_then_it_is_not_proposed() =>
        Assert.Equal(Second, Suggest(Request(now: First.AddSeconds(1), lab: TimeSpan.Zero, notice: TimeSpan.Zero)));

    [Fact]
    public void Given_a_deadline_exactly_at_the_end_then_the_window_is_in_time()
    {
        Assert.True(WindowSuggester.Suggest(Request(deadline: First.AddHours(4))).InTime);
        Assert.False(WindowSuggester.Suggest(Request(deadline: First.AddHours(4).AddTicks(-1))).InTime);
    }

    [Theory]
    [InlineData(-10, 0, true)] // ends as the window starts
    [InlineData(4, 10, true)] // starts as the window ends
    [InlineData(-10, 0.01, false)]
    [InlineData(3.99, 10, false)]
    [InlineData(1, 2, false)]
    public void Given_a_freeze_then_only_a_window_that_it_overlaps_is_passed_over(double from, double to, bool usable)
    {
        var freeze = new Freeze(new MaintenanceWindow(First.AddHours(from), First.AddHours(to)), "Year-end closing");
        var suggestion = WindowSuggester.Suggest(Request(freezes: freeze));
        Assert.Equal(usable ? First : Second, suggestion.Window?.Start);
        Assert.Equal(usable ? [] : ["inside the freeze 'Year-end closing'"], suggestion.PassedOver.Select(passed => passed.Why));
    }

    [Fact]
    public void Given_a_prerequisite_in_the_window_then_the_next_one_is_proposed_unless_both_may_share_it()
    {
        var request = Request() with { After = [new("KB5005112", new MaintenanceWindow(First, First.AddHours(4)))] };
        var later = WindowSuggester.Suggest(request);
        Assert.Equal(Second, later.Window?.Start);
        Assert.Contains("its prerequisite KB5005112 has ended", Assert.Single(later.PassedOver).Why, StringComparison.Ordinal);
        Assert.Contains("It comes after its prerequisite KB5005112 (Sat 14 Nov 2026 22:00 Europe/Berlin).", later.Reasons);

        var shared = WindowSuggester.Suggest(request with { Ring = request.Ring with { PrerequisitesInSameWindow = true } });
        Assert.Equal(First, shared.Window?.Start);
        Assert.Contains("Its prerequisite KB5005112 goes into the same window, before it.", shared.Reasons);
    }

    [Fact]
    public void Given_a_prerequisite_that_ends_as_the_window_starts_then_the_window_is_taken() =>
        Assert.Equal(First, Suggest(Request() with { After = [new("SSU", new MaintenanceWindow(First.AddHours(-4), First))] }));

    [Fact]
    public void Given_a_deferral_then_nothing_before_it_is_proposed()
    {
        var suggestion = WindowSuggester.Suggest(Request() with { DeferredTo = Third });
        Assert.Equal(Third, suggestion.Window?.Start);
        Assert.Equal(2, suggestion.PassedOver.Count);
    }

    [Fact]
    public void Given_a_deadline_before_any_window_then_the_late_one_and_a_slot_after_the_lab_are_offered()
    {
        var suggestion = WindowSuggester.Suggest(Request(now: Some.Noon.AddMinutes(20), deadline: Some.Noon.AddDays(3)));
        Assert.Equal(First, suggestion.Window?.Start);
        Assert.False(suggestion.InTime);
        Assert.Equal(Slot("2026-11-12T13:00Z"), suggestion.Emergency); // two days on, at the next full hour
        Assert.Equal(
            [
                "No window ends by the deadline, Fri 13 Nov 2026 13:00 Europe/Berlin (critical, 30 days from release).",
                "Sat 14 Nov 2026 22:00 Europe/Berlin is the earliest window that can be used (the lab has 2 days and people have 1 day of notice); it ends 1 day 13 hours after the deadline.",
                "Emergency slot outside the calendar: Thu 12 Nov 2026 14:00 to 18:00 Europe/Berlin (UTC+01:00). It ends by the deadline; taking it is a manager's decision.",
            ],
            suggestion.Reasons);
    }

    [Fact]
    public void Given_a_deadline_before_the_lab_is_done_then_the_slot_ends_by_it_and_says_that_the_lab_is_cut()
    {
        var suggestion = WindowSuggester.Suggest(Request(deadline: Some.Noon.AddDays(1).AddMinutes(10)));
        Assert.Equal(Slot("2026-11-11T08:00Z"), suggestion.Emergency);
        Assert.Contains("The emergency slot leaves the lab less than its 2 days.", suggestion.Reasons);
    }

    [Fact]
    public void Given_a_freeze_up_to_the_deadline_then_the_slot_lies_before_it_or_else_inside_and_says_so()
    {
        var deadline = Some.Noon.AddDays(3);
        var suggestion = WindowSuggester.Suggest(Request(deadline: deadline, freezes: Frozen(Some.Noon.AddDays(1), deadline)));
        Assert.Equal(Slot("2026-11-11T08:00Z"), suggestion.Emergency);
        Assert.DoesNotContain(suggestion.Reasons, reason => reason.Contains("freeze", StringComparison.Ordinal));

        suggestion = WindowSuggester.Suggest(Request(deadline: deadline, freezes: Frozen(Some.Noon.AddDays(-1), deadline)));
        Assert.Equal(Slot("2026-11-12T12:00Z"), suggestion.Emergency);
        Assert.Contains("The emergency slot lies inside the freeze 'Audit', because nothing else ends by the deadline.", suggestion.Reasons);
    }

    [Fact]
    public void Given_a_deadline_in_the_past_then_it_is_said_and_the_slot_is_the_earliest_after_lab_and_freeze()
    {
        var suggestion = WindowSuggester.Suggest(Request(
            deadline: Some.Noon.AddDays(-1), freezes: Frozen(Some.Noon, Some.Noon.AddDays(2).AddMinutes(30))));
        Assert.Equal("The deadline has passed: Mon 9 Nov 2026 13:00 Europe/Berlin (critical, 30 days from release).", suggestion.Reasons[0]);
        Assert.Equal(First, suggestion.Window?.Start);
        Assert.Equal(Slot("2026-11-12T13:00Z"), suggestion.Emergency);
    }

    [Fact]
    public void Given_a_calendar_without_usable_windows_then_there_is_none_and_it_says_why()
    {
        var frozen = WindowSuggester.Suggest(Request(freezes: Frozen(Some.Noon.AddDays(-1), Some.Noon.AddDays(365))));
        Assert.Null(frozen.Window);
        Assert.Equal(13, frozen.PassedOver.Count);
        Assert.Contains("Production servers has no window within 90 days that can be used; all 13 were passed over.", frozen.Reasons);
        Assert.NotNull(frozen.Emergency);

        var none = WindowSuggester.Suggest(Request() with { Horizon = TimeSpan.FromDays(2) });
        Assert.Contains("The calendar of Production servers has no window within 2 days.", none.Reasons);
    }

    [Fact]
    public void Given_a_deferral_past_the_deadline_then_no_emergency_slot_goes_against_it()
    {
        var suggestion = WindowSuggester.Suggest(Request(deadline: Some.Noon.AddDays(3)) with { DeferredTo = Third });
        Assert.Equal(Third, suggestion.Window?.Start);
        Assert.Null(suggestion.Emergency);
        Assert.NotNull(WindowSuggester.Suggest(Request(deadline: Some.Noon.AddDays(-3)) with { DeferredTo = Some.Noon.AddDays(-1) }).Emergency);
        Assert.Contains(suggestion.Reasons, reason => reason.StartsWith("An approver deferred it to Sat 28 Nov 2026 22:00", StringComparison.Ordinal));
    }

    [Fact]
    public void Given_no_deadline_then_nothing_is_said_of_one() =>
        Assert.Single(WindowSuggester.Suggest(Request(deadline: DateTimeOffset.MaxValue)).Reasons);

    private static DateTimeOffset? Suggest(SuggestionRequest request) => WindowSuggester.Suggest(request).Window?.Start;

    private static MaintenanceWindow Slot(string start) => new(Utc(start), Utc(start).AddHours(4));

    private static Freeze Frozen(DateTimeOffset from, DateTimeOffset to) => new(new MaintenanceWindow(from, to), "Audit");

    private static SuggestionRequest Request(
        DateTimeOffset? now = null, DateTimeOffset? deadline = null, TimeSpan? lab = null, TimeSpan? notice = null, params Freeze[] freezes)
    {
        var ring = Some.Ring();
        ring = ring with { Freezes = freezes, LabTime = lab ?? ring.LabTime, Notice = notice ?? ring.Notice };
        return new SuggestionRequest(ring, now ?? Some.Noon, deadline ?? Some.Noon.AddDays(30), "critical, 30 days from release");
    }
}
