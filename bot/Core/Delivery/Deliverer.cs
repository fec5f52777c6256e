using System.Collections.Concurrent;
using System.Collections.Frozen;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PatchBot.Core.Record;

namespace PatchBot.Core.Delivery;

/// <summary>
/// Works off channels, each under its lease, so that its order holds and no two workers write to it. A round takes the
/// posts that have waited longest; what is wanted again meanwhile queues up behind the other channels.
/// </summary>
public sealed partial class Deliverer(
    IRecord record,
    IEnumerable<IChatPlatform> platforms,
    IEnumerable<ICardSource> sources,
    IOptions<DeliveryOptions> options,
    TimeProvider clock,
    ILogger<Deliverer> logger) : IDelivery, IDisposable
{
    private const int Batch = 50;

    private readonly string owner = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}";
    private readonly FrozenDictionary<string, IChatPlatform> platforms = platforms.ToFrozenDictionary(platform => platform.Name);
    private readonly DeliveryAttempt attempts = new(record, sources, options.Value, clock, logger);
    private readonly ConcurrentDictionary<ChannelRef, TaskCompletionSource> working = new();
    private readonly SemaphoreSlim leasing = new(1, 1);
    private readonly SemaphoreSlim wake = new(0, 1);

    public void Dispose()
    {
        leasing.Dispose();
        wake.Dispose();
    }

    public void Nudge()
    {
        try
        {
            wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // Already awake.
        }
    }

    /// <summary>Returns when nudged, or after <paramref name="longest"/>.</summary>
    public async Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        using var alarm = new CancellationTokenSource(longest, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(alarm.Token, cancellationToken);
        try
        {
            await wake.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The time is up.
        }
    }

    public async Task DeliverAsync(ChannelRef channel, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Whoever is at the channel in this process may have looked before the caller's posts were there.
            var before = working.GetValueOrDefault(channel);
            if (await DeliverNextAsync(channel, cancellationToken))
            {
                continue;
            }

            if ((before ?? working.GetValueOrDefault(channel)) is not { } other)
            {
                return;
            }

            await other.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Leases one channel that has work and brings its longest waiting posts up to date.</summary>
    /// <param name="only">That channel or none.</param>
    /// <returns><see langword="false"/> when there was nothing to lease.</returns>
    public async Task<bool> DeliverNextAsync(ChannelRef? only, CancellationToken cancellationToken)
    {
        if (await LeaseAsync(only, cancellationToken) is not { } channel)
        {
            return false;
        }

        DateTimeOffset? notBefore = null;
        try
        {
            notBefore = await WorkOffAsync(channel, cancellationToken);
        }
        finally
        {
            try
            {
                // The lease is given back even when the program stops, so that the next one need not wait for it to run out.
                await record.WriteAsync(
                    async (session, token) =>
                    {
                        await session.Posts.ReleaseAsync(channel, owner, notBefore, token);
                        return true;
                    },
                    CancellationToken.None);
            }
            finally
            {
                if (working.TryRemove(channel, out var done))
                {
                    done.SetResult();
                }
            }
        }

        return true;
    }

    private async Task<ChannelRef?> LeaseAsync(ChannelRef? only, CancellationToken cancellationToken)
    {
        await leasing.WaitAsync(cancellationToken);
        try
        {
            // Once leased, it must be worked off or given back, so nothing cancels it in between.
            var now = clock.GetUtcNow();
            var leased = await record.WriteAsync(
                (session, token) => session.Posts.LeaseAsync(owner, now, now + options.Value.Lease, only, token), CancellationToken.None);
            if (leased is { } channel)
            {
                working.GetOrAdd(channel, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            }

            return leased;
        }
        finally
        {
            leasing.Release();
        }
    }

    /// <returns>When the channel may be tried again, if its platform asked to wait.</returns>
    private async Task<DateTimeOffset?> WorkOffAsync(ChannelRef channel, CancellationToken cancellationToken)
    {
        if (!platforms.TryGetValue(channel.Platform, out var platform))
        {
            LogNoPlatform(channel.Platform, channel.Id);
            return clock.GetUtcNow() + options.Value.LongestWait;
        }

        var pending = await record.ReadAsync(
            (session, token) => session.Posts.PendingAsync(channel, clock.GetUtcNow(), Batch, token), cancellationToken);
        foreach (var post in pending)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var until = clock.GetUtcNow() + options.Value.Lease;
            if (!await record.WriteAsync((session, token) => session.Posts.RenewAsync(channel, owner, until, token), CancellationToken.None))
            {
                LogLeaseLost(channel.Platform, channel.Id);
                return null;
            }

            if (await attempts.MakeAsync(platform, post) is { } wait)
            {
                return wait;
            }
        }

        return null;
    }

    [LoggerMessage(2001, LogLevel.Warning, "No platform '{Platform}' is configured; channel {Channel} waits")]
    private partial void LogNoPlatform(string platform, string channel);

    [LoggerMessage(2002, LogLevel.Warning, "Lost the lease of {Platform} channel {Channel}; another worker goes on")]
    private partial void LogLeaseLost(string platform, string channel);
}
