using PatchBot.Cards;
using PatchBot.Core.People;

namespace PatchBot.Core.Delivery;

/// <summary>
/// What a post shows, by name: <c>patch/KB5032196</c>, <c>report/17</c>, <c>announcement/8/start</c>. The first part
/// names the subject that draws the card; the rest is that subject's own key. At most 200 characters.
/// </summary>
public readonly record struct PostSubject(string Value)
{
    public string Kind => Value[..Value.IndexOf('/', StringComparison.Ordinal)];

    public string Key => Value[(Value.IndexOf('/', StringComparison.Ordinal) + 1)..];

    public static PostSubject Of(string kind, string key) => new($"{kind}/{key}");

    public override string ToString() => Value;
}

/// <summary>
/// A message that should exist in a channel: which version of its subject is wanted, and which version the
/// channel shows. Equal versions mean there is nothing to do.
/// </summary>
public sealed record Post(
    long Id,
    ChannelRef Channel,
    PostSubject Subject,
    int WantedVersion,
    int ShownVersion)
{
    /// <summary>The root message when the post is a reply in a thread.</summary>
    public string? Thread { get; init; }

    /// <summary>The platform's id of the message, once it exists.</summary>
    public string? Message { get; init; }

    /// <summary>Fingerprint of what the message shows, so that an unchanged card costs no edit.</summary>
    public string? ShownContent { get; init; }

    public int Attempts { get; init; }

    /// <summary>The message may exist although it is not noted: an attempt to create it ended without an answer, or its worker was killed.</summary>
    public bool Doubt { get; init; }
}

/// <summary>Draws the current card of one kind of subject.</summary>
public interface ICardSource
{
    /// <summary>The <see cref="PostSubject.Kind"/> that it draws.</summary>
    string Kind { get; }

    /// <returns><see langword="null"/> when the subject no longer exists; the post is then left as it is.</returns>
    Task<ChatCard?> DrawAsync(Record.IRecordSession session, PostSubject subject, ChannelRef channel, CancellationToken cancellationToken);
}

/// <summary>A chat platform, seen from the delivery worker.</summary>
public interface IChatPlatform
{
    /// <summary>The <see cref="ChannelRef.Platform"/> that it serves.</summary>
    string Name { get; }

    /// <summary>Creates a message.</summary>
    /// <param name="thread">Root message to reply under; <see langword="null"/> for a new message.</param>
    /// <param name="postId">Identifies the post: where the platform can tell, creating it again returns the message that exists.</param>
    /// <param name="doubt">See <see cref="Post.Doubt"/>: a platform that can look for the message must look before it creates one; without doubt there is none, and looking is waste.</param>
    /// <returns>The platform's id of the message; <see langword="null"/> when it took the message and did not say.</returns>
    /// <exception cref="DeliveryException">It could not be delivered; says whether trying again may help.</exception>
    /// <exception cref="DeliveryPostponedException">The channel has had all that its platform allows for now; nothing was sent.</exception>
    Task<string?> PostAsync(ChannelRef channel, string? thread, ChatCard card, long postId, bool doubt, CancellationToken cancellationToken);

    /// <summary>Replaces what a message shows.</summary>
    /// <param name="thread">Root message that it replies to; <see langword="null"/> when it is a root itself.</param>
    /// <param name="postId">The post that the message shows.</param>
    /// <exception cref="MessageGoneException">There is no such message any more.</exception>
    /// <exception cref="DeliveryException">It could not be delivered; says whether trying again may help.</exception>
    /// <exception cref="DeliveryPostponedException">As in <see cref="PostAsync"/>.</exception>
    Task EditAsync(MessageRef message, string? thread, ChatCard card, long postId, CancellationToken cancellationToken);

    /// <summary>Where the bot can write to a person alone; opens that chat if there is none yet.</summary>
    /// <returns><see langword="null"/> when there is no way: another platform's person, or one who has not met the bot.</returns>
    /// <exception cref="DeliveryException">The platform did not answer; asking again may help.</exception>
    Task<ChannelRef?> DirectAsync(PersonId person, CancellationToken cancellationToken);
}

/// <summary>A platform refused or did not answer.</summary>
/// <param name="permanent">Trying again cannot help (channel gone, bot removed): the channel stops and admins are told.</param>
/// <param name="retryAfter">The platform's own wish, when it gave one.</param>
/// <param name="uncertain">The message may be there all the same: the answer was lost, not the call.</param>
public class DeliveryException(
    string message, bool permanent, TimeSpan? retryAfter = null, Exception? cause = null, bool uncertain = false)
    : Exception(message, cause)
{
    public bool Permanent { get; } = permanent;

    public TimeSpan? RetryAfter { get; } = retryAfter;

    public bool Uncertain { get; } = uncertain;
}

/// <summary>The message to edit was deleted by someone: it is posted anew.</summary>
public sealed class MessageGoneException(string message, Exception? cause = null) : DeliveryException(message, permanent: false, cause: cause);

/// <summary>The platform's limits leave no room now: nothing was sent, nothing failed, and the channel waits alone.</summary>
/// <param name="wait">Until there is room again.</param>
public sealed class DeliveryPostponedException(TimeSpan wait) : Exception($"The platform's limits leave no room for {wait.TotalSeconds:0.0} s.")
{
    public TimeSpan Wait { get; } = wait;
}
