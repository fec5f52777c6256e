using PatchBot.Core.Windows;
using static PatchBot.Tests.Windows.RingCalendarTests;

namespace PatchBot.Tests.Windows;

public sealed class WindowTextTests
{
    [Theory]
    [InlineData("Europe/Berlin", "2026-11-11T19:00Z", 3, "Wed 11 Nov 2026 20:00 to 23:00 Europe/Berlin (UTC+01:00), Wed 11 Nov 2026 19:00 to 22:00 UTC")]
    [InlineData("Europe/Berlin", "2026-07-11T20:00Z", 4, "Sat 11 Jul 2026 22:00 to Sun 12 Jul 2026 02:00 Europe/Berlin (UTC+02:00), Sat 11 Jul 2026 20:00 to Sun 12 Jul 2026 00:00 UTC")]
    [InlineData("Europe/Berlin", "2026-10-24T20:00Z", 5, "Sat 24 Oct 2026 22:00 (UTC+02:00) to Sun 25 Oct 2026 02:00 (UTC+01:00) Europe/Berlin, Sat 24 Oct 2026 20:00 to Sun 25 Oct 2026 01:00 UTC")]
    [InlineData("Asia/Kolkata", "2026-10-24T20:00Z", 2, "Sun 25 Oct 2026 01:30 to 03:30 Asia/Kolkata (UTC+05:30), Sat 24 Oct 2026 20:00 to 22:00 UTC")]
    [InlineData("UTC", "2026-10-24T20:00Z", 2, "Sat 24 Oct 2026 20:00 to 22:00 UTC")]
    public void Given_a_window_then_it_reads_right_in_the_rings_zone_and_in_utc(string zone, string start, int hours, string text) =>
        Assert.Equal(text, WindowText.Both(new MaintenanceWindow(Utc(start), Utc(start).AddHours(hours)), In(zone)));

    [Theory]
    [InlineData("2026-11-14T21:00Z", "Sat 14 Nov 2026 22:00 Europe/Berlin")]
    [InlineData("2026-10-25T00:30Z", "Sun 25 Oct 2026 02:30 Europe/Berlin (UTC+02:00)")]
    [InlineData("2026-10-25T01:30Z", "Sun 25 Oct 2026 02:30 Europe/Berlin (UTC+01:00)")]
    public void Given_an_instant_then_its_offset_shows_only_where_the_clock_shows_it_twice(string instant, string text) =>
        Assert.Equal(text, WindowText.Local(Utc(instant), In("Europe/Berlin")));

    [Theory]
    [InlineData("00:00:30", "0 minutes")]
    [InlineData("01:00:00", "1 hour")]
    [InlineData("01:30:00", "90 minutes")]
    [InlineData("1.00:00:00", "1 day")]
    [InlineData("2.12:05:00", "2 days 12 hours 5 minutes")]
    public void Given_a_span_then_it_reads_in_words(string span, string text) =>
        Assert.Equal(text, WindowText.Span(TimeSpan.Parse(span, System.Globalization.CultureInfo.InvariantCulture)));

    private static RingCalendar In(string zone) => new("FREQ=DAILY", new DateTime(2026, 1, 1, 20, 0, 0), zone, TimeSpan.FromHours(3));
}
