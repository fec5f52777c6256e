using System.Globalization;
using NodaTime;

namespace PatchBot.Core.Conversation.Days;

/// <summary>The words that days, months and numbers are called by.</summary>
internal static class DayWords
{
    // Numbers beyond are no wait for a patch, and keep dates within what calendars know.
    private const int MostUnits = 400;

    private static readonly string[] Weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    private static readonly string[] Months =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

    private static readonly string[] Numbers = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

    public static IsoDayOfWeek? Weekday(string word) => Find(Weekdays, word, "tues", "wednes", "thur", "thurs", "weds") is { } at ? (IsoDayOfWeek)at : null;

    public static int? Month(string word) => Find(Months, word, "sept");

    /// <summary>"5", "5th"; from 1 to 31.</summary>
    public static int? DayOfMonth(string word)
    {
        var digits = word.Length > 2 && word[^2..] is "st" or "nd" or "rd" or "th" ? word[..^2] : word;
        return digits.Length <= 2 && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var day) && day is >= 1 and <= 31 ? day : null;
    }

    public static int? Year(string word) =>
        word.Length == 4 && int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 2000 and <= 2200 ? year : null;

    /// <summary>"2", "two", "a".</summary>
    public static int? Number(string word) =>
        word is "a" or "an" ? 1
        : word == "couple" ? 2
        : int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= MostUnits ? number
        : Array.IndexOf(Numbers, word) is >= 0 and var at ? at + 1
        : null;

    /// <summary>Some word tells of time, so that a sentence that is not understood was still about a day.</summary>
    public static bool TellOfTime(string said) => Words(said).Any(word =>
        Weekday(word) is not null || Month(word) is not null || word is "week" or "weeks" or "day" or "days" or "month" or "months" or "tomorrow" or "weekend" or "freeze");

    /// <summary>In lower case, without what says nothing about the day.</summary>
    public static string[] Words(string said) =>
    [
        .. said.ToLowerInvariant().Replace(',', ' ').Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Where(word => word is not ("of" or "the" or "on" or "please" or "pls" or "thanks")),
    ];

    // By name or by its first three letters.
    private static int? Find(string[] names, string word, params ReadOnlySpan<string> others)
    {
        var called = word.TrimEnd('.');
        var at = Array.FindIndex(names, name => name == called || (called.Length == 3 && name.StartsWith(called, StringComparison.Ordinal)));
        return at >= 0 ? at + 1 : others.Contains(called) ? Array.FindIndex(names, name => name.StartsWith(called[..3], StringComparison.Ordinal)) + 1 : null;
    }
}
