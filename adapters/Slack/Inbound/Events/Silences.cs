using PatchBot.Core;

namespace PatchBot.Adapters.Slack.Inbound.Events;

/// <summary>Notices spans in which nothing could come in: over sockets, Slack keeps nothing for later.</summary>
internal sealed class Silences(IEnumerable<ILifeline> lifelines, TimeProvider clock)
{
    /// <summary>Shorter ones Slack bridges by itself: what is not acknowledged comes again.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(30);

    public static readonly TimeSpan LooksEvery = TimeSpan.FromSeconds(5);

    private DateTimeOffset? since;

    /// <summary>Nothing can come in now.</summary>
    public bool IsSilent => lifelines.Any(line => line.Fault is not null);

    /// <summary>Returns at the end of the next span, the one that is under way now included.</summary>
    public async Task NextEndAsync(CancellationToken cancellationToken)
    {
        while (!HasEnded())
        {
            await Task.Delay(LooksEvery, clock, cancellationToken);
        }
    }

    private bool HasEnded()
    {
        if (IsSilent)
        {
            since ??= clock.GetUtcNow();
            return false;
        }

        var ended = since is { } from && clock.GetUtcNow() - from >= Shortest;
        since = null;
        return ended;
    }
}
