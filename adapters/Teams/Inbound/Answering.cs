using Microsoft.Extensions.Logging;
using PatchBot.Adapters.Teams.Outbound;
using PatchBot.Adapters.Teams.Protocol;
using PatchBot.Cards;
using PatchBot.Cards.PlainText;
using PatchBot.Core.Conversation;
using PatchBot.Core.Delivery;

namespace PatchBot.Adapters.Teams.Inbound;

/// <summary>
/// Says in the chat what came of a turn: to everyone in the thread, or to the person alone, by the most private way that
/// works there.
/// </summary>
internal sealed partial class Answering(IConnector connector, ILogger<Answering> logger)
{
    private const string NotInPrivate = "I could not answer you in private here. Add the app for yourself and ask me again.";

    // Someone waits for it, but it is better late than not said.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public Task GiveAsync(Scene scene, Answer answer, CancellationToken cancellationToken) => answer switch
    {
        ReplyAnswer reply when scene.IsPrivate => TellAsync(scene, Card(reply.Card), cancellationToken),
        ReplyAnswer reply => ReplyAsync(scene, Card(reply.Card), cancellationToken),
        NoticeAnswer notice => TellAsync(scene, OutboundMessage.OfText(notice.Text), cancellationToken),
        FormAnswer form => OfferAsync(scene, form.Form, cancellationToken),
        _ => Task.CompletedTask,
    };

    /// <summary>A form as a message, for clients that open no dialogs.</summary>
    public Task OfferAsync(Scene scene, CardForm form, CancellationToken cancellationToken) =>
        TellAsync(scene, OutboundMessage.OfCard(TeamsCards.Form(form), form.Heading), cancellationToken);

    /// <summary>For everyone, in the thread.</summary>
    public Task ReplyAsync(Scene scene, ChatCard card, CancellationToken cancellationToken) => ReplyAsync(scene, Card(card), cancellationToken);

    /// <summary>
    /// For the person alone: whispered in the thread, else in the chat with the person; only where neither is possible, aloud,
    /// and then nothing of what was asked in private.
    /// </summary>
    public async Task TellAsync(Scene scene, OutboundMessage message, CancellationToken cancellationToken)
    {
        if (scene.Address.Kind != ConversationKind.Personal)
        {
            if (await TriedAsync(scene, () => connector.WhisperAsync(scene.Address, scene.ThreadOfAnswer, scene.Person.Id, message, cancellationToken))
                || await TriedAsync(scene, () => TellAloneAsync(scene, message, cancellationToken)))
            {
                return;
            }

            if (scene.IsPrivate)
            {
                message = OutboundMessage.OfText(NotInPrivate);
            }

            message = message.Text.Length > 0 ? OutboundMessage.OfText($"{scene.By.Name}: {message.Text}") : message;
        }

        await ReplyAsync(scene, message, cancellationToken);
    }

    private async Task<bool> TellAloneAsync(Scene scene, OutboundMessage message, CancellationToken cancellationToken)
    {
        if (await connector.OpenDirectAsync(scene.Person, cancellationToken) is not { } chat)
        {
            return false;
        }

        var address = scene.Address with { Kind = ConversationKind.Personal, TeamId = null };
        await connector.SendAsync(address, ConversationId.Read(chat), message, Patience, cancellationToken);
        return true;
    }

    // One way that fails leaves the next: an answer that somebody waits for must not be lost with it.
    private async Task<bool> TriedAsync(Scene scene, Func<Task<bool>> way)
    {
        try
        {
            return await way();
        }
        catch (Exception fault) when (fault is DeliveryException or DeliveryPostponedException)
        {
            LogNotAlone(scene.By.Id.Value, fault.Message);
            return false;
        }
    }

    private Task<string?> ReplyAsync(Scene scene, OutboundMessage message, CancellationToken cancellationToken) =>
        connector.SendAsync(scene.Address, scene.ThreadOfAnswer, message, Patience, cancellationToken);

    private static OutboundMessage Card(ChatCard card) => OutboundMessage.OfCard(TeamsCards.Reply(card), PlainTextRenderer.Preview(card));

    [LoggerMessage(7111, LogLevel.Debug, "One way to answer {Person} alone failed, so the next is tried: {Reason}")]
    private partial void LogNotAlone(string person, string reason);
}
