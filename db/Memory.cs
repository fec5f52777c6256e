using PatchBot.Core.Lab;
using PatchBot.Core.Patches;
using PatchBot.Core.Relations;
using PatchBot.Core.Rollouts;

namespace PatchBot.Db;

/// <summary>
/// What was read of rows that a turn judges by and asks for again and again. It holds for one transaction, in which nobody
/// else changes them; on the connection that writes, also for the next ones until another connection has committed.
/// Whoever writes such a row has it forgotten here.
/// </summary>
internal sealed class Memory
{
    // A patch has some 10 KB. What is read by one transaction is kept while it lasts, however much it is.
    private const int Most = 1_000;

    public PerPatch<Patch> Patches { get; } = new();

    /// <summary>By the older one: what takes its place.</summary>
    public PerPatch<(PatchId Newer, PatchId Older)> Newer { get; } = new();

    /// <summary>By what is needed.</summary>
    public PerPatch<(PatchId Needing, PatchId Needed)> Needing { get; } = new();

    public PerPatch<Rollout> Rollouts { get; } = new();

    public PerPatch<LabResult> Standing { get; } = new();

    public LinkMemory Links { get; } = new();

    /// <summary>Of a ring, by what was asked.</summary>
    public Dictionary<(string Ring, string About), IReadOnlyList<Confirmation>> Confirmations { get; } = [];

    public bool IsLarge => Patches.Count > Most || Rollouts.Count > 4 * Most || Newer.Count > 4 * Most || Needing.Count > 4 * Most
        || Standing.Count > Most || Links.Count > 4 * Most || Confirmations.Count > Most;

    public void Forget()
    {
        Patches.Forget();
        Newer.Forget();
        Needing.Forget();
        Rollouts.Forget();
        Standing.Forget();
        Links.Forget();
        Confirmations.Clear();
    }
}

/// <summary>Rows by the patch that they are about; a patch without rows is remembered too.</summary>
internal sealed class PerPatch<T>
{
    private readonly Dictionary<PatchId, IReadOnlyList<T>> known = [];

    public int Count => known.Count;

    /// <param name="read">Reads the rows of patches that are not remembered.</param>
    /// <returns>The rows of all patches, in no order.</returns>
    public async Task<List<T>> OfAsync(
        IReadOnlyCollection<PatchId> patches, Func<IReadOnlyCollection<PatchId>, Task<IReadOnlyList<T>>> read, Func<T, PatchId> patchOf)
    {
        IReadOnlyCollection<PatchId> asked = patches as HashSet<PatchId> ?? (patches.Count == 1 ? patches : patches.ToHashSet());
        var missing = asked.Where(patch => !known.ContainsKey(patch)).ToList();
        if (missing.Count > 0)
        {
            var found = (await read(missing)).ToLookup(patchOf);

            // What is no character is kept as another one.
            missing.ForEach(patch => known[patch] = [.. found[new PatchId(Args.Storable(patch.Value)!)]]);
        }

        var rows = new List<T>();
        foreach (var patch in asked)
        {
            rows.AddRange(known[patch]);
        }

        return rows;
    }

    public void Set(PatchId patch, T row) => known[patch] = [row];

    public void Forget(PatchId patch) => known.Remove(patch);

    public void Forget() => known.Clear();
}
