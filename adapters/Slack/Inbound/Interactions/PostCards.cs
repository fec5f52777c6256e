using PatchBot.Cards;
using PatchBot.Core.Delivery;
using PatchBot.Core.Record;

namespace PatchBot.Adapters.Slack.Inbound.Interactions;

/// <summary>The card of a post as it is now: for what a message had no room for.</summary>
internal sealed class PostCards(IRecord record, IEnumerable<ICardSource> sources)
{
    private readonly Dictionary<string, ICardSource> sources = sources.ToDictionary(source => source.Kind);

    /// <returns><see langword="null"/> when the channel does not show such a post, or its subject is gone.</returns>
    /// <exception cref="RecordUnavailableException">It cannot be drawn now.</exception>
    public Task<ChatCard?> DrawAsync(ChannelRef channel, long post, CancellationToken cancellationToken) => record.ReadAsync(
        async (session, token) =>

            // What a channel shows may be shown to whoever is in it; the id alone shows nothing.
            await session.Posts.FindAsync(post, token) is { } found && found.Channel == channel && sources.TryGetValue(found.Subject.Kind, out var source)
                ? await source.DrawAsync(session, found.Subject, channel, token)
                : null,
        cancellationToken);
}
