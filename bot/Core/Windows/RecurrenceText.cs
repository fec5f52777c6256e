using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace PatchBot.Core.Windows;

/// <summary>
/// The text of an RFC 5545 recurrence rule, split and checked. Stricter than the library behind it, which takes an
/// unreadable UNTIL for none and a doubled part for the sum of both.
/// </summary>
internal sealed record RecurrenceText(string Frequency, string WithoutUntil, int? Count, int Interval)
{
    public const string Example = "use for example FREQ=WEEKLY;BYDAY=SA";
    private const string NotARule = "not an RFC 5545 rule; " + Example;
    private const int MaxLength = 400;
    private const int MaxCount = 1000;
    private const int MaxInterval = 1000;
    private const int MaxWindowsADay = 24;

    private static readonly string[] Known =
    [
        "FREQ", "UNTIL", "COUNT", "INTERVAL", "BYSECOND", "BYMINUTE", "BYHOUR", "BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYMONTH",
        "BYSETPOS", "WKST",
    ];

    private static readonly LocalDatePattern DatePattern = LocalDatePattern.CreateWithInvariantCulture("uuuuMMdd");
    private static readonly LocalDateTimePattern TimePattern = LocalDateTimePattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss");

    /// <summary>Local end of the rule, exclusive: the day after a plain date, the moment after a time.</summary>
    public LocalDateTime? UntilLocal { get; private init; }

    /// <summary>End of the rule where it was written in UTC, exclusive.</summary>
    public Instant? UntilUtc { get; private init; }

    /// <returns><see langword="null"/> and what is wrong when the text is no usable rule.</returns>
    public static (RecurrenceText? Text, string Fault) Read(string text)
    {
        if (text.Length > MaxLength || Split(text) is not { } parts || !parts.TryGetValue("FREQ", out var frequency))
        {
            return (null, NotARule);
        }

        if (parts.Keys.FirstOrDefault(name => !Known.Contains(name)) is { } unknown)
        {
            return (null, $"'{unknown}' is not a part of an RFC 5545 rule; {Example}");
        }

        if (frequency is "SECONDLY" or "MINUTELY" or "HOURLY")
        {
            return (null, $"FREQ={frequency} is too often for maintenance; use FREQ=DAILY with BYHOUR=20,22 for several windows a day");
        }

        if (frequency is not ("DAILY" or "WEEKLY" or "MONTHLY" or "YEARLY"))
        {
            return (null, NotARule);
        }

        if (Number(parts, "COUNT", MaxCount) is not { } count)
        {
            return (null, $"COUNT must be a number from 1 to {MaxCount}; leave it out to go on for ever, or end the rule with UNTIL=20271231");
        }

        if (Number(parts, "INTERVAL", MaxInterval) is not { } interval)
        {
            return (null, $"INTERVAL must be a number from 1 to {MaxInterval}");
        }

        if (Misplaced(frequency, parts) is { } misplaced)
        {
            return (null, misplaced);
        }

        var kept = string.Join(';', parts.Where(part => part.Key != "UNTIL").Select(part => $"{part.Key}={part.Value}"));
        var read = new RecurrenceText(frequency, kept, parts.ContainsKey("COUNT") ? count : null, interval);
        return parts.TryGetValue("UNTIL", out var until) ? read.EndingBy(until) : (read, "");
    }

    private (RecurrenceText? Text, string Fault) EndingBy(string until)
    {
        if (Count is not null)
        {
            return (null, "COUNT and UNTIL exclude each other; keep one of them");
        }

        if (DatePattern.Parse(until) is { Success: true, Value: var day })
        {
            return (this with { UntilLocal = day.PlusDays(1).AtMidnight() }, "");
        }

        if (TimePattern.Parse(until.EndsWith('Z') ? until[..^1] : until) is not { Success: true, Value: var last })
        {
            return (null, "UNTIL must be a day (20271231), a local time (20271231T220000) or a UTC time (20271231T210000Z)");
        }

        // UNTIL counts in, our ends do not.
        var end = last.PlusTicks(1);
        return (until.EndsWith('Z') ? this with { UntilUtc = end.InUtc().ToInstant() } : this with { UntilLocal = end }, "");
    }

    private static Dictionary<string, string>? Split(string text)
    {
        var rule = text.Trim().ToUpperInvariant();
        rule = rule.StartsWith("RRULE:", StringComparison.Ordinal) ? rule["RRULE:".Length..] : rule;
        var parts = new Dictionary<string, string>();
        foreach (var part in rule.TrimEnd(';').Split(';'))
        {
            if (part.Split('=') is not [{ Length: > 0 } name, { Length: > 0 } value] || part.Any(char.IsWhiteSpace) || !parts.TryAdd(name, value))
            {
                return null;
            }
        }

        return parts;
    }

    private static int? Number(Dictionary<string, string> parts, string name, int max) =>
        !parts.TryGetValue(name, out var text) ? 1
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= max ? number
        : null;

    // What RFC 5545 forbids or leaves without meaning, and the library would answer with silence.
    private static string? Misplaced(string frequency, Dictionary<string, string> parts)
    {
        int Count(string name) => parts.TryGetValue(name, out var list) ? list.Split(',').Length : 1;

        return (frequency, parts) switch
        {
            ("DAILY" or "WEEKLY", _) when parts.TryGetValue("BYDAY", out var days) && days.Any(char.IsAsciiDigit) =>
                $"BYDAY={days} counts days of a month; use FREQ=MONTHLY with it",
            (not "YEARLY", _) when parts.ContainsKey("BYWEEKNO") => "BYWEEKNO needs FREQ=YEARLY",
            (not "YEARLY", _) when parts.ContainsKey("BYYEARDAY") => "BYYEARDAY needs FREQ=YEARLY",
            ("WEEKLY", _) when parts.ContainsKey("BYMONTHDAY") => "BYMONTHDAY does not go with FREQ=WEEKLY; use FREQ=MONTHLY",
            _ when parts.ContainsKey("BYSETPOS") && !parts.Keys.Any(name => name.StartsWith("BY", StringComparison.Ordinal) && name != "BYSETPOS") =>
                "BYSETPOS picks from the days of another BY part; add one, for example BYDAY=MO,TU,WE,TH,FR",
            _ when Count("BYHOUR") * Count("BYMINUTE") * Count("BYSECOND") > MaxWindowsADay =>
                $"more than {MaxWindowsADay} windows a day; list fewer hours and minutes",
            _ => null,
        };
    }
}
