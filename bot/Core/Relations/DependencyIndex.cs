using PatchBot.Core.Patches;
using PatchBot.Core.Record;
using PatchBot.Core.Relations.Rules;
using PatchBot.Core.Windows;

namespace PatchBot.Core.Relations;

/// <summary>Keeps note of which patch needs which, so that a change to a prerequisite finds what depends on it.</summary>
public sealed class DependencyIndex(RuleBook rules, IRings rings)
{
    public Task UpdateAsync(IRecordSession session, IReadOnlyList<Patch> patches, CancellationToken cancellationToken) =>
        session.Relations.SaveNeedsAsync(patches.ToDictionary(patch => patch.Id, Needs), cancellationToken);

    // A rule may hold in one ring only; the index is for finding, so it takes every ring's.
    private IReadOnlyCollection<PatchId> Needs(Patch patch) => rings.All
        .SelectMany(ring => rules.For(patch, ring))
        .SelectMany(dependency => dependency.Needs.Patches)
        .Where(needed => needed != patch.Id)
        .ToHashSet();
}
