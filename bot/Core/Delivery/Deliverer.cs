using System.Collections.Frozen;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PatchBot.Core.Record;

namespace PatchBot.Core.Delivery;

/// <summary>
/// Works off channels, each under its lease, so that its order holds and no two workers write to it. A round takes the
/// posts that have waited longest; what is wanted again meanwhile queues up behind the other channels.
/// </summary>
public sealed partial class Deliverer : IDelivery, IDisposable
{
    private const int Batch = 50;

    private readonly IRecord record;
    private readonly RightOfWay people;
    private readonly FrozenDictionary<string, IChatPlatform> platforms;
    private readonly DeliveryOptions options;
    private readonly TimeProvider clock;
    private readonly ILogger<Deliverer> logger;
    private readonly ChannelLeases leases;
    private readonly DeliveryAttempt attempts;
    private readonly Channel<bool> nudges = System.Threading.Channels.Channel.CreateBounded<bool>(1);

    public Deliverer(
        IRecord record,
        IEnumerable<IChatPlatform> platforms,
        IEnumerable<ICardSource> sources,
        RightOfWay people,
        IOptions<DeliveryOptions> options,
        TimeProvider clock,
        ILogger<Deliverer> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        (this.record, this.people, this.options, this.clock, this.logger) = (record, people, options.Value, clock, logger);
        this.platforms = platforms.ToFrozenDictionary(platform => platform.Name);
        leases = new ChannelLeases(record, this.platforms.Keys, options.Value, clock);
        attempts = new DeliveryAttempt(record, leases, sources, new ChannelDesk(clock), options.Value, clock, logger);
    }

    public void Dispose() => leases.Dispose();

    // Where there is no room for it, the worker is about to look anyway.
    public void Nudge() => _ = nudges.Writer.TryWrite(true);

    /// <summary>Returns when nudged, or after <paramref name="longest"/>.</summary>
    public async Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        using var alarm = new CancellationTokenSource(longest, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(alarm.Token, cancellationToken);
        try
        {
            await nudges.Reader.ReadAsync(either.Token);
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
            var before = leases.AtWork(channel);
            if (await DeliverNextAsync(channel, cancellationToken))
            {
                continue;
            }

            if ((before ?? leases.AtWork(channel)) is not { } other)
            {
                return;
            }

            await other.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Leases one channel that has work and brings its longest waiting posts up to date.</summary>
    /// <param name="only">That channel or none.</param>
    /// <returns><see langword="false"/> when there was nothing to lease.</returns>
    public async Task<bool> DeliverNextAsync(ChannelRef? only, CancellationToken cancellationToken)
    {
        if (await StartNextAsync(only, cancellationToken) is not { } work)
        {
            return false;
        }

        await work;
        return true;
    }

    /// <summary>As <see cref="DeliverNextAsync"/>, without waiting for the end.</summary>
    /// <returns>The work that was begun; <see langword="null"/> when there was nothing to lease.</returns>
    public async Task<Task?> StartNextAsync(ChannelRef? only, CancellationToken cancellationToken) =>
        await leases.TakeAsync(only, cancellationToken) is { } lease
            ? WorkAsync(lease, isAwaited: only is not null, cancellationToken)
            : null;

    /// <param name="isAwaited">Someone waits for this channel's posts.</param>
    private async Task WorkAsync(ChannelLease lease, bool isAwaited, CancellationToken cancellationToken)
    {
        // A fault that the posts did not see to themselves must not have the channel taken again at once.
        DateTimeOffset? notBefore = clock.GetUtcNow() + options.LookEvery;
        try
        {
            notBefore = await WorkOffAsync(lease, isAwaited, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            notBefore = null;
            throw;
        }
        finally
        {
            await leases.ReleaseAsync(lease, notBefore);
        }
    }

    /// <returns>When the channel may be tried again, if its platform asked to wait.</returns>
    private async Task<DateTimeOffset?> WorkOffAsync(ChannelLease lease, bool isAwaited, CancellationToken cancellationToken)
    {
        var channel = lease.Channel;
        var pending = await record.ReadAsync(
            (session, token) => session.Posts.PendingAsync(channel, clock.GetUtcNow(), Batch, token), cancellationToken);
        foreach (var post in pending)
        {
            if (!isAwaited)
            {
                await people.StandBackAsync(cancellationToken);
            }

            cancellationToken.ThrowIfCancellationRequested();
            var outcome = await attempts.MakeAsync(platforms[channel.Platform], post, lease);
            if (outcome.LeaseLost)
            {
                LogLeaseLost(channel.Platform, channel.Id);
                return null;
            }

            if (outcome.NotBefore is { } wait)
            {
                return wait;
            }
        }

        return null;
    }

    [LoggerMessage(2002, LogLevel.Warning, "Lost the lease of {Platform} channel {Channel}; another worker goes on")]
    private partial void LogLeaseLost(string platform, string channel);
}
