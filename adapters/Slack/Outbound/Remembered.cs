using System.Collections.Concurrent;

namespace PatchBot.Adapters.Slack.Outbound;

/// <summary>What was learnt a short while ago and need not be asked again.</summary>
/// <param name="goodFor">How long it may be outdated.</param>
internal sealed class Remembered<T>(TimeSpan goodFor, TimeProvider clock, int capacity = 5_000)
    where T : class
{
    private readonly ConcurrentDictionary<string, (T Value, long LearntAt)> known = new(StringComparer.Ordinal);

    /// <returns><see langword="null"/> when it must be asked.</returns>
    public T? Find(string key) => known.TryGetValue(key, out var kept) && clock.GetElapsedTime(kept.LearntAt) < goodFor ? kept.Value : null;

    public void Keep(string key, T value)
    {
        // Only a shortcut: emptied now and then, it fills again by itself.
        if (known.Count >= capacity)
        {
            known.Clear();
        }

        known[key] = (value, clock.GetTimestamp());
    }
}
