namespace PatchBot.Core.Patches;

public interface IPatchStore
{
    Task<Patch?> FindAsync(PatchId id, CancellationToken cancellationToken);

    /// <summary>Those of <paramref name="ids"/> that are known, in no particular order.</summary>
    Task<IReadOnlyList<Patch>> FindAsync(IReadOnlyCollection<PatchId> ids, CancellationToken cancellationToken);

    /// <summary>By id or alias, ignoring case.</summary>
    Task<Patch?> FindByNameAsync(string name, CancellationToken cancellationToken);

    /// <summary>Ids of patches released, or where that is not known first seen, at or after <paramref name="since"/>, in no particular order.</summary>
    Task<IReadOnlyList<PatchId>> RecentAsync(DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>Inserts or replaces a patch with its relations, vulnerabilities and aliases.</summary>
    Task SaveAsync(Patch patch, CancellationToken cancellationToken);

    /// <summary>All sightings of the patches, listed or not.</summary>
    Task<IReadOnlyList<Sighting>> SightingsOfAsync(IReadOnlyCollection<PatchId> patches, CancellationToken cancellationToken);

    /// <summary>Content by patch of the sightings that a document's newest reading gave.</summary>
    Task<IReadOnlyDictionary<PatchId, ContentHash>> ListedInAsync(SightingOrigin origin, CancellationToken cancellationToken);

    /// <summary>Inserts or replaces sightings; key: origin and patch.</summary>
    Task SaveSightingsAsync(IReadOnlyCollection<Sighting> sightings, CancellationToken cancellationToken);

    /// <summary>Marks sightings as no longer listed in their document.</summary>
    Task UnlistAsync(SightingOrigin origin, IReadOnlyCollection<PatchId> patches, CancellationToken cancellationToken);

    /// <summary>Change stamps of a source's documents when last read; see <see cref="Sources.ICatalogueFeed"/>.</summary>
    Task<IReadOnlyDictionary<string, string>> StampsAsync(string source, CancellationToken cancellationToken);

    Task SaveStampAsync(SightingOrigin origin, string stamp, DateTimeOffset at, CancellationToken cancellationToken);
}
