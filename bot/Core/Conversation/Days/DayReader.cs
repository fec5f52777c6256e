using NodaTime;

namespace PatchBot.Core.Conversation.Days;

/// <summary>
/// Reads how people name a day to come: "next week", "Friday", "5 December", "2 weeks", "end of the month". Weeks begin on
/// Monday, and "next" is of the week or month after this one. What may be two days is not guessed at.
/// </summary>
internal static class DayReader
{
    public static DayReading Read(string said, LocalDate today)
    {
        var words = DayWords.Words(said);
        var reading = words is ["after", .. var before]
            ? Spans.Of(before, today) is { } over ? new DayNamed(over.Next) : Next(Day(before, today))
            : Day(words, today) ?? Part(words, today);
        return reading switch
        {
            null => new DayUnclear(said.Length == 0 ? "No day was named." : $"I can't read '{Short(said)}' as a day."),
            DayNamed { Day: var day } when day <= today => new DayUnclear($"{DayText.Of(day)} is not after today."),
            DayUnclear unclear => unclear with { Perhaps = [.. unclear.Perhaps.Where(day => day > today)] },
            _ => reading,
        };
    }

    private static DayReading? Day(string[] words, LocalDate today) => words switch
    {
        ["today" or "tonight" or "now"] => new DayNamed(today),
        ["tomorrow"] => new DayNamed(today.PlusDays(1)),
        ["day", "after", "tomorrow"] => new DayNamed(today.PlusDays(2)),
        ["patch", "tuesday"] or ["next", "patch", "tuesday"] => new DayNamed(PatchTuesday(today)),
        [var day] when DayWords.Weekday(day) is { } weekday => new DayNamed(today.Next(weekday)),
        ["this" or "coming", var day] when DayWords.Weekday(day) is { } weekday => new DayNamed(today.Next(weekday)),
        ["next", var day] when DayWords.Weekday(day) is { } weekday => OfNextWeek(weekday, today),
        ["next", "week", var day] when DayWords.Weekday(day) is { } weekday => OfNextWeek(weekday, today),
        [var day, "next", "week"] when DayWords.Weekday(day) is { } weekday => OfNextWeek(weekday, today),
        _ => Waits.Read(words, today) ?? Dates.Read(words, today),
    };

    // A week, month or year, or its start, middle or end.
    private static DayReading? Part(string[] words, LocalDate today) => words switch
    {
        ["last", "day", .. var rest] => Part(["end", .. rest], today),
        ["end", .. var rest] => Spans.Of(rest, today) is { } span ? new DayNamed(span.Last) : null,
        ["month" or "week" or "year" or "quarter", "end"] => Spans.Of(words[..1], today) is { } span ? new DayNamed(span.Last) : null,
        ["eom"] => Part(["end", "month"], today),
        ["eow"] => Part(["end", "week"], today),
        ["eoy"] => Part(["end", "year"], today),
        ["start" or "beginning" or "begin" or "early", .. var rest] => Spans.Of(rest, today) is { } span ? new DayNamed(span.First) : null,
        ["mid" or "middle", .. var rest] => Spans.Of(rest, today) is { Middle: { } middle } ? new DayNamed(middle) : null,
        [var mid] when mid.StartsWith("mid-", StringComparison.Ordinal) => Part(["mid", mid[4..]], today),
        _ => Spans.Of(words, today) is { } span ? new DayNamed(span.First) : null,
    };

    private static DayReading? Next(DayReading? day) => day is DayNamed named ? new DayNamed(named.Day.PlusDays(1)) : day;

    private static DayNamed OfNextWeek(IsoDayOfWeek weekday, LocalDate today) => new(today.Next(IsoDayOfWeek.Monday).PlusDays((int)weekday - 1));

    // The second Tuesday of a month.
    private static LocalDate PatchTuesday(LocalDate today)
    {
        var ofThis = Of(today.With(DateAdjusters.StartOfMonth));
        return ofThis > today ? ofThis : Of(today.With(DateAdjusters.StartOfMonth).PlusMonths(1));

        static LocalDate Of(LocalDate first) => first.With(DateAdjusters.NextOrSame(IsoDayOfWeek.Tuesday)).PlusDays(7);
    }

    private static string Short(string said) => said.Length <= 60 ? said : $"{said[..59]}…";
}
