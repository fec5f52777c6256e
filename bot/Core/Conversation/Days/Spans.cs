using NodaTime;
using NodaTime.Calendars;

namespace PatchBot.Core.Conversation.Days;

/// <summary>Weeks, months, quarters and years by name.</summary>
/// <param name="Last">Of a week the Friday, since the work's week is meant.</param>
/// <param name="Middle"><see langword="null"/> where nobody says so.</param>
/// <param name="Next">The first day after it.</param>
internal sealed record Spans(LocalDate First, LocalDate? Middle, LocalDate Last, LocalDate Next)
{
    public static Spans? Of(string[] words, LocalDate today)
    {
        var month = today.With(DateAdjusters.StartOfMonth);
        return words switch
        {
            ["week"] or ["this", "week"] => Week(today.PlusDays(1).Previous(IsoDayOfWeek.Monday)),
            ["next", "week"] => Week(today.Next(IsoDayOfWeek.Monday)),
            ["week", "after", "next"] => Week(today.Next(IsoDayOfWeek.Monday).PlusWeeks(1)),
            ["month"] or ["this", "month"] => Months(month, 1),
            ["next", "month"] => Months(month.PlusMonths(1), 1),
            ["month", "after", "next"] => Months(month.PlusMonths(2), 1),
            ["quarter"] or ["this", "quarter"] => Months(Quarter(month), 3),
            ["next", "quarter"] => Months(Quarter(month).PlusMonths(3), 3),
            ["year"] or ["this", "year"] => Months(new LocalDate(today.Year, 1, 1), 12),
            ["next", "year"] => Months(new LocalDate(today.Year + 1, 1, 1), 12),
            [var name] when DayWords.Month(name) is { } named => Months(new LocalDate(named < today.Month ? today.Year + 1 : today.Year, named, 1), 1),
            [var name, var year] when DayWords.Month(name) is { } named && DayWords.Year(year) is { } of => Months(new LocalDate(of, named, 1), 1),
            ["cw" or "kw" or "wk" or "week", var number] => Numbered(number, today),
            [['c' or 'k', 'w', .. var number]] => Numbered(number, today),
            _ => null,
        };
    }

    // Calendar weeks of ISO 8601.
    private static Spans? Numbered(string number, LocalDate today)
    {
        var rule = WeekYearRules.Iso;
        var year = rule.GetWeekYear(today);
        if (DayWords.Number(number) is not { } week || week > rule.GetWeeksInWeekYear(year))
        {
            return null;
        }

        var monday = rule.GetLocalDate(year, week, IsoDayOfWeek.Monday);
        return monday > today ? Week(monday)
            : week <= rule.GetWeeksInWeekYear(year + 1) ? Week(rule.GetLocalDate(year + 1, week, IsoDayOfWeek.Monday))
            : null;
    }

    private static Spans Week(LocalDate monday) => new(monday, monday.PlusDays(2), monday.PlusDays(4), monday.PlusDays(7));

    private static Spans Months(LocalDate first, int count) =>
        new(first, count == 1 ? first.PlusDays(14) : null, first.PlusMonths(count).PlusDays(-1), first.PlusMonths(count));

    private static LocalDate Quarter(LocalDate month) => new(month.Year, ((month.Month - 1) / 3 * 3) + 1, 1);
}
