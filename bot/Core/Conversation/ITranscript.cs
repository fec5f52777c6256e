using PatchBot.Core.Delivery;

namespace PatchBot.Core.Conversation;

/// <summary>A message of a chat that PatchBot itself hosts (the web chat).</summary>
/// <param name="Thread">Root message id; <see langword="null"/> for a root.</param>
/// <param name="Author">Person id; <see cref="People.Person.Bot"/> for the bot's own.</param>
/// <param name="Text">Plain text; for cards the text a screen reader hears.</param>
/// <param name="Card">The card as the platform stores it (JSON); <see langword="null"/> for what people write.</param>
/// <param name="Version">Counts edits, from 1.</param>
/// <param name="PostId">The post that it shows, unique; <see langword="null"/> for messages that are no post.</param>
public sealed record TranscriptMessage(
    long Id,
    ChannelRef Channel,
    long? Thread,
    string Author,
    string AuthorName,
    string Text,
    string? Card,
    int Version,
    long? PostId,
    DateTimeOffset At,
    bool Deleted);

public interface ITranscript
{
    /// <summary>Adds a message; its id is given here. With a <see cref="TranscriptMessage.PostId"/> that exists, returns the one that exists.</summary>
    Task<TranscriptMessage> AddAsync(TranscriptMessage message, CancellationToken cancellationToken);

    Task<TranscriptMessage?> FindAsync(long id, CancellationToken cancellationToken);

    /// <summary>Replaces text and card and counts the version up; ids and authors stay.</summary>
    Task<TranscriptMessage?> EditAsync(long id, string text, string? card, CancellationToken cancellationToken);

    Task DeleteAsync(long id, CancellationToken cancellationToken);

    /// <summary>A root message and the newest <paramref name="limit"/> replies to it, oldest first, deleted ones left out.</summary>
    Task<IReadOnlyList<TranscriptMessage>> ThreadAsync(ChannelRef channel, long root, int limit, CancellationToken cancellationToken);

    /// <summary>The newest <paramref name="limit"/> messages of a channel with an id above <paramref name="after"/>, oldest first, deleted ones left out.</summary>
    Task<IReadOnlyList<TranscriptMessage>> ReadAsync(ChannelRef channel, long after, int limit, CancellationToken cancellationToken);
}
