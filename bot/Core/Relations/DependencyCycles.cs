using PatchBot.Core.Patches;

namespace PatchBot.Core.Relations;

/// <summary>
/// Finds patches that require each other. Tarjan's strongly connected components, without recursion, so that a chain of
/// thousands of hostile relations neither overflows the stack nor takes longer than reading it.
/// </summary>
internal sealed class DependencyCycles
{
    private readonly IReadOnlyDictionary<PatchId, IReadOnlyList<PatchId>> needs;
    private readonly Dictionary<PatchId, int> component = [];
    private readonly Dictionary<int, DependencyCycle> cycles = [];

    public DependencyCycles(IReadOnlyDictionary<PatchId, IReadOnlyList<PatchId>> needs)
    {
        this.needs = needs;
        Connect();
    }

    /// <summary>The cycle that holds the patch.</summary>
    public DependencyCycle? Of(PatchId patch) => component.TryGetValue(patch, out var number) ? cycles.GetValueOrDefault(number) : null;

    /// <summary>Both are in one cycle, so waiting for one another would never end.</summary>
    public bool Share(PatchId one, PatchId other) =>
        component.TryGetValue(one, out var left) && component.TryGetValue(other, out var right) && left == right;

    private void Connect()
    {
        var order = new Dictionary<PatchId, int>();
        var low = new Dictionary<PatchId, int>();
        var open = new Stack<PatchId>();
        var path = new Stack<(PatchId Patch, int Next)>();
        foreach (var root in needs.Keys.Order())
        {
            if (order.ContainsKey(root))
            {
                continue;
            }

            path.Push((root, 0));
            while (path.TryPop(out var step))
            {
                var (patch, next) = step;
                if (next == 0)
                {
                    order[patch] = low[patch] = order.Count;
                    open.Push(patch);
                }

                var edges = needs.GetValueOrDefault(patch, []);
                if (next > 0 && !component.ContainsKey(edges[next - 1]))
                {
                    low[patch] = Math.Min(low[patch], low[edges[next - 1]]);
                }

                while (next < edges.Count && order.ContainsKey(edges[next]))
                {
                    if (!component.ContainsKey(edges[next]))
                    {
                        low[patch] = Math.Min(low[patch], order[edges[next]]);
                    }

                    next++;
                }

                if (next < edges.Count)
                {
                    path.Push((patch, next + 1));
                    path.Push((edges[next], 0));
                }
                else if (low[patch] == order[patch])
                {
                    Close(patch, open);
                }
            }
        }
    }

    private void Close(PatchId first, Stack<PatchId> open)
    {
        var number = cycles.Count + component.Count;
        var members = new List<PatchId>();
        PatchId member;
        do
        {
            member = open.Pop();
            component[member] = number;
            members.Add(member);
        }
        while (member != first);

        if (members.Count > 1)
        {
            cycles[number] = new DependencyCycle(ShortestFrom(members.Min(), number));
        }
    }

    private List<PatchId> ShortestFrom(PatchId start, int number)
    {
        var from = new Dictionary<PatchId, PatchId>();
        var queue = new Queue<PatchId>([start]);
        while (queue.TryDequeue(out var patch))
        {
            foreach (var next in needs.GetValueOrDefault(patch, []).Where(next => component.TryGetValue(next, out var other) && other == number).Order())
            {
                if (next == start)
                {
                    var ring = new List<PatchId> { patch };
                    while (ring[^1] != start)
                    {
                        ring.Add(from[ring[^1]]);
                    }

                    ring.Reverse();
                    return ring;
                }

                if (from.TryAdd(next, patch))
                {
                    queue.Enqueue(next);
                }
            }
        }

        return [start];
    }
}
