using System.Globalization;

namespace PatchBot.Cards;

/// <summary>How an instant is written for people: in its zone first, then in UTC.</summary>
public static class ZonedTime
{
    /// <returns>
    /// <c>Sat 25 Nov 2023 22:00 Europe/Berlin (21:00 UTC)</c>, with the UTC date when it is another day. A zone that this
    /// machine does not know leaves UTC alone.
    /// </returns>
    public static string Format(DateTimeOffset instant, string zone)
    {
        var utc = instant.ToUniversalTime();
        if (zone is "UTC" or "Etc/UTC" || !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found))
        {
            return $"{Write(utc, "ddd d MMM yyyy HH:mm")} UTC";
        }

        var local = TimeZoneInfo.ConvertTime(instant, found);
        var utcFormat = local.Date == utc.Date ? "HH:mm" : "ddd d MMM HH:mm";
        return $"{Write(local, "ddd d MMM yyyy HH:mm")} {found.Id} ({Write(utc, utcFormat)} UTC)";
    }

    /// <summary>For machines: ISO 8601 in UTC.</summary>
    public static string Iso(DateTimeOffset instant) => Write(instant.ToUniversalTime(), "yyyy-MM-dd'T'HH:mm:ss'Z'");

    private static string Write(DateTimeOffset time, string format) => time.ToString(format, CultureInfo.InvariantCulture);
}
