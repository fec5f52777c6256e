using System.Globalization;
using PatchBot.Adapters.WebChat.Live;
using PatchBot.Cards;
using PatchBot.Cards.PlainText;
using PatchBot.Core.Conversation;
using PatchBot.Core.Delivery;
using PatchBot.Core.People;
using PatchBot.Core.Record;

namespace PatchBot.Adapters.WebChat;

/// <summary>The chat's own messages: committed first, then shown to whoever listens.</summary>
internal sealed class ChatLog(IRecord record, LiveFeed feed, TimeProvider clock)
{
    /// <summary>Messages that one reading returns at most.</summary>
    public const int Longest = 1000;

    public Task<TranscriptMessage> SayAsync(ChannelRef channel, long? thread, Person author, string text, CancellationToken cancellationToken) =>
        AddAsync(New(channel, thread, author, text), cancellationToken);

    public Task<TranscriptMessage> ReplyAsync(ChannelRef channel, long thread, ChatCard card, CancellationToken cancellationToken) =>
        AddAsync(Card(channel, thread, card), cancellationToken);

    /// <summary>Shows a post; one that is there already is brought to this card, since it may have been drawn before a crash.</summary>
    public async Task<TranscriptMessage> PostAsync(ChannelRef channel, long? thread, ChatCard card, long postId, CancellationToken cancellationToken)
    {
        var wanted = Card(channel, thread, card) with { PostId = postId };
        var message = await record.WriteAsync(async (session, token) =>
        {
            var shown = await session.Transcript.AddAsync(wanted, token);

            // From the moment that people can reply to it, it is known what they reply to; which version it shows is written back later.
            await session.Posts.ShownAsync(postId, 0, shown.Id.ToString(CultureInfo.InvariantCulture), content: null, token);
            return shown.Card == wanted.Card ? shown : await session.Transcript.EditAsync(shown.Id, wanted.Text, wanted.Card, token) ?? shown;
        }, cancellationToken);
        feed.Show(message);
        return message;
    }

    /// <returns><see langword="null"/> when the message is gone.</returns>
    public Task<TranscriptMessage?> ShowAsync(long id, ChatCard card, CancellationToken cancellationToken) =>
        EditAsync(id, PlainTextRenderer.Render(card), CardJson.Write(card), cancellationToken);

    /// <returns><see langword="null"/> when the message is gone.</returns>
    public Task<TranscriptMessage?> RewriteAsync(long id, string text, CancellationToken cancellationToken) =>
        EditAsync(id, text, null, cancellationToken);

    public async Task RemoveAsync(TranscriptMessage message, CancellationToken cancellationToken)
    {
        await record.WriteAsync(async (session, token) =>
        {
            await session.Transcript.DeleteAsync(message.Id, token);
            return true;
        }, cancellationToken);
        feed.Remove(message);
    }

    /// <returns><see langword="null"/> when it does not exist or is deleted.</returns>
    public async Task<TranscriptMessage?> FindAsync(long id, CancellationToken cancellationToken) =>
        await record.ReadAsync((session, token) => session.Transcript.FindAsync(id, token), cancellationToken) is { Deleted: false } message ? message : null;

    public Task<IReadOnlyList<TranscriptMessage>> ReadAsync(ChannelRef channel, long after, int limit, CancellationToken cancellationToken) =>
        record.ReadAsync((session, token) => session.Transcript.ReadAsync(channel, after, limit, token), cancellationToken);

    /// <summary>What the bot shows in a thread, its root included.</summary>
    public async Task<IReadOnlyList<TranscriptMessage>> BotInThreadAsync(ChannelRef channel, long root, CancellationToken cancellationToken) =>
    [
        .. (await record.ReadAsync((session, token) => session.Transcript.ThreadAsync(channel, root, Longest, token), cancellationToken))
            .Where(message => message.Author == Person.Bot.Id.Value),
    ];

    private async Task<TranscriptMessage> AddAsync(TranscriptMessage message, CancellationToken cancellationToken)
    {
        var added = await record.WriteAsync((session, token) => session.Transcript.AddAsync(message, token), cancellationToken);
        feed.Show(added);
        return added;
    }

    private async Task<TranscriptMessage?> EditAsync(long id, string text, string? card, CancellationToken cancellationToken)
    {
        var edited = await record.WriteAsync((session, token) => session.Transcript.EditAsync(id, text, card, token), cancellationToken);
        if (edited is { Deleted: false })
        {
            feed.Show(edited);
        }

        return edited;
    }

    private TranscriptMessage Card(ChannelRef channel, long? thread, ChatCard card) =>
        New(channel, thread, Person.Bot, PlainTextRenderer.Render(card)) with { Card = CardJson.Write(card) };

    private TranscriptMessage New(ChannelRef channel, long? thread, Person author, string text) =>
        new(0, channel, thread, author.Id.Value, author.Name, text, Card: null, Version: 1, PostId: null, clock.GetUtcNow(), Deleted: false);
}
