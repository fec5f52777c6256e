using PatchBot.Core.Patches;
using PatchBot.Core.Record;
using PatchBot.Core.Relations.Rules;
using PatchBot.Core.Windows;

namespace PatchBot.Core.Relations;

/// <summary>Judges for a ring what must be in place before patches go in. Reads only; the same queries serve one patch or a month of them.</summary>
public sealed class DependencyReview(RuleBook rules)
{
    // Real chains of prerequisites have two or three links; hostile ones must not be walked to their end.
    private const int DeepestChain = 16;
    private const int MostPatches = 5_000;

    /// <returns>One review a patch, in the order of <paramref name="patches"/>.</returns>
    public async Task<IReadOnlyList<PatchReview>> ForAsync(
        IRecordSession session, IReadOnlyList<Patch> patches, Ring ring, CancellationToken cancellationToken)
    {
        var dependencies = patches.DistinctBy(patch => patch.Id).ToDictionary(patch => patch.Id, patch => rules.For(patch, ring));
        if (dependencies.Values.All(own => own is []))
        {
            return [.. patches.Select(patch => new PatchReview(patch, ring, [], [], []))];
        }

        var needs = dependencies.Values.SelectMany(own => own).Select(dependency => dependency.Needs).ToHashSet();
        var needed = needs.SelectMany(requirement => requirement.Patches).ToHashSet();
        var (known, graph) = await ReadChainsAsync(session, dependencies, needed, ring, cancellationToken);
        var cycles = new DependencyCycles(graph);
        var state = await RingState.ReadAsync(session, ring, needs, known, cancellationToken);
        return [.. patches.Select(patch => Review(patch, ring, dependencies[patch.Id], cycles, state))];
    }

    private static PatchReview Review(Patch patch, Ring ring, IReadOnlyList<Dependency> dependencies, DependencyCycles cycles, RingState state)
    {
        var circular = dependencies.Where(dependency => dependency.Needs is PatchRequirement one && cycles.Share(patch.Id, one.Patch)).ToList();
        return new PatchReview(
            patch,
            ring,
            [.. dependencies.Except(circular).Select(dependency => state.Judge(patch.Id, dependency))],
            circular is not [] && cycles.Of(patch.Id) is { } cycle ? [cycle] : [],
            circular);
    }

    private async Task<(HashSet<PatchId> Known, Dictionary<PatchId, IReadOnlyList<PatchId>> Graph)> ReadChainsAsync(
        IRecordSession session,
        Dictionary<PatchId, IReadOnlyList<Dependency>> dependencies,
        HashSet<PatchId> needed,
        Ring ring,
        CancellationToken cancellationToken)
    {
        var graph = dependencies.ToDictionary(pair => pair.Key, pair => Required(pair.Value));
        HashSet<PatchId> known = [.. dependencies.Keys];
        var asked = new HashSet<PatchId>(known);
        List<PatchId> next = [.. needed.Where(asked.Add)];
        for (var depth = 0; next.Count > 0 && depth < DeepestChain; depth++)
        {
            var found = await session.Patches.FindAsync(next, cancellationToken);
            known.UnionWith(found.Select(patch => patch.Id));
            foreach (var patch in found)
            {
                graph[patch.Id] = Required(rules.For(patch, ring));
            }

            next = graph.Count < MostPatches ? [.. found.SelectMany(patch => graph[patch.Id]).Where(asked.Add)] : [];
        }

        return (known, graph);
    }

    // An alternative can be avoided, so it makes no cycle.
    private static IReadOnlyList<PatchId> Required(IReadOnlyList<Dependency> dependencies) =>
        [.. dependencies.Select(dependency => dependency.Needs).OfType<PatchRequirement>().Select(one => one.Patch)];
}
