namespace PatchBot.Tests.Twins;

/// <summary>One thing that happened on a platform, as it reaches the bot; platforms deliver it again as they please.</summary>
/// <param name="attempt">How often it was delivered before.</param>
internal delegate Task Delivery(int attempt);

internal static class Storm
{
    private const int Times = 3;
    private const int AtOnce = 8;

    /// <summary>Each is delivered several times, all of them at once and in an order of chance.</summary>
    public static Task BreakAsync(Random chance, IEnumerable<Delivery> deliveries, CancellationToken cancellationToken)
    {
        var all = deliveries.SelectMany(delivery => Enumerable.Range(0, Times).Select(attempt => (delivery, attempt))).ToArray();
        chance.Shuffle(all);
        return Parallel.ForEachAsync(
            all, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (one, _) => await one.delivery(one.attempt));
    }
}
