using System.Globalization;
using PatchBot.Core.Windows;

namespace PatchBot.Tests.Windows;

public sealed class RingCalendarTests
{
    private static readonly TimeSpan FourHours = TimeSpan.FromHours(4);

    [Theory]
    [InlineData("Europe/Berlin", "2026-03-29T02:30", "2026-03-29T01:30Z")] // 02:30 does not exist: 03:30 summer time
    [InlineData("Europe/Berlin", "2026-10-25T02:30", "2026-10-25T00:30Z")] // 02:30 occurs twice: the first, still summer time
    [InlineData("America/New_York", "2026-03-08T02:30", "2026-03-08T07:30Z")]
    [InlineData("Australia/Sydney", "2026-10-04T02:30", "2026-10-03T16:30Z")] // southern spring
    [InlineData("Australia/Sydney", "2026-04-05T02:30", "2026-04-04T15:30Z")] // southern autumn
    [InlineData("Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T15:45Z")] // half an hour is skipped
    [InlineData("Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-04T14:45Z")] // half an hour occurs twice
    [InlineData("Asia/Tokyo", "2026-03-29T02:30", "2026-03-28T17:30Z")]
    [InlineData("Asia/Kolkata", "2026-10-25T02:30", "2026-10-24T21:00Z")]
    [InlineData("UTC", "2026-03-29T02:30", "2026-03-29T02:30Z")]
    [InlineData("Pacific/Apia", "2011-12-30T10:00", "2011-12-30T20:00Z")] // the whole day was skipped
    public void Given_a_local_time_around_a_clock_change_then_the_start_is_the_agreed_instant(string zone, string local, string utc)
    {
        var calendar = new RingCalendar("FREQ=DAILY;COUNT=1", Local(local), zone, FourHours);
        var window = Assert.Single(calendar.Occurrences(Utc("1970-01-01T00:00Z"), Utc("2100-01-01T00:00Z")));
        Assert.Equal(Utc(utc), window.Start);
        Assert.Equal(FourHours, window.Duration);
    }

    [Theory]
    [InlineData("2026-10-24T22:00Z", "2026-10-24T20:00Z", "2026-10-25T01:00Z")] // five hours, though the clock shows four
    [InlineData("2026-03-28T22:00Z", "2026-03-28T21:00Z", "2026-03-29T02:00Z")] // five hours, though the clock shows six
    public void Given_a_window_over_a_clock_change_then_it_keeps_its_length(string day, string start, string end)
    {
        var calendar = new RingCalendar("FREQ=WEEKLY;BYDAY=SA", Local("2026-01-03T22:00"), "Europe/Berlin", TimeSpan.FromHours(5));
        var window = calendar.Occurrences(Utc(day).AddHours(-12), Utc(day).AddHours(12)).Single();
        Assert.Equal(new MaintenanceWindow(Utc(start), Utc(end)), window);
    }

    [Fact]
    public void Given_a_weekly_rule_when_the_clock_changes_then_the_local_hour_stays()
    {
        var calendar = new RingCalendar("FREQ=WEEKLY;BYDAY=SA", Local("2026-01-03T22:00"), "Europe/Berlin", FourHours);
        var hours = calendar.Occurrences(Utc("2026-01-01T00:00Z"), Utc("2027-01-01T00:00Z")).Select(window => calendar.ToLocal(window.Start).Hour);
        Assert.All(hours, hour => Assert.Equal(22, hour));
    }

    [Fact]
    public void Given_a_skipped_time_that_lands_on_another_one_then_there_is_one_window_and_the_order_holds()
    {
        var calendar = new RingCalendar("FREQ=DAILY;BYHOUR=2,3;BYMINUTE=0,30", Local("2026-03-29T00:00"), "Europe/Berlin", TimeSpan.FromMinutes(10));
        var starts = calendar.Occurrences(Utc("2026-03-29T00:00Z"), Utc("2026-03-29T22:00Z")).Select(window => window.Start);
        Assert.Equal([Utc("2026-03-29T01:00Z"), Utc("2026-03-29T01:30Z")], starts);
    }

