namespace PatchBot.Core.Delivery.Limits;

/// <summary>The windows of many things of one kind, by their ids. Those that nobody has called for long are forgotten.</summary>
/// <param name="pace">As in <see cref="SlidingWindows"/>.</param>
/// <param name="capacity">How many are remembered.</param>
public sealed class LimitedCalls(
    IReadOnlyList<RateLimit> limits, TimeSpan transit, TimeProvider clock, TimeSpan pace = default, int capacity = 10_000)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Entry> known = new(StringComparer.Ordinal);
    private long uses;

    public int Count
    {
        get
        {
            lock (gate)
            {
                return known.Count;
            }
        }
    }

    /// <inheritdoc cref="SlidingWindows.Ahead"/>
    public TimeSpan Ahead(string id) => Of(id).Ahead();

    /// <inheritdoc cref="SlidingWindows.EnterAsync"/>
    public Task<CallSlot> EnterAsync(string id, TimeSpan patience, CancellationToken cancellationToken) =>
        Of(id).EnterAsync(patience, cancellationToken);

    /// <inheritdoc cref="SlidingWindows.Silence"/>
    public void Silence(string id, TimeSpan wait) => Of(id).Silence(wait);

    private SlidingWindows Of(string id)
    {
        lock (gate)
        {
            if (!known.TryGetValue(id, out var entry))
            {
                if (known.Count >= capacity)
                {
                    Forget();
                }

                known[id] = entry = new Entry(new SlidingWindows(limits, transit, clock, pace));
            }

            entry.LastUse = ++uses;
            return entry.Windows;
        }
    }

    /// <summary>What was called longest ago; a tenth at once, so that it is rarely done.</summary>
    private void Forget()
    {
        foreach (var (id, _) in known
            .Where(one => !one.Value.Windows.IsInUse)
            .OrderBy(one => one.Value.LastUse)
            .Take(Math.Max(1, capacity / 10))
            .ToList())
        {
            known.Remove(id);
        }
    }

    private sealed class Entry(SlidingWindows windows)
    {
        public SlidingWindows Windows { get; } = windows;

        public long LastUse { get; set; }
    }
}
