using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.Text;

namespace PatchBot.Core.Conversation.Days;

/// <summary>Days of the calendar: "2026-12-05", "5 December", "Dec 5th 2026", "Friday 4 December", "5.12.", "the 15th".</summary>
internal static partial class Dates
{
    // A day without a year that has passed is meant of next year only when that is not long.
    private const int Soon = 183;

    /// <returns><see langword="null"/> when it is no date.</returns>
    public static DayReading? Read(string[] words, LocalDate today) => words switch
    {
        [var day, .. var rest] when rest.Length > 0 && DayWords.Weekday(day) is { } weekday => On(weekday, Plain(rest, today)),
        [.. var rest, var day] when rest.Length > 0 && DayWords.Weekday(day) is { } weekday => On(weekday, Plain(rest, today)),
        _ => Plain(words, today),
    };

    private static DayReading? Plain(string[] words, LocalDate today) => words switch
    {
        [var one] => Written(one, today),
        [var one, var other] => Named(one, other, null, today),
        [var one, var other, var year] when DayWords.Year(year) is { } of => Named(one, other, of, today),
        _ => null,
    };

    private static DayReading? Named(string one, string other, int? year, LocalDate today) =>
        DayWords.Month(one) is { } first && DayWords.DayOfMonth(other) is { } day ? Of(day, first, year, today)
        : DayWords.Month(other) is { } second && DayWords.DayOfMonth(one.TrimEnd('.')) is { } before ? Of(before, second, year, today)
        : null;

    private static DayReading? Written(string word, LocalDate today)
    {
        if (LocalDatePattern.Iso.Parse(word.Replace('/', '-')) is { Success: true, Value: { Year: >= 2000 and <= 2200 } iso })
        {
            return new DayNamed(iso);
        }

        if (word.Length > 2 && char.IsAsciiLetter(word[^1]) && DayWords.DayOfMonth(word) is { } alone)
        {
            var month = today.Day < alone ? today : today.PlusMonths(1);
            return Of(alone, month.Month, month.Year, today);
        }

        if (Numeric().Match(word) is not { Success: true } numeric)
        {
            return null;
        }

        var (one, two) = (Number(numeric, "one"), Number(numeric, "two"));
        int? year = numeric.Groups["year"] is { Success: true, Value: var written } ? int.Parse(written, CultureInfo.InvariantCulture) + (written.Length == 2 ? 2000 : 0) : null;

        // With dots the day comes first wherever dots are written; with slashes it depends on the country.
        if (numeric.Groups["mark"].Value == "." || one > 12 || one == two)
        {
            return Of(one, two, year, today);
        }

        return two > 12 ? Of(two, one, year, today)
            : new DayUnclear(
                $"{word} is one day here and another one elsewhere.",
                [.. new[] { Of(one, two, year, today), Of(two, one, year, today) }.OfType<DayNamed>().Select(named => named.Day)]);
    }

    private static DayReading Of(int day, int month, int? year, LocalDate today)
    {
        if (month is < 1 or > 12 || day < 1 || day > CalendarSystem.Iso.GetDaysInMonth(year ?? 2000, month))
        {
            return new DayUnclear("There is no such day.");
        }

        if (year is { } named)
        {
            return new DayNamed(new LocalDate(named, month, day));
        }

        var coming = Enumerable.Range(today.Year, 9).Where(of => day <= CalendarSystem.Iso.GetDaysInMonth(of, month))
            .Select(of => new LocalDate(of, month, day)).First(date => date > today);
        return coming.Year == today.Year || Period.DaysBetween(today, coming) <= Soon
            ? new DayNamed(coming)
            : new DayUnclear($"{coming.ToString("d MMMM", CultureInfo.InvariantCulture)} has passed.", coming);
    }

    private static DayReading? On(IsoDayOfWeek weekday, DayReading? date) => date is DayNamed { Day: var day } && day.DayOfWeek != weekday
        ? new DayUnclear($"{DayText.Of(day)} is no {weekday}.", day)
        : date;

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<one>\d{1,2})(?<mark>[./-])(?<two>\d{1,2})(?:[./-](?<year>2[01]\d\d|\d\d))?\.?$", RegexOptions.CultureInvariant)]
    private static partial Regex Numeric();
}
