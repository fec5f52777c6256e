using PatchBot.Core.Patches;

namespace PatchBot.Core.Relations;

/// <summary>Which known patches replace which, as far as it was looked up. Bounded in depth and number; what lies beyond satisfies nothing.</summary>
internal sealed class Supersedence
{
    // Five years of monthly cumulative updates.
    private const int Deepest = 60;
    private const int Most = 20_000;
    private const int MostSuccessors = 60;

    private static readonly List<PatchId> None = [];

    private readonly Dictionary<PatchId, List<PatchId>> newer = [];
    private readonly Dictionary<PatchId, List<PatchId>> older = [];

    public HashSet<PatchId> All { get; } = [];

    /// <summary>One query a generation, for all patches together.</summary>
    public static async Task<Supersedence> ReadAsync(IRelationStore store, IEnumerable<PatchId> patches, CancellationToken cancellationToken)
    {
        var read = new Supersedence();
        var edges = new HashSet<(PatchId, PatchId)>();
        List<PatchId> generation = [.. patches.Where(read.All.Add)];
        for (var depth = 0; generation.Count > 0 && depth < Deepest && read.All.Count < Most; depth++)
        {
            var found = await store.SupersededByAsync(generation, cancellationToken);
            generation = [];
            foreach (var pair in found.Where(pair => pair.Newer != pair.Older && edges.Add(pair)))
            {
                Add(read.newer, pair.Older, pair.Newer);
                Add(read.older, pair.Newer, pair.Older);
                if (read.All.Add(pair.Newer))
                {
                    generation.Add(pair.Newer);
                }
            }
        }

        foreach (var list in read.newer.Values)
        {
            list.Sort();
        }

        return read;
    }

    /// <summary>
    /// For each patch, which of <paramref name="sources"/> is it or replaces it, however indirectly: at most two, earlier
    /// sources first. The second is for a patch that must not be its own prerequisite.
    /// </summary>
    public Dictionary<PatchId, List<PatchId>> Satisfiers(IEnumerable<PatchId> sources)
    {
        var marks = new Dictionary<PatchId, List<PatchId>>();
        var queue = new Queue<PatchId>();
        foreach (var source in sources)
        {
            queue.Enqueue(source);
            while (queue.TryDequeue(out var patch))
            {
                if (!marks.TryGetValue(patch, out var by))
                {
                    marks[patch] = by = [];
                }

                if (by.Count < 2 && !by.Contains(source))
                {
                    by.Add(source);
                    (older.GetValueOrDefault(patch) ?? None).ForEach(queue.Enqueue);
                }
            }
        }

        return marks;
    }

    /// <summary>The patch and what replaces it, newest generation last.</summary>
    public IReadOnlyList<PatchId> Line(PatchId patch)
    {
        var seen = new HashSet<PatchId> { patch };
        var line = new List<PatchId> { patch };
        for (var at = 0; at < line.Count; at++)
        {
            foreach (var next in newer.GetValueOrDefault(line[at]) ?? None)
            {
                if (line.Count == MostSuccessors)
                {
                    return line;
                }

                if (seen.Add(next))
                {
                    line.Add(next);
                }
            }
        }

        return line;
    }

    private static void Add(Dictionary<PatchId, List<PatchId>> map, PatchId key, PatchId value)
    {
        if (!map.TryGetValue(key, out var values))
        {
            map[key] = values = [];
        }

        values.Add(value);
    }
}
