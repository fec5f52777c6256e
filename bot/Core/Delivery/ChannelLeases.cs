using System.Collections.Concurrent;
using PatchBot.Core.Record;

namespace PatchBot.Core.Delivery;

/// <summary>The right to write to a channel. Each has an owner of its own, so that one that ran out is not mistaken for its successor.</summary>
internal sealed class ChannelLease(ChannelRef channel, string owner, DateTimeOffset until)
{
    public ChannelRef Channel { get; } = channel;

    public string Owner { get; } = owner;

    public DateTimeOffset Until { get; set; } = until;

    /// <summary>A message may have been sent that is not noted. Such a lease is left to run out, so that whoever takes the channel over doubts.</summary>
    public bool Unsure { get; set; }

    public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>Takes, renews and gives back the leases of one process.</summary>
/// <param name="platforms">Those that the process serves.</param>
internal sealed class ChannelLeases(IRecord record, IReadOnlyCollection<string> platforms, DeliveryOptions options, TimeProvider clock) : IDisposable
{
    private readonly string process = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}";
    private readonly ConcurrentDictionary<ChannelRef, ChannelLease> held = new();
    private readonly SemaphoreSlim taking = new(1, 1);
    private long count;

    public void Dispose() => taking.Dispose();

    /// <summary>Ends when whoever is at the channel in this process is done; <see langword="null"/> when nobody is.</summary>
    public Task? AtWork(ChannelRef channel) => held.GetValueOrDefault(channel)?.Done.Task;

    /// <param name="only">That channel or none.</param>
    /// <returns><see langword="null"/> when there was nothing to lease.</returns>
    public async Task<ChannelLease?> TakeAsync(ChannelRef? only, CancellationToken cancellationToken)
    {
        await taking.WaitAsync(cancellationToken);
        try
        {
            // Once leased, it must be worked off or given back, so nothing cancels it in between.
            var owner = $"{process}/{++count}";
            var now = clock.GetUtcNow();
            var until = now + options.Hold;
            var leased = await record.WriteAsync((session, token) => session.Posts.LeaseAsync(owner, now, until, platforms, only, token), CancellationToken.None);
            return leased is { } channel ? held[channel] = new ChannelLease(channel, owner, until) : null;
        }
        finally
        {
            taking.Release();
        }
    }

    /// <summary>Part of the transaction that writes back what was done under the lease.</summary>
    /// <returns><see langword="false"/> when it was lost: stop writing to the channel.</returns>
    public async Task<bool> RenewAsync(IRecordSession session, ChannelLease lease, CancellationToken cancellationToken)
    {
        var until = clock.GetUtcNow() + options.Hold;
        if (!await session.Posts.RenewAsync(lease.Channel, lease.Owner, until, cancellationToken))
        {
            return false;
        }

        lease.Until = until;
        return true;
    }

    /// <summary>Gives it back even when the program stops, so that the next one need not wait for it to run out.</summary>
    public async Task ReleaseAsync(ChannelLease lease, DateTimeOffset? notBefore)
    {
        try
        {
            if (!lease.Unsure)
            {
                await record.WriteAsync(
                    async (session, token) =>
                    {
                        await session.Posts.ReleaseAsync(lease.Channel, lease.Owner, notBefore, token);
                        return true;
                    },
                    CancellationToken.None);
            }
        }
        finally
        {
            held.TryRemove(KeyValuePair.Create(lease.Channel, lease));
            lease.Done.SetResult();
        }
    }
}
