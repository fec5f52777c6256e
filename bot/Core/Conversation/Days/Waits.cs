using NodaTime;

namespace PatchBot.Core.Conversation.Days;

/// <summary>How long to wait, counted from today: "2 weeks", "another month", "14 days from now".</summary>
internal static class Waits
{
    private static readonly HashSet<string> Around = ["in", "by", "for", "another", "further", "more", "at", "least", "later", "from", "now", "today"];

    /// <returns><see langword="null"/> when it is no wait.</returns>
    public static DayReading? Read(string[] words, LocalDate today)
    {
        string[] said = [.. words.Where(word => !Around.Contains(word))];
        return said switch
        {
            [['0' or '1' or '2' or '3' or '4' or '5' or '6' or '7' or '8' or '9', ..] brief] => Short(brief, today),
            ["a", "couple", var unit] => Of(2, unit, today),
            ["a", "few", _] or ["few", _] or ["several", _] or ["some", _] => new DayUnclear("How many?"),
            [_, "working" or "business", _] => new DayUnclear("I count calendar days."),
            [var unit] when words.Length > 1 => Of(1, unit, today),
            [var number, var unit] when DayWords.Number(number) is { } count => Of(count, unit, today),
            _ => null,
        };
    }

    // "2w", "14d"
    private static DayReading? Short(string word, LocalDate today) =>
        word[^1] is 'd' or 'w' or 'h' && DayWords.Number(word[..^1]) is { } count ? Of(count, word[^1..], today) : null;

    private static DayReading? Of(int count, string unit, LocalDate today) => unit switch
    {
        "day" or "days" or "d" => new DayNamed(today.PlusDays(count)),
        "week" or "weeks" or "w" or "wk" or "wks" => new DayNamed(today.PlusWeeks(count)),
        "fortnight" or "fortnights" => new DayNamed(today.PlusWeeks(2 * count)),
        "month" or "months" => new DayNamed(today.PlusMonths(count)),
        "quarter" or "quarters" => new DayNamed(today.PlusMonths(3 * count)),
        "year" or "years" when count < 100 => new DayNamed(today.PlusYears(count)),
        "hour" or "hours" or "h" => count % 24 == 0 ? new DayNamed(today.PlusDays(count / 24)) : new DayUnclear("I defer by whole days."),
        _ => null,
    };
}
