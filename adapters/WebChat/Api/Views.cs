using System.Globalization;
using System.Text.Json;
using PatchBot.Cards;
using PatchBot.Cards.Html;
using PatchBot.Cards.PlainText;
using PatchBot.Core.Conversation;
using PatchBot.Core.People;

namespace PatchBot.Adapters.WebChat.Api;

internal sealed record ChannelView(string Id, string Name);

internal sealed record PersonView(string Id, string Name, string Role);

internal sealed record RemovedView(long Id, string Channel);

internal sealed record NoticeView(string Tone, string Text)
{
    public static NoticeView Of(Tone tone, string text) => new(JsonNamingPolicy.CamelCase.ConvertName(tone.ToString()), CleanText.Lines(text));
}

/// <summary>A message as the page and tests see it.</summary>
/// <param name="ThreadId">Root message; absent for a root.</param>
/// <param name="Author">The person's id in this chat; <c>patchbot</c> for the bot.</param>
/// <param name="Text">Plain text, cards included.</param>
/// <param name="Summary">One line, for previews and announcements.</param>
/// <param name="Html">Safe to set into a page.</param>
internal sealed record MessageView(
    long Id,
    long? ThreadId,
    string Channel,
    string Author,
    string AuthorName,
    bool Bot,
    string Text,
    string Summary,
    string Html,
    int Version,
    IReadOnlyList<ActionView> Actions,
    DateTimeOffset At)
{
    public static MessageView Of(TranscriptMessage message)
    {
        var card = CardOf(message);
        var bot = message.Author == Person.Bot.Id.Value;
        return new MessageView(
            message.Id,
            message.Thread,
            message.Channel.Id,
            bot ? "patchbot" : message.Author[(message.Author.LastIndexOf(':') + 1)..],
            message.AuthorName,
            bot,
            CleanText.Lines(message.Text),
            card is null ? CleanText.Line(message.Text) : PlainTextRenderer.Preview(card),
            card is null ? HtmlRenderer.Render(message.Text) : HtmlRenderer.Render(card),
            message.Version,
            card is null ? [] : ActionView.Of(card),
            message.At);
    }

    /// <returns><see langword="null"/> for words, and for a card that another version of this program stored: its words stay.</returns>
    public static ChatCard? CardOf(TranscriptMessage message)
    {
        try
        {
            return message.Card is null ? null : CardJson.Read(message.Card);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>What came of saying, editing, deleting or pressing.</summary>
/// <param name="Message">What was said or pressed, as it stands now.</param>
/// <param name="Answers">What the bot says in the thread, or changed there.</param>
/// <param name="Notice">For the caller alone; not kept.</param>
/// <param name="Form">Asked of the caller alone; sent as an action of the same message.</param>
internal sealed record AnswerView(MessageView? Message, IReadOnlyList<MessageView> Answers, NoticeView? Notice, FormView? Form);
