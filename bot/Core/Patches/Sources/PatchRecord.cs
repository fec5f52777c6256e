namespace PatchBot.Core.Patches.Sources;

/// <summary>What a catalogue says about one patch in one document.</summary>
public sealed record PatchRecord(PatchId Id, PatchFacts Facts);

/// <summary>Everything that one document holds, read whole: a document counts only if all of it could be read.</summary>
/// <param name="Title">The vendor's title, such as <c>November 2023 Security Updates</c>.</param>
/// <param name="Records">One a patch, in the document's order.</param>
/// <param name="LeftOut">How many patches were filtered out, by reason ("Linux packages" → 312).</param>
public sealed record PatchDocument(
    SightingOrigin Origin,
    string Title,
    IReadOnlyList<PatchRecord> Records,
    IReadOnlyDictionary<string, int> LeftOut);
