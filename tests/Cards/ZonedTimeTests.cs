using PatchBot.Cards;

namespace PatchBot.Tests.Cards;

public sealed class ZonedTimeTests
{
    [Theory]
    [InlineData("2023-11-25T21:00:00Z", "Europe/Berlin", "Sat 25 Nov 2023 22:00 Europe/Berlin (21:00 UTC)")]
    [InlineData("2023-11-25T23:30:00Z", "Europe/Berlin", "Sun 26 Nov 2023 00:30 Europe/Berlin (Sat 25 Nov 23:30 UTC)")]
    [InlineData("2023-07-01T02:00:00Z", "America/New_York", "Fri 30 Jun 2023 22:00 America/New_York (Sat 1 Jul 02:00 UTC)")]
    [InlineData("2023-11-25T21:00:00Z", "UTC", "Sat 25 Nov 2023 21:00 UTC")]
    [InlineData("2023-11-25T22:00:00+01:00", "Mars/Olympus", "Sat 25 Nov 2023 21:00 UTC")]
    public void Given_an_instant_then_its_zone_comes_first_and_utc_settles_it(string instant, string zone, string written) =>
        Assert.Equal(written, ZonedTime.Format(DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture), zone));

    [Theory]
    [InlineData("2023-10-29T00:30:00Z", "Sun 29 Oct 2023 02:30 Europe/Berlin (00:30 UTC)")]
    [InlineData("2023-10-29T01:30:00Z", "Sun 29 Oct 2023 02:30 Europe/Berlin (01:30 UTC)")]
    public void Given_the_hour_that_comes_twice_then_utc_tells_the_two_apart(string instant, string written) =>
        Assert.Equal(written, ZonedTime.Format(DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture), "Europe/Berlin"));
}
