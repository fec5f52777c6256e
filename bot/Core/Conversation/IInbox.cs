namespace PatchBot.Core.Conversation;

/// <summary>Remembers what platforms delivered, so that a repeated delivery changes nothing.</summary>
public interface IInbox
{
    /// <returns><see langword="false"/> when this delivery was taken before.</returns>
    Task<bool> TryTakeAsync(string platform, string deliveryKey, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Forgets deliveries taken before <paramref name="before"/>.</summary>
    Task PurgeAsync(DateTimeOffset before, CancellationToken cancellationToken);
}
