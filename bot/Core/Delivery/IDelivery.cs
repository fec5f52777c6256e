namespace PatchBot.Core.Delivery;

/// <summary>Brings channels to the state that their posts want.</summary>
public interface IDelivery
{
    /// <summary>Delivers what a channel waits for now; returns when that is done, or at once when another process is at it.</summary>
    Task DeliverAsync(ChannelRef channel, CancellationToken cancellationToken);

    /// <summary>Wakes the worker that looks after all channels.</summary>
    void Nudge();
}
