namespace PatchBot.Core.Conversation;

/// <summary>Remembers what platforms delivered, so that a repeated delivery changes nothing.</summary>
public interface IInbox
{
    /// <returns><see langword="false"/> when this delivery was taken before.</returns>
    Task<bool> TryTakeAsync(string platform, string deliveryKey, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Forgets deliveries taken before <paramref name="before"/>, oldest first: about <paramref name="limit"/>, since those of one instant go together.</summary>
    Task PurgeAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken);
}
