using Ical.Net.DataTypes;
using Ical.Net.Evaluation;
using NodaTime;

namespace PatchBot.Core.Windows;

/// <summary>
/// A recurrence rule in local (floating) time. Days and hours are counted on the wall calendar; what a local time
/// means where the clock was changed is decided by <see cref="RingCalendar"/>.
/// </summary>
internal sealed class Recurrence
{
    // Eight years of days, the longest wait for a 29 February, fit below it.
    private static readonly EvaluationOptions Bounds = new() { MaxUnmatchedIncrementsLimit = 4000 };

    private readonly RecurrenceRule rule;
    private readonly DateTime first;
    private readonly (int Days, int Months) step;

    private Recurrence(RecurrenceRule rule, RecurrenceText text, DateTime first)
    {
        (this.rule, this.first) = (rule, first);

        // Counted rules must be counted from their start. Yearly ones are few steps from anywhere, and so are those monthly
        // ones that take their day from the start, which not every month has.
        step = (text.Frequency, text.Count) switch
        {
            ("DAILY", null) => (text.Interval, 0),
            ("WEEKLY", null) => (7 * text.Interval, 0),
            ("MONTHLY", null) when rule.ByDay.Count > 0 || rule.ByMonthDay.Count > 0 => (0, text.Interval),
            _ => (0, 0),
        };
    }

    /// <returns><see langword="null"/> and what is wrong when the library cannot read the rule.</returns>
    public static (Recurrence? Recurrence, string Fault) Read(RecurrenceText text, DateTime first)
    {
        try
        {
            return (new Recurrence(new RecurrenceRule(text.WithoutUntil), text, first), "");
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException)
        {
            var detail = fault.Message.Split(" (Parameter", 2)[0].TrimEnd('.');
            return (null, $"not an RFC 5545 rule ({detail}); {RecurrenceText.Example}");
        }
    }

    /// <summary>Local times of the rule from about <paramref name="from"/> on, ascending, and before <paramref name="until"/>.</summary>
    /// <remarks>May give some before <paramref name="from"/>. Ends early where nothing matches for years.</remarks>
    public IEnumerable<LocalDateTime> Between(LocalDateTime from, LocalDateTime until)
    {
        var start = from.ToDateTimeUnspecified();
        var periods = new RecurrencePatternEvaluator(rule).Evaluate(Local(Jump(start)), Local(start > first ? start : first), Bounds);
        using var cursor = periods.GetEnumerator();
        while (MoveNext(cursor))
        {
            var local = LocalDateTime.FromDateTime(cursor.Current.StartTime.Value);
            if (local >= until)
            {
                yield break;
            }

            yield return local;
        }
    }

    private static CalDateTime Local(DateTime local) => new(local, hasTime: true);

    private static bool MoveNext(IEnumerator<Ical.Net.DataTypes.Period> cursor)
    {
        try
        {
            return cursor.MoveNext();
        }
        catch (EvaluationException)
        {
            // Nothing matched up to the bound, or the calendar ended.
            return false;
        }
    }

    // A rule looks the same from any of its own steps, so that one which began decades ago costs nothing. Two steps are
    // left, since the first one may be cut by its start.
    private DateTime Jump(DateTime from)
    {
        switch (step)
        {
            case ({ } days and > 0, _):
                var dayLeaps = (int)((from - first).TotalDays / days) - 2;
                return dayLeaps > 0 ? first.AddDays((double)dayLeaps * days) : first;
            case (_, { } months and > 0):
                var monthLeaps = (((from.Year - first.Year) * 12) + from.Month - first.Month) / months - 2;
                return monthLeaps > 0 ? first.AddDays(1 - first.Day).AddMonths(monthLeaps * months) : first;
            default:
                return first;
        }
    }
}
