namespace PatchBot.Core.Delivery;

/// <summary>Whether a channel can be posted to.</summary>
public enum ChannelState
{
    Active,

    /// <summary>A permanent failure stopped it; its posts wait until it is activated again.</summary>
    Stopped,
}

public sealed record Channel(ChannelRef Ref, string Name, ChannelState State)
{
    /// <summary>How its platform reaches it, in the adapter's own words; at most 2,000 characters, empty where the id is enough.</summary>
    public string Address { get; init; } = "";

    /// <summary>When it was stopped last; stays when it is activated again.</summary>
    public DateTimeOffset? StoppedAt { get; init; }

    /// <summary>Why it was stopped last, one line of plain text; at most 500 characters.</summary>
    public string? StoppedWhy { get; init; }

    /// <summary>When the admins had been told of that stop.</summary>
    public DateTimeOffset? ToldAt { get; init; }
}

/// <summary>What a channel wants to hear of a ring.</summary>
public enum Topic
{
    /// <summary>Cards of patches that concern the ring.</summary>
    Patches,

    /// <summary>The ring's windows.</summary>
    Announcements,
}

public sealed record Subscription(ChannelRef Channel, string Ring, Topic Topic);

public interface IChannelStore
{
    /// <summary>Adds an active channel, or replaces the name and address of one; it never stops one or activates it again.</summary>
    Task SaveAsync(Channel channel, CancellationToken cancellationToken);

    Task<Channel?> FindAsync(ChannelRef channel, CancellationToken cancellationToken);

    Task<IReadOnlyList<Channel>> ListAsync(string platform, CancellationToken cancellationToken);

    /// <summary>Stops an active channel; the admins have not been told then.</summary>
    /// <param name="why">One line of plain text; shortened to 500 characters.</param>
    /// <returns><see langword="false"/> when there is no such channel, or it is stopped already.</returns>
    Task<bool> StopAsync(ChannelRef channel, DateTimeOffset at, string why, CancellationToken cancellationToken);

    /// <returns><see langword="false"/> when there is no such channel, or it is active already.</returns>
    Task<bool> ActivateAsync(ChannelRef channel, CancellationToken cancellationToken);

    /// <summary>Stopped channels of every platform, in the order of platform and name.</summary>
    Task<IReadOnlyList<Channel>> StoppedAsync(CancellationToken cancellationToken);

    /// <summary>Channels whose last stop was at this instant, whether or not they are active again.</summary>
    Task<IReadOnlyList<Channel>> StoppedAtAsync(DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Stopped channels of which the admins have not been told, the latest stop first.</summary>
    Task<IReadOnlyList<Channel>> UntoldAsync(int limit, CancellationToken cancellationToken);

    /// <summary>The admins have been told of the stop at <paramref name="stoppedAt"/>.</summary>
    /// <returns><see langword="false"/> when somebody said so before, or that stop is over.</returns>
    Task<bool> ToldAsync(ChannelRef channel, DateTimeOffset stoppedAt, DateTimeOffset at, CancellationToken cancellationToken);

    /// <returns><see langword="false"/> when nothing changed.</returns>
    Task<bool> SubscribeAsync(Subscription subscription, CancellationToken cancellationToken);

    /// <returns><see langword="false"/> when nothing changed.</returns>
    Task<bool> UnsubscribeAsync(Subscription subscription, CancellationToken cancellationToken);

    /// <summary>All of them; for looking at the whole installation.</summary>
    Task<IReadOnlyList<Subscription>> SubscriptionsAsync(CancellationToken cancellationToken);

    /// <summary>Keys of the rings of which the channel hears this.</summary>
    Task<IReadOnlySet<string>> FollowedAsync(ChannelRef channel, Topic topic, CancellationToken cancellationToken);

    /// <summary>Channels that hear this of any of the rings, by ring.</summary>
    Task<ILookup<string, ChannelRef>> FollowersAsync(IReadOnlyCollection<string> rings, Topic topic, CancellationToken cancellationToken);
}

public interface IPostStore
{
    /// <summary>Wants a subject shown in a channel: adds the post, or counts its wanted version up.</summary>
    /// <param name="thread">Root message to reply under, for a new post.</param>
    Task WantAsync(ChannelRef channel, PostSubject subject, string? thread, CancellationToken cancellationToken);

    /// <summary>Counts the wanted version up wherever the subject is posted.</summary>
    Task RefreshAsync(PostSubject subject, CancellationToken cancellationToken);

    Task<Post?> FindAsync(long postId, CancellationToken cancellationToken);

    Task<Post?> FindAsync(ChannelRef channel, string message, CancellationToken cancellationToken);

    /// <summary>The post of a subject in one channel.</summary>
    Task<Post?> FindAsync(ChannelRef channel, PostSubject subject, CancellationToken cancellationToken);

    Task<IReadOnlyList<Post>> OfSubjectAsync(PostSubject subject, CancellationToken cancellationToken);

    /// <summary>
    /// Takes the lease of a channel that has posts to deliver, is active, and is leased by nobody. Where the last one ran out
    /// and was never given back, its owner may have sent what it did not note: the posts that are behind are in doubt then.
    /// </summary>
    /// <param name="platforms">Those that the process serves; channels of others are left to whoever serves them.</param>
    /// <param name="only">Lease this channel or none.</param>
    /// <returns><see langword="null"/> when there is none.</returns>
    Task<ChannelRef?> LeaseAsync(
        string owner, DateTimeOffset now, DateTimeOffset until, IReadOnlyCollection<string> platforms, ChannelRef? only, CancellationToken cancellationToken);

    /// <summary>Extends a lease that <paramref name="owner"/> still holds.</summary>
    /// <returns><see langword="false"/> when it was lost: stop writing to the channel.</returns>
    Task<bool> RenewAsync(ChannelRef channel, string owner, DateTimeOffset until, CancellationToken cancellationToken);

    /// <param name="notBefore">Leaves the channel alone until then (throttled); <see langword="null"/> when it may go on.</param>
    Task ReleaseAsync(ChannelRef channel, string owner, DateTimeOffset? notBefore, CancellationToken cancellationToken);

    /// <summary>How many posts of the channel wait to be delivered, whenever that may be.</summary>
    Task<int> WaitingAsync(ChannelRef channel, CancellationToken cancellationToken);

    /// <summary>Posts of the channel whose shown version is behind, oldest first.</summary>
    Task<IReadOnlyList<Post>> PendingAsync(ChannelRef channel, DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>Writes back what the channel shows now, beyond doubt; no message and content when there was nothing to show yet.</summary>
    Task ShownAsync(long postId, int version, string? message, string? content, CancellationToken cancellationToken);

    /// <summary>Notes a failed attempt; the post is not tried before <paramref name="notBefore"/>.</summary>
    /// <param name="uncertain">It may have created its message all the same: the post is in doubt from now on.</param>
    Task FailedAsync(long postId, string fault, DateTimeOffset notBefore, bool uncertain, CancellationToken cancellationToken);
}
