namespace PatchBot.Core.Windows;

/// <summary>
/// One ring, as it stands in the configuration list <c>Rings</c>. Everything is text, since a binder silently drops a
/// list entry that it cannot convert; <see cref="RingSettings"/> reads it and names every fault.
/// </summary>
public sealed class RingOptions
{
    /// <summary>Lower case, digits and hyphens, at most 60 characters.</summary>
    public string? Key { get; set; }

    /// <summary>What cards call it; the key when left out.</summary>
    public string? Title { get; set; }

    /// <summary>Patterns over vendors' product names: <c>*</c> stands for any text.</summary>
    public IList<string>? Products { get; set; }

    /// <summary><c>true</c> when reachable from the internet or by people outside.</summary>
    public string? Exposed { get; set; }

    public CalendarOptions? Calendar { get; set; }

    public IList<FreezeOptions>? Freezes { get; set; }

    /// <summary>How long trying a patch in the lab takes, such as <c>2.00:00:00</c> (two days).</summary>
    public string? LabTime { get; set; }

    /// <summary>How long before a window people must have heard of it.</summary>
    public string? Notice { get; set; }

    /// <summary>When to remind before a window starts; a day and an hour before when left out, never with the one entry <c>none</c>.</summary>
    public IList<string>? Reminders { get; set; }

    /// <summary>Person ids; none means that nobody may approve.</summary>
    public IList<string>? Approvers { get; set; }

    /// <summary>How many different approvers it takes.</summary>
    public string? Quorum { get; set; }

    /// <summary>Product versions on its machines, such as <c>"System Center DPM": "10.22.123.0"</c>.</summary>
    public IDictionary<string, string>? Installed { get; set; }

    /// <summary><c>true</c> when a prerequisite may go into the same window, before the patch.</summary>
    public string? PrerequisitesInSameWindow { get; set; }
}

public sealed class CalendarOptions
{
    /// <summary>An RFC 5545 recurrence rule, such as <c>FREQ=WEEKLY;BYDAY=SA</c>.</summary>
    public string? Rule { get; set; }

    /// <summary>Local date and time of the first window, such as <c>2026-01-03T22:00</c>.</summary>
    public string? Start { get; set; }

    /// <summary>An IANA zone, such as <c>Europe/Berlin</c>.</summary>
    public string? Zone { get; set; }

    /// <summary>Elapsed time, such as <c>04:00:00</c>.</summary>
    public string? Duration { get; set; }
}

/// <summary>
/// A span without windows, in the ring's zone. Two plain days (<c>2026-12-20</c>, the last one counts in), two local
/// times (<c>2026-12-20T18:00</c>, the end counts out), or two days without a year (<c>12-20</c>), for every year.
/// </summary>
public sealed class FreezeOptions
{
    public string? From { get; set; }

    public string? To { get; set; }

    /// <summary>What people are told, such as "Year-end closing".</summary>
    public string? Reason { get; set; }
}