    [Fact]
    public void Given_a_span_then_its_start_counts_and_its_end_does_not()
    {
        var calendar = new RingCalendar("FREQ=DAILY", Local("2026-01-01T22:00"), "UTC", FourHours);
        var starts = calendar.Occurrences(Utc("2026-05-01T22:00Z"), Utc("2026-05-03T22:00Z")).Select(window => window.Start);
        Assert.Equal([Utc("2026-05-01T22:00Z"), Utc("2026-05-02T22:00Z")], starts);
    }

    [Theory]
    [InlineData("FREQ=MONTHLY;BYDAY=3SA", "2026-11-21", "2026-12-19", "2027-01-16")]
    [InlineData("FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=12,13,14,15,16,17,18", "2026-11-14", "2026-12-12", "2027-01-16")] // Saturday after the second Tuesday
    [InlineData("FREQ=MONTHLY;BYDAY=TH;BYMONTHDAY=17,18,19,20,21,22,23", "2026-11-19", "2026-12-17", "2027-01-21")] // nine days after it
    [InlineData("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-11-30", "2026-12-31", "2027-01-29")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=31", "2026-12-31", "2027-01-31", "2027-03-31")]
    [InlineData("RRULE:freq=weekly;byday=sa;", "2026-11-07", "2026-11-14", "2026-11-21")]
    public void Given_an_idiom_then_it_gives_these_days(string rule, params string[] days)
    {
        var calendar = new RingCalendar(rule, Local("2020-01-01T22:00"), "Europe/Berlin", FourHours);
        var starts = calendar.Occurrences(Utc("2026-11-01T00:00Z"), Utc("2028-01-01T00:00Z"))
            .Take(days.Length).Select(window => calendar.ToLocal(window.Start).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Assert.Equal(days, starts);
    }

    [Theory]
    [InlineData("FREQ=DAILY;COUNT=3", 3)]
    [InlineData("FREQ=DAILY;UNTIL=20260103", 3)] // the day counts in
    [InlineData("FREQ=DAILY;UNTIL=20260103T220000", 3)] // the moment counts in
    [InlineData("FREQ=DAILY;UNTIL=20260103T215959", 2)]
    [InlineData("FREQ=DAILY;UNTIL=20260103T210000Z", 3)] // 22:00 in Berlin
    [InlineData("FREQ=DAILY;UNTIL=20260103T205959Z", 2)]
    public void Given_a_rule_that_ends_then_there_are_no_windows_after(string rule, int windows)
    {
        var calendar = new RingCalendar(rule, Local("2026-01-01T22:00"), "Europe/Berlin", FourHours);
        Assert.Equal(windows, calendar.Occurrences(Utc("2025-01-01T00:00Z"), Utc("2030-01-01T00:00Z")).Count());
        Assert.Single(calendar.Occurrences(Utc("2026-01-02T00:00Z"), Utc("2026-01-03T00:00Z")));
        Assert.Empty(calendar.Occurrences(Utc("2027-01-01T00:00Z"), Utc("2028-01-01T00:00Z")));
    }

    [Fact]
    public void Given_a_start_that_the_rule_does_not_match_then_the_first_window_is_the_next_match()
    {
        var calendar = new RingCalendar("FREQ=WEEKLY;BYDAY=SA", Local("2026-01-01T22:00"), "UTC", FourHours);
        Assert.Equal(Utc("2026-01-03T22:00Z"), calendar.Occurrences(DateTimeOffset.MinValue, DateTimeOffset.MaxValue).First().Start);
    }

    [Fact]
    public void Given_one_calendar_when_many_read_it_at_once_then_all_see_the_same()
    {
        var calendar = new RingCalendar("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1", Local("2001-01-01T22:00"), "Europe/Berlin", FourHours);
        var expected = calendar.Occurrences(Utc("2026-01-01T00:00Z"), Utc("2027-01-01T00:00Z")).ToArray();
        Parallel.For(0, 50, _ => Assert.Equal(expected, calendar.Occurrences(Utc("2026-01-01T00:00Z"), Utc("2027-01-01T00:00Z"))));
    }

    internal static DateTime Local(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture);

    internal static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
