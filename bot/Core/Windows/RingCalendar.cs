using System.Collections.Concurrent;
using NodaTime;
using NodaTime.TimeZones;

namespace PatchBot.Core.Windows;

/// <summary>When a ring's windows occur: an RFC 5545 recurrence rule in an IANA zone, with an exact duration.</summary>
/// <remarks>
/// The rule counts on the local calendar. Where the clock is put forward, a local time that does not exist moves forward
/// by the gap (02:30 becomes 03:30); where it is put back, a time that occurs twice means the first. The end is the start
/// plus the duration in elapsed time, so that a window over such a night keeps its length.
/// </remarks>
public sealed class RingCalendar
{
    /// <summary>The longest window.</summary>
    public static readonly TimeSpan MaxDuration = TimeSpan.FromDays(7);

    private static readonly DateTimeOffset Earliest = new(1970, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // More than any zone was ever moved at once (Samoa skipped a day).
    private static readonly NodaTime.Period Slack = NodaTime.Period.FromDays(2);

    // More than anybody looks ahead; emptied when it is full, it fills again by itself.
    private const int MostMonths = 60;

    private readonly DateTimeZone zone;
    private readonly Recurrence recurrence;
    private readonly Instant? end;

    // Rule and zone never change, so what they give for a month of UTC does not either.
    private readonly ConcurrentDictionary<DateTime, MaintenanceWindow[]> months = new();

    /// <param name="rule">Such as <c>FREQ=WEEKLY;BYDAY=SA</c>; days, weeks, months or years.</param>
    /// <param name="first">Local date and time in <paramref name="zone"/>, to the second, from 1970 to 2199; the rule counts from it.</param>
    /// <param name="zone">Such as <c>Europe/Berlin</c>.</param>
    /// <param name="duration">Elapsed time, not wall-clock time; more than zero, at most <see cref="MaxDuration"/>.</param>
    /// <exception cref="FormatException">The rule cannot be read or never occurs; the message says why.</exception>
    /// <exception cref="TimeZoneNotFoundException">No such zone; the message names similar ones.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The first window or the duration is beyond its limits.</exception>
    public RingCalendar(string rule, DateTime first, string zone, TimeSpan duration)
    {
        if (FirstRemedy(first) is { } wrongFirst)
        {
            throw new ArgumentOutOfRangeException(nameof(first), $"The first window {first:s} cannot be used: {wrongFirst}.");
        }

        if (DurationRemedy(duration) is { } wrongDuration)
        {
            throw new ArgumentOutOfRangeException(nameof(duration), $"The duration {duration:c} cannot be used: {wrongDuration}.");
        }

        (Rule, First, Zone, Duration) = (rule, first, zone, duration);
        this.zone = Zones.Find(zone) ?? throw new TimeZoneNotFoundException($"The zone '{zone}' cannot be used: {Zones.Remedy(zone)}");
        (recurrence, end) = Read(rule, first, this.zone);
        if (!Computed(Earliest, Latest).Any())
        {
            throw new FormatException($"The rule '{rule}' cannot be used: {NeverRemedy}.");
        }
    }

    public string Rule { get; }

    public DateTime First { get; }

    public string Zone { get; }

    public TimeSpan Duration { get; }

    internal static string NeverRemedy => "it never occurs after its start; check its days and months, and UNTIL against the start";

    /// <summary>Windows that start at or after <paramref name="from"/> and before <paramref name="until"/>, in order, each start once.</summary>
    /// <remarks>Lazy: costs what is read of it, by the month, however long ago the rule began. Years from 1970 to 2199.</remarks>
    public IEnumerable<MaintenanceWindow> Occurrences(DateTimeOffset from, DateTimeOffset until)
    {
        var (first, last) = (from < Earliest ? Earliest : from.ToUniversalTime(), until > Latest ? Latest : until);
        for (var month = new DateTime(first.Year, first.Month, 1); month < last.UtcDateTime; month = month.AddMonths(1))
        {
            foreach (var window in OfMonth(month))
            {
                if (window.Start >= last)
                {
                    yield break;
                }

                if (window.Start >= first)
                {
                    yield return window;
                }
            }
        }
    }

    private MaintenanceWindow[] OfMonth(DateTime month)
    {
        if (months.TryGetValue(month, out var windows))
        {
            return windows;
        }

        if (months.Count >= MostMonths)
        {
            months.Clear();
        }

        var start = new DateTimeOffset(month, TimeSpan.Zero);
        return months[month] = [.. Computed(start, start.AddMonths(1))];
    }

    private IEnumerable<MaintenanceWindow> Computed(DateTimeOffset from, DateTimeOffset until)
    {
        var (lower, upper) = (Instant.FromDateTimeOffset(from), Instant.FromDateTimeOffset(until));
        upper = end < upper ? end.Value : upper;
        foreach (var start in Starts(lower, upper).SkipWhile(start => start < lower).TakeWhile(start => start < upper))
        {
            var utc = start.ToDateTimeOffset();
            yield return new MaintenanceWindow(utc, utc + Duration);
        }
    }

    /// <summary>The same instant with the offset that the ring's zone has then.</summary>
    public DateTimeOffset ToLocal(DateTimeOffset instant) => Instant.FromDateTimeOffset(instant).InZone(zone).ToDateTimeOffset();

    /// <summary>The clock shows this local time twice around then, so that it needs its offset to be understood.</summary>
    internal bool IsAmbiguous(DateTimeOffset instant) =>
        zone.MapLocal(Instant.FromDateTimeOffset(instant).InZone(zone).LocalDateTime).Count > 1;

    internal static string? FirstRemedy(DateTime first) =>
        first.Kind != DateTimeKind.Unspecified ? "it is a local time of the ring's zone; give it without an offset"
        : first.Year is < 1970 or > 2199 ? "use a date from 1970 to 2199"
        : first.Ticks % TimeSpan.TicksPerSecond != 0 ? "use whole seconds"
        : null;

    internal static string? DurationRemedy(TimeSpan duration) =>
        duration <= TimeSpan.Zero ? "a window must last; use for example 04:00:00"
        : duration > MaxDuration ? $"a window lasts {MaxDuration.Days} days at most; use for example 04:00:00 (hours:minutes:seconds) or 1.12:00:00 (days first)"
        : null;

    /// <returns>What is wrong with the rule, or <see langword="null"/>; the other parts are known to be right.</returns>
    internal static string? RuleRemedy(string rule)
    {
        var (text, fault) = RecurrenceText.Read(rule);
        return text is null ? fault : Recurrence.Read(text, Earliest.DateTime) is { Recurrence: null, Fault: var unread } ? unread : null;
    }

    private static (Recurrence, Instant?) Read(string rule, DateTime first, DateTimeZone zone)
    {
        var (text, fault) = RecurrenceText.Read(rule);
        var (recurrence, unread) = text is null ? (null, fault) : Recurrence.Read(text, first);
        return text is null || recurrence is null
            ? throw new FormatException($"The rule '{rule}' cannot be used: {unread}.")
            : (recurrence, text.UntilUtc ?? text.UntilLocal?.InZoneLeniently(zone).ToInstant());
    }

    // Local times come in order; instants do too, but for those that the clock skipped: they land behind the gap, where
    // later local times may precede or equal them. They are held until their turn.
    private IEnumerable<Instant> Starts(Instant lower, Instant upper)
    {
        var held = new Queue<Instant>();
        foreach (var local in recurrence.Between(lower.InZone(zone).LocalDateTime - Slack, upper.InZone(zone).LocalDateTime + Slack))
        {
            var mapping = zone.MapLocal(local);
            var start = Resolvers.LenientResolver(mapping).ToInstant();
            if (mapping.Count == 0)
            {
                held.Enqueue(start);
                continue;
            }

            while (held.TryPeek(out var waiting) && waiting <= start)
            {
                held.Dequeue();
                if (waiting < start)
                {
                    yield return waiting;
                }
            }

            yield return start;
        }

        foreach (var waiting in held)
        {
            yield return waiting;
        }
    }
}
