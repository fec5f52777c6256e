namespace PatchBot.Db.Engines;

/// <summary>How often and for how long a transaction is run again.</summary>
/// <param name="FirstWait">Before the second attempt; it doubles from then on, up to <paramref name="LongestWait"/>.</param>
/// <param name="Within">No attempt begins later than this after the first.</param>
public readonly record struct RetryPlan(int Attempts, TimeSpan FirstWait, TimeSpan LongestWait, TimeSpan Within)
{
    /// <summary>Scattered over the upper half, so that those who met once do not meet again.</summary>
    /// <param name="attempt">The attempt that failed, from 1.</param>
    public TimeSpan WaitAfter(int attempt)
    {
        var full = Math.Min(FirstWait.TotalMilliseconds * Math.Pow(2, attempt - 1), LongestWait.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(full * (0.5 + (Random.Shared.NextDouble() / 2)));
    }
}
