using PatchBot.Core.Windows;

namespace PatchBot.Tests.Windows;

public sealed class RingCalendarFaultTests
{
    private static readonly DateTime First = new(2026, 1, 3, 22, 0, 0);

    [Theory]
    [InlineData("", "not an RFC 5545 rule")]
    [InlineData("every Saturday", "not an RFC 5545 rule")]
    [InlineData("FREQ=WEKLY", "not an RFC 5545 rule; use for example FREQ=WEEKLY;BYDAY=SA")]
    [InlineData("BYDAY=SA", "not an RFC 5545 rule")]
    [InlineData("FREQ=WEEKLY,BYDAY=SA", "not an RFC 5545 rule")]
    [InlineData("FREQ=WEEKLY;BYDAY=SA;BYDAY=SU", "not an RFC 5545 rule")]
    [InlineData("FREQ=WEEKLY;BYDAY=SA\nDTSTART:20200101", "not an RFC 5545 rule")]
    [InlineData("FREQ=WEEKLY;BYDAY=XX", "XX is not a valid")]
    [InlineData("FREQ=WEEKLY;BYHOUR=25", "BYHOUR value 25 is out of range")]
    [InlineData("FREQ=WEEKLY;DAY=SA", "'DAY' is not a part")]
    [InlineData("FREQ=HOURLY", "FREQ=HOURLY is too often")]
    [InlineData("FREQ=MINUTELY", "FREQ=MINUTELY is too often")]
    [InlineData("FREQ=SECONDLY", "FREQ=SECONDLY is too often")]
    [InlineData("FREQ=DAILY;BYHOUR=1,2,3,4,5;BYMINUTE=0,10,20,30,40", "more than 24 windows a day")]
    [InlineData("FREQ=WEEKLY;BYDAY=3SA", "use FREQ=MONTHLY")]
    [InlineData("FREQ=MONTHLY;BYWEEKNO=20", "BYWEEKNO needs FREQ=YEARLY")]
    [InlineData("FREQ=DAILY;BYSETPOS=1", "BYSETPOS picks")]
    [InlineData("FREQ=DAILY;COUNT=0", "COUNT must be a number from 1 to 1000")]
    [InlineData("FREQ=DAILY;COUNT=99999999999", "COUNT must be a number from 1 to 1000")]
    [InlineData("FREQ=DAILY;INTERVAL=-1", "INTERVAL must be a number from 1 to 1000")]
    [InlineData("FREQ=DAILY;UNTIL=soon", "UNTIL must be a day (20271231)")]
    [InlineData("FREQ=DAILY;UNTIL=20261301", "UNTIL must be a day (20271231)")]
    [InlineData("FREQ=DAILY;COUNT=2;UNTIL=20270101", "COUNT and UNTIL exclude each other")]
    [InlineData("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "never occurs")]
    [InlineData("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "never occurs")]
    [InlineData("FREQ=MONTHLY;BYDAY=6SA", "never occurs")]
    [InlineData("FREQ=MONTHLY;BYDAY=SA;BYSETPOS=9", "never occurs")]
    [InlineData("FREQ=DAILY;UNTIL=20251231", "never occurs")]
    public void Given_a_rule_that_cannot_be_used_then_the_message_says_why_and_what_to_write(string rule, string says)
    {
        var fault = Assert.Throws<FormatException>(() => new RingCalendar(rule, First, "Europe/Berlin", TimeSpan.FromHours(4)));
        Assert.Contains(says, fault.Message, StringComparison.Ordinal);
        Assert.Contains($"'{rule}'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_a_rule_that_occurs_every_eighth_year_then_it_is_waited_for()
    {
        var calendar = new RingCalendar("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29", new DateTime(2096, 3, 1, 22, 0, 0), "UTC", TimeSpan.FromHours(4));
        Assert.Equal(2104, calendar.Occurrences(DateTimeOffset.MinValue, DateTimeOffset.MaxValue).First().Start.Year);
    }

    [Theory]
    [InlineData("Europe/Berlim", "Europe/Berlin")]
    [InlineData("europe/berlin", "Europe/Berlin")]
    [InlineData("Berlin", "Europe/Berlin")]
    [InlineData("New York", "America/New_York")]
    [InlineData("W. Europe Standard Time", "Europe/Berlin")]
    [InlineData("", "use for example Europe/Berlin")]
    [InlineData("Middle-earth/Shire", "use for example Europe/Berlin")]
    public void Given_no_such_zone_then_the_message_names_one_that_is_near(string zone, string near)
    {
        var fault = Assert.Throws<TimeZoneNotFoundException>(() => new RingCalendar("FREQ=DAILY", First, zone, TimeSpan.FromHours(4)));
        Assert.Contains(near, fault.Message, StringComparison.Ordinal);
    }

    [Theory, InlineData(0), InlineData(-4), InlineData(169)]
    public void Given_a_duration_that_is_no_maintenance_window_then_it_is_refused(int hours) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RingCalendar("FREQ=DAILY", First, "UTC", TimeSpan.FromHours(hours)));

    [Fact]
    public void Given_a_start_in_utc_then_it_is_refused_since_the_rule_counts_local_time() =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            new RingCalendar("FREQ=DAILY", DateTime.SpecifyKind(First, DateTimeKind.Utc), "UTC", TimeSpan.FromHours(4)));
}
