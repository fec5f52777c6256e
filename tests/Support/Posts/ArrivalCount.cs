namespace PatchBot.Tests.Support.Posts;

/// <summary>A platform's limits as the platform sees them: counted by arrival, in windows that slide.</summary>
internal sealed class ArrivalCount(TimeProvider clock)
{
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

    /// <summary>One request, and each thing that it counts against.</summary>
    public void Count(params ReadOnlySpan<(string About, (int Calls, int Seconds)[] Limits)> counts)
    {
        lock (gate)
        {
            var now = clock.GetElapsedTime(0);
            first ??= now;
            Took = now - first.Value;
            Requests++;
            foreach (var (about, limits) in counts)
            {
                Count(about, limits, now);
            }
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
