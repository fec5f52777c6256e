namespace PatchBot.Core.Conversation;

/// <summary>Remembers what platforms delivered, so that a repeated delivery changes nothing.</summary>
public interface IInbox
{
    /// <summary>How long a delivery is remembered. Platforms repeat one within minutes, Slack for up to a day.</summary>
    static readonly TimeSpan Memory = TimeSpan.FromDays(3);

    /// <returns><see langword="false"/> when this delivery was taken before.</returns>
    Task<bool> TryTakeAsync(string platform, string deliveryKey, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Those of the deliveries that were not taken yet; a look only, which takes nothing.</summary>
    Task<IReadOnlySet<string>> UntakenAsync(string platform, IReadOnlyCollection<string> deliveryKeys, CancellationToken cancellationToken);

    /// <summary>Forgets deliveries taken before <paramref name="before"/>, oldest first: about <paramref name="limit"/>, since those of one instant go together.</summary>
    Task PurgeAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken);
}
