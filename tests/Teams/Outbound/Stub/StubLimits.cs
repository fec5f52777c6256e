namespace PatchBot.Tests.Teams.Outbound.Stub;

/// <summary>The documented limits, counted by arrival in windows that slide.</summary>
internal sealed class StubLimits(int requestsPerSecond, TimeProvider clock)
{
    private static readonly (int Calls, int Seconds)[] Writing = [(7, 1), (8, 2), (60, 30), (1_800, 3_600)];
    private static readonly (int Calls, int Seconds)[] Reading = [(14, 1), (16, 2), (120, 30), (3_600, 3_600)];

    private readonly Lock gate = new();
    private readonly Dictionary<string, List<TimeSpan>> arrivals = [];
    private readonly Dictionary<string, int> broken = [];
    private TimeSpan? first;

    /// <summary>How often each limit was broken, by what it is about.</summary>
    public IReadOnlyDictionary<string, int> Violations
    {
        get
        {
            lock (gate)
            {
                return new Dictionary<string, int>(broken);
            }
        }
    }

    public int Requests { get; private set; }

    /// <summary>From the first request to the latest.</summary>
    public TimeSpan Took { get; private set; }

    public void Count(string tenant, string conversation, string operation)
    {
        lock (gate)
        {
            var now = clock.GetElapsedTime(0);
            first ??= now;
            Took = now - first.Value;
            Requests++;
            Count($"{operation} {conversation}", operation is "members" or "channels" ? Reading : Writing, now);
            Count($"tenant {tenant}", [(requestsPerSecond, 1)], now);
        }
    }

    private void Count(string about, (int Calls, int Seconds)[] limits, TimeSpan now)
    {
        if (!arrivals.TryGetValue(about, out var seen))
        {
            arrivals[about] = seen = [];
        }

        seen.Add(now);
        foreach (var (calls, seconds) in limits)
        {
            // Half-open: what arrived a whole span ago is out.
            if (seen.Count > calls && seen[^(calls + 1)] > now - TimeSpan.FromSeconds(seconds))
            {
                var limit = $"{about}: {calls} in {seconds} s";
                broken[limit] = broken.GetValueOrDefault(limit) + 1;
            }
        }
    }
}
