using System.Security.Cryptography;
using System.Text;
using PatchBot.Core.Patches;
using PatchBot.Core.Windows;

namespace PatchBot.Core.Relations;

/// <summary>Patches that require each other, so that none can go first; each needs the next, the last needs the first.</summary>
public sealed record DependencyCycle(IReadOnlyList<PatchId> Patches)
{
    private const int Named = 8;

    /// <summary>Names the ring of ids, such as "KB1 → KB2 → KB1".</summary>
    public string Text => Patches.Count <= Named
        ? string.Join(" → ", Patches.Append(Patches[0]))
        : $"{string.Join(" → ", Patches.Take(Named))} → … → {Patches[0]} ({Patches.Count} patches)";
}

/// <summary>What must be in place before one patch goes into one ring, and whether it is.</summary>
/// <param name="Findings">One a requirement.</param>
/// <param name="Cycles">Reported, never followed: they warn and block nothing.</param>
/// <param name="Circular">The dependencies that were left out of the findings because they are part of a cycle.</param>
public sealed record PatchReview(
    Patch Patch,
    Ring Ring,
    IReadOnlyList<DependencyFinding> Findings,
    IReadOnlyList<DependencyCycle> Cycles,
    IReadOnlyList<Dependency> Circular)
{
    // The digest is stored and shown; beyond this a hash stands for the list.
    private const int LongestDigest = 1500;

    /// <summary>All of them, those in a cycle too.</summary>
    public IReadOnlyList<Dependency> Dependencies => [.. Findings.Select(finding => finding.Dependency), .. Circular];

    /// <summary>An approval must wait.</summary>
    public bool Blocks => Findings.Any(finding => finding.Blocks);

    /// <summary>Windows of planned prerequisites: the patch's own window must come after them.</summary>
    public IReadOnlyList<PrerequisiteWindow> After =>
    [
        .. Findings.Where(finding => finding.Window is not null)
            .Select(finding => new PrerequisiteWindow(finding.Dependency.Needs.ToString()!, finding.Window!)),
    ];

    /// <summary>
    /// For <see cref="Rollouts.Snapshot.Dependencies"/>: each requirement with <c>ready</c> (in place, or planned),
    /// <c>open</c> or <c>cycle</c>, in order. A prerequisite that goes in as planned, or moves to another window, does not
    /// change it; one that is withdrawn does. What was only read from text has no part in it.
    /// </summary>
    public string Digest
    {
        get
        {
            var pairs = Findings.Where(finding => finding.Dependency.Basis != DependencyBasis.Text)
                .Select(finding => $"{finding.Dependency.Needs.Key}={(finding.State is DependencyState.Met or DependencyState.Planned ? "ready" : "open")}")
                .Concat(Circular.Select(dependency => $"{dependency.Needs.Key}=cycle"))
                .Order(StringComparer.Ordinal)
                .ToList();
            var text = string.Join("; ", pairs);
            return text.Length <= LongestDigest
                ? text
                : $"{pairs.Count} requirements, SHA-256 {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";
        }
    }
}
