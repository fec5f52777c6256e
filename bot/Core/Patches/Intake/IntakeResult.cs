using PatchBot.Core.Patches.Sources;

namespace PatchBot.Core.Patches.Intake;

/// <param name="Post">Show cards of new patches in the channels that asked for them; otherwise only record.</param>
/// <param name="AcceptRemovals">Take a document that lists less than half of what it listed before.</param>
public sealed record IntakeWish(bool Post = true, bool AcceptRemovals = false);

/// <summary>What taking a document changed.</summary>
/// <param name="Revised">Patches whose facts changed, with what changed.</param>
/// <param name="Posted">Patches that began to concern a ring that some channel follows.</param>
public sealed record IntakeResult(
    PatchDocument Document,
    IReadOnlyList<PatchId> Added,
    IReadOnlyList<(PatchId Patch, IReadOnlyList<string> Changes)> Revised,
    IReadOnlyList<PatchId> Unlisted,
    IReadOnlyList<PatchId> Posted)
{
    /// <summary>Listed patches that are neither new nor revised.</summary>
    public int Unchanged => Document.Records.Select(read => read.Id).Except(Added).Except(Revised.Select(revised => revised.Patch)).Count();
}
