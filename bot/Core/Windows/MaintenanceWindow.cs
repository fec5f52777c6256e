namespace PatchBot.Core.Windows;

/// <summary>When machines may restart. Half-open: the start counts, the end does not.</summary>
public sealed record MaintenanceWindow
{
    public MaintenanceWindow(DateTimeOffset start, DateTimeOffset end)
    {
        if (end <= start)
        {
            throw new ArgumentException($"A window must end after it starts: {start:u} to {end:u}.", nameof(end));
        }

        (Start, End) = (start.ToUniversalTime(), end.ToUniversalTime());
    }

    /// <summary>UTC.</summary>
    public DateTimeOffset Start { get; }

    /// <summary>UTC.</summary>
    public DateTimeOffset End { get; }

    public TimeSpan Duration => End - Start;

    public bool Contains(DateTimeOffset instant) => Start <= instant && instant < End;

    public bool Overlaps(MaintenanceWindow other) => Start < other.End && other.Start < End;
}

/// <summary>A span in which no window may be used, such as the year's closing.</summary>
public sealed record Freeze(MaintenanceWindow Span, string Reason);
