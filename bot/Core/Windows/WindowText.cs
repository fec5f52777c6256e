using System.Globalization;

namespace PatchBot.Core.Windows;

/// <summary>How windows, instants and spans read on cards and in the command line.</summary>
public static class WindowText
{
    private const string Day = "ddd d MMM yyyy";
    private const string DayAndTime = Day + " HH:mm";

    /// <summary>Such as <c>Sat 14 Nov 2026 22:00 Europe/Berlin</c>; with its offset where the clock shows this time twice.</summary>
    public static string Local(DateTimeOffset instant, RingCalendar calendar)
    {
        var local = calendar.ToLocal(instant);
        return calendar.IsAmbiguous(instant)
            ? $"{Format(local, DayAndTime)} {calendar.Zone} ({Offset(local)})"
            : $"{Format(local, DayAndTime)} {calendar.Zone}";
    }

    /// <summary>The day alone where it is meant from its start, else as <see cref="Local(DateTimeOffset, RingCalendar)"/>.</summary>
    public static string From(DateTimeOffset instant, RingCalendar calendar) =>
        calendar.ToLocal(instant) is { TimeOfDay.Ticks: 0 } local ? Format(local, Day) : Local(instant, calendar);

    /// <summary>
    /// Such as <c>Wed 11 Nov 2026 20:00 to 23:00 Europe/Berlin (UTC+01:00)</c>; the end's day where it is another one, and
    /// both offsets where the clock is changed in between.
    /// </summary>
    public static string Local(MaintenanceWindow window, RingCalendar calendar)
    {
        var (start, end) = (calendar.ToLocal(window.Start), calendar.ToLocal(window.End));
        return start.Offset == end.Offset
            ? $"{Format(start, DayAndTime)} to {EndOf(start, end)} {calendar.Zone} ({Offset(start)})"
            : $"{Format(start, DayAndTime)} ({Offset(start)}) to {EndOf(start, end)} ({Offset(end)}) {calendar.Zone}";
    }

    /// <summary>Such as <c>Wed 11 Nov 2026 19:00 to 22:00 UTC</c>.</summary>
    public static string Utc(MaintenanceWindow window) => $"{Format(window.Start, DayAndTime)} to {EndOf(window.Start, window.End)} UTC";

    /// <summary>Local and, unless the ring lives in it, UTC.</summary>
    public static string Both(MaintenanceWindow window, RingCalendar calendar) =>
        calendar.Zone == "UTC" ? Utc(window) : $"{Local(window, calendar)}, {Utc(window)}";

    /// <summary>Such as <c>2 days</c>, <c>1 day 12 hours</c>, <c>90 minutes</c>; rounded down to minutes.</summary>
    public static string Span(TimeSpan span)
    {
        // An hour and a half is said in minutes, a day and a half in days and hours.
        if (span.Duration() < TimeSpan.FromHours(2) && span.Minutes != 0)
        {
            return Count((long)span.TotalMinutes, "minute");
        }

        var parts = new[] { Count(span.Days, "day"), Count(span.Hours, "hour"), Count(span.Minutes, "minute") }.Where(part => part[0] != '0');
        return string.Join(' ', parts.DefaultIfEmpty("0 minutes"));
    }

    private static string EndOf(DateTimeOffset start, DateTimeOffset end) => Format(end, start.Date == end.Date ? "HH:mm" : DayAndTime);

    private static string Offset(DateTimeOffset local) => Format(local, "'UTC'zzz");

    private static string Format(DateTimeOffset instant, string format) => instant.ToString(format, CultureInfo.InvariantCulture);

    private static string Count(long count, string unit) => count == 1 ? $"1 {unit}" : $"{count.ToString(CultureInfo.InvariantCulture)} {unit}s";
}
