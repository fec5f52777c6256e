namespace PatchBot.Core.Windows;

/// <summary>When a ring's windows occur: an RFC 5545 recurrence rule in an IANA zone, with an exact duration.</summary>
public sealed class RingCalendar
{
    /// <param name="rule">Such as <c>FREQ=WEEKLY;BYDAY=SA</c>.</param>
    /// <param name="first">Local date and time of the first window, in <paramref name="zone"/>; the rule counts from it.</param>
    /// <param name="zone">Such as <c>Europe/Berlin</c>.</param>
    /// <param name="duration">Elapsed time, not wall-clock time.</param>
    /// <exception cref="FormatException">The rule cannot be read; the message says why.</exception>
    /// <exception cref="TimeZoneNotFoundException">No such zone.</exception>
    public RingCalendar(string rule, DateTime first, string zone, TimeSpan duration)
    {
        (Rule, First, Zone, Duration) = (rule, first, zone, duration);
    }

    public string Rule { get; }

    public DateTime First { get; }

    public string Zone { get; }

    public TimeSpan Duration { get; }

    /// <summary>Windows that start at or after <paramref name="from"/> and before <paramref name="until"/>, in order.</summary>
    public IEnumerable<MaintenanceWindow> Occurrences(DateTimeOffset from, DateTimeOffset until) =>
        throw new NotSupportedException($"{Rule} {from} {until}");
}
