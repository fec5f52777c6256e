namespace PatchBot.Core.Patches.Sources;

// Three families that stay apart: catalogues say what was released, inventories what is missing here,
// annotators what else is known of a vulnerability or a product.

/// <summary>Reads documents that say what a vendor released.</summary>
public interface IPatchCatalogue
{
    /// <summary>Short name in sightings and settings, such as <c>msrc</c>.</summary>
    string Name { get; }

    /// <summary>Whether the first bytes look like this catalogue's format; cheap, and never throws for bad content.</summary>
    /// <param name="head">Up to 4 KiB from the start of the document.</param>
    bool Recognises(ReadOnlySpan<byte> head);

    /// <summary>Reads one document whole, in bounded memory.</summary>
    /// <exception cref="SourceFormatException">The document cannot be taken; the place is named.</exception>
    Task<PatchDocument> ReadAsync(SourceInput input, CancellationToken cancellationToken);
}

/// <summary>Names the documents that a catalogue publishes, so that changed ones can be fetched.</summary>
public interface ICatalogueFeed
{
    string Name { get; }

    /// <summary>Documents to look at now, oldest first. Those that did not change since <paramref name="known"/> may be left out.</summary>
    /// <param name="known">Document name to the change stamp it had when last read.</param>
    /// <exception cref="HttpRequestException">The vendor did not answer; the next poll tries again.</exception>
    IAsyncEnumerable<FeedDocument> ChangedSinceAsync(IReadOnlyDictionary<string, string> known, CancellationToken cancellationToken);
}

/// <param name="Name">The document, such as <c>2026-Nov</c>.</param>
/// <param name="Stamp">What the vendor's list says of its state; a different stamp means "look again".</param>
public sealed record FeedDocument(string Name, string Stamp, Uri Address);

/// <summary>Says which patches machines miss here (WSUS, Configuration Manager, vCenter, Ivanti, host reports).</summary>
public interface IPatchInventory
{
    string Name { get; }

    /// <summary>What is missing now, by patch and machine group; the whole picture each time.</summary>
    IAsyncEnumerable<MissingPatch> ReadMissingAsync(CancellationToken cancellationToken);
}

/// <param name="Group">The inventory's own name for the machines, such as a collection or a cluster.</param>
/// <param name="Machines">How many machines need the patch.</param>
public sealed record MissingPatch(PatchId Patch, string Group, int Machines);

/// <summary>Says what else is known of vulnerabilities (exploited, probability) or products (end of life).</summary>
public interface IAnnotator
{
    string Name { get; }

    IAsyncEnumerable<Annotation> AnnotateAsync(IReadOnlyCollection<string> cves, CancellationToken cancellationToken);
}

/// <param name="Cve">Upper case.</param>
/// <param name="Exploited">Whether exploitation is known to this annotator.</param>
/// <param name="Probability">Chance of exploitation within 30 days, 0 to 1; <see langword="null"/> when not given.</param>
public sealed record Annotation(string Cve, Claim Exploited, decimal? Probability);
