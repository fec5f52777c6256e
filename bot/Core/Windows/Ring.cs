using PatchBot.Core.People;

namespace PatchBot.Core.Windows;

/// <summary>A group of machines that is patched together.</summary>
public sealed record Ring
{
    /// <summary>How people and settings call it: lower case, digits and hyphens, at most 60 characters.</summary>
    public required string Key { get; init; }

    /// <summary>How cards call it, such as "Production servers".</summary>
    public required string Title { get; init; }

    /// <summary>Which products it runs, as patterns over vendors' product names: <c>*</c> stands for any text.</summary>
    public required IReadOnlyList<string> Products { get; init; }

    /// <summary>Reachable from the internet or by people outside.</summary>
    public bool Exposed { get; init; }

    public required RingCalendar Calendar { get; init; }

    public IReadOnlyList<Freeze> Freezes { get; init; } = [];

    /// <summary>How long trying a patch in the lab takes, counted from now while no result has passed.</summary>
    public TimeSpan LabTime { get; init; }

    /// <summary>How long before a window people must have heard of it.</summary>
    public TimeSpan Notice { get; init; }

    /// <summary>When to remind before a window starts, longest first.</summary>
    public IReadOnlyList<TimeSpan> Reminders { get; init; } = [];

    /// <summary>Who may approve; empty means nobody may.</summary>
    public IReadOnlySet<PersonId> Approvers { get; init; } = new HashSet<PersonId>();

    /// <summary>How many different approvers it takes.</summary>
    public int Quorum { get; init; } = 1;

    /// <summary>Product versions known to be on its machines, for dependency rules.</summary>
    public IReadOnlyDictionary<string, Version> Installed { get; init; } = new Dictionary<string, Version>();

    /// <summary>The prerequisite may go into the same window, before the patch; otherwise it takes an earlier window.</summary>
    public bool PrerequisitesInSameWindow { get; init; }
}

/// <summary>The rings of this installation, in the order of the settings.</summary>
public interface IRings
{
    IReadOnlyList<Ring> All { get; }

    /// <summary>By key or title, ignoring case.</summary>
    Ring? Find(string name);
}
