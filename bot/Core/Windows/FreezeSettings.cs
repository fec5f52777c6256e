using System.Globalization;
using NodaTime;

namespace PatchBot.Core.Windows;

/// <summary>Reads a ring's freezes.</summary>
internal static class FreezeSettings
{
    // A yearly freeze becomes one a year, so that nothing behind the settings knows about years.
    private const int FirstYear = 2020;
    private const int LastYear = 2099;

    private const string Remedy =
        "write two days (2026-12-20), two local times (2026-12-20T18:00) or, for every year, two days without year (12-20)";

    public static IEnumerable<Freeze> Read(SettingReader setting, FreezeOptions freeze, DateTimeZone zone)
    {
        var reason = setting.Text("Reason", freeze.Reason, 200, "tell people why, for example Year-end closing");
        if (Yearly(freeze.From) is { } first && Yearly(freeze.To) is { } last)
        {
            return EveryYear(first, last, reason, zone);
        }

        if (Moment(freeze.From, zone, isEnd: false) is not { } from)
        {
            setting.Fault("From", freeze.From, Remedy);
        }
        else if (Moment(freeze.To, zone, isEnd: true) is not { } to)
        {
            setting.Fault("To", freeze.To, Yearly(freeze.To) is null ? Remedy : "give both ends a year, or none");
        }
        else if (to <= from)
        {
            setting.Fault("To", freeze.To, $"the freeze must end after it starts ({freeze.From}); swap them or correct the year");
        }
        else
        {
            return [Span(from, to, reason)];
        }

        return [];
    }

    private static IEnumerable<Freeze> EveryYear(AnnualDate first, AnnualDate last, string reason, DateTimeZone zone)
    {
        for (var year = FirstYear; year <= LastYear; year++)
        {
            var to = last.InYear(last.CompareTo(first) < 0 ? year + 1 : year).PlusDays(1);
            yield return Span(zone.AtStartOfDay(first.InYear(year)).ToInstant(), zone.AtStartOfDay(to).ToInstant(), reason);
        }
    }

    private static Freeze Span(Instant from, Instant to, string reason) =>
        new(new MaintenanceWindow(from.ToDateTimeOffset(), to.ToDateTimeOffset()), reason);

    private static Instant? Moment(string? value, DateTimeZone zone, bool isEnd)
    {
        if (DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return InRange(day.Year) ? zone.AtStartOfDay(LocalDate.FromDateOnly(day).PlusDays(isEnd ? 1 : 0)).ToInstant() : null;
        }

        return SettingReader.TryTime(value, out var time) && InRange(time.Year)
            ? LocalDateTime.FromDateTime(time).InZoneLeniently(zone).ToInstant()
            : null;
    }

    private static bool InRange(int year) => year is >= 1970 and <= 2199;

    // Read in a leap year; 29 February then means the 28th in other years.
    private static AnnualDate? Yearly(string? value) =>
        DateOnly.TryParseExact($"2000-{value}", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? new AnnualDate(day.Month, day.Day)
            : null;
}
