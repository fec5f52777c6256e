using PatchBot.Core.Announcements;
using PatchBot.Core.Approvals;
using PatchBot.Core.Audit;
using PatchBot.Core.Delivery;
using PatchBot.Core.Lab;
using PatchBot.Core.Patches;
using PatchBot.Core.Relations;
using PatchBot.Core.Rollouts;

namespace PatchBot.Db;

/// <summary>
/// What was read of rows that a turn judges by and asks for again and again. It holds for one transaction, in which nobody
/// else changes them; on the connection that writes, also for the next ones until another connection has committed.
/// Whoever writes such a row keeps it up to date here, as it will be read back, or has it forgotten.
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

    /// <summary>Which patch a rollout is of; that never changes.</summary>
    public Dictionary<long, PatchId> PatchOfRollout { get; } = [];

    /// <summary>By the rollout.</summary>
    public Rows<long, Decision> Decisions { get; } = new();

    public PerPatch<LabResult> Standing { get; } = new();

    public LinkMemory Links { get; } = new();

    /// <summary>Of a ring, by what was asked.</summary>
    public Dictionary<(string Ring, string About), IReadOnlyList<Confirmation>> Confirmations { get; } = [];

    public Rows<(string Ring, DateTimeOffset Start), Announcement> Announcements { get; } = new();

    /// <summary>By window: rollouts that are approved for it. There may be more.</summary>
    public Dictionary<(string Ring, DateTimeOffset Start), HashSet<long>> InUse { get; } = [];

    /// <summary>The newest entry.</summary>
    public AuditEntry? AuditHead { get; set; }

    /// <summary>Channels that there are; none is ever deleted.</summary>
    public HashSet<ChannelRef> Channels { get; } = [];

    /// <summary>By the subject of posts: their channels.</summary>
    public Rows<PostSubject, ChannelRef> ShownIn { get; } = new();

    /// <summary>Channels that this transaction has noted as due; whoever leases one or gives it back writes that anew.</summary>
    public HashSet<ChannelRef> Roused { get; } = [];

    /// <summary>Subjects whose posts this transaction has made pending.</summary>
    public HashSet<PostSubject> Refreshed { get; } = [];

    public bool IsLarge => Patches.Count > Most || Rollouts.Count > 4 * Most || Newer.Count > 4 * Most || Needing.Count > 4 * Most
        || Standing.Count > Most || Links.Count > 4 * Most || Confirmations.Count > Most || Decisions.Count > 4 * Most || PatchOfRollout.Count > 4 * Most
        || Announcements.Count > Most || InUse.Count > Most || Channels.Count > 4 * Most || ShownIn.Count > 4 * Most;

    /// <summary>Another transaction begins.</summary>
    public void Begin()
    {
        Roused.Clear();
        Refreshed.Clear();
    }

    public void Forget()
    {
        Begin();
        Patches.Forget();
        Newer.Forget();
        Needing.Forget();
        Rollouts.Forget();
        PatchOfRollout.Clear();
        Decisions.Forget();
        Standing.Forget();
        Links.Forget();
        Confirmations.Clear();
        Announcements.Forget();
        InUse.Clear();
        AuditHead = null;
        Channels.Clear();
        ShownIn.Forget();
    }
}

/// <summary>Rows by what they are about; that there are none is remembered too.</summary>
internal class Rows<TKey, T>
    where TKey : notnull
{
    protected Dictionary<TKey, List<T>> Known { get; } = [];

    public int Count => Known.Count;

    public async ValueTask<IReadOnlyList<T>> OfAsync(TKey key, Func<Task<IReadOnlyList<T>>> read)
    {
        if (!Known.TryGetValue(key, out var rows))
        {
            Known[key] = rows = [.. await read()];
        }

        // What is remembered may change while the caller works with it.
        return [.. rows];
    }

    /// <returns><see langword="false"/> also where nothing is remembered.</returns>
    public bool Any(TKey key, Predicate<T> which) => Known.TryGetValue(key, out var rows) && rows.Exists(which);

    public void Set(TKey key, T row) => Known[key] = [row];

    /// <summary>A row was added, as the last of its key.</summary>
    public void Added(TKey key, T row)
    {
        if (Known.TryGetValue(key, out var rows))
        {
            rows.Add(row);
        }
    }

    /// <summary>A row was changed.</summary>
    public void Changed(TKey key, T row, Predicate<T> isIt)
    {
        if (Known.TryGetValue(key, out var rows) && rows.FindIndex(isIt) is >= 0 and var place)
        {
            rows[place] = row;
        }
    }

    /// <summary>All rows of a key were changed alike.</summary>
    public void Changed(TKey key, Func<T, T> change)
    {
        if (Known.TryGetValue(key, out var rows))
        {
            Known[key] = rows.ConvertAll(row => change(row));
        }
    }

    public void Forget(TKey key) => Known.Remove(key);

    public void Forget() => Known.Clear();
}

/// <summary>Rows by the patch that they are about.</summary>
internal sealed class PerPatch<T> : Rows<PatchId, T>
{
    /// <param name="read">Reads the rows of patches that are not remembered.</param>
    /// <returns>The rows of all patches, in no order.</returns>
    public async ValueTask<List<T>> OfAsync(
        IReadOnlyCollection<PatchId> patches, Func<IReadOnlyCollection<PatchId>, Task<IReadOnlyList<T>>> read, Func<T, PatchId> patchOf)
    {
        IReadOnlyCollection<PatchId> asked = patches as HashSet<PatchId> ?? (patches.Count == 1 ? patches : patches.ToHashSet());
        var missing = asked.Where(patch => !Known.ContainsKey(patch)).ToList();
        if (missing.Count > 0)
        {
            var found = (await read(missing)).ToLookup(patchOf);

            // What is no character is kept as another one.
            missing.ForEach(patch => Known[patch] = [.. found[new PatchId(Args.Storable(patch.Value)!)]]);
        }

        var rows = new List<T>();
        foreach (var patch in asked)
        {
            rows.AddRange(Known[patch]);
        }

        return rows;
    }
}
