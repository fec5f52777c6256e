namespace PatchBot.Core.Patches;

/// <summary>One patch as PatchBot knows it: the facts of all its sightings, merged.</summary>
/// <param name="Revision">Counts our recordings of changed content, from 1; vendors' own numbers do not always move.</param>
/// <param name="Content">Hash of <paramref name="Facts"/>.</param>
public sealed record Patch(
    PatchId Id,
    int Revision,
    ContentHash Content,
    PatchFacts Facts,
    DateTimeOffset FirstSeenAt,
    DateTimeOffset RevisedAt)
{
    /// <summary>What the last revision changed, in words; empty for the first.</summary>
    public IReadOnlyList<string> Changes { get; init; } = [];

    /// <summary>When the clock of its deadline starts: the release, or our first sight where no release date is known.</summary>
    public DateTimeOffset ReleasedAt => Facts.ReleasedAt ?? FirstSeenAt;
}

/// <summary>Where a sighting comes from.</summary>
/// <param name="Source">The source's short name, such as <c>msrc</c>; at most 40 characters.</param>
/// <param name="Document">What was read, such as the month <c>2023-Nov</c>; at most 200 characters.</param>
public sealed record SightingOrigin(string Source, string Document);

/// <summary>One source's report of a patch. The same patch may be seen in several documents and by several sources.</summary>
public sealed record Sighting(SightingOrigin Origin, PatchId Patch, PatchFacts Facts, ContentHash Content, DateTimeOffset SeenAt)
{
    /// <summary><see langword="false"/> when the newest reading of its document no longer lists the patch.</summary>
    public bool Listed { get; init; } = true;
}
