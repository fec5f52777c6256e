using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PatchBot.Cards;
using PatchBot.Core.Conversation;
using PatchBot.Core.Delivery;
using PatchBot.Core.Record;

namespace PatchBot.Adapters.WebChat.Api;

/// <summary>Takes what someone did to the bot, and gathers what came of it. Carried through even when the page is closed meanwhile.</summary>
internal sealed partial class Turns(IConversation conversation, IDelivery delivery, ChatLog log, ILogger<Turns> logger)
{
    /// <param name="root">The thread's root message.</param>
    /// <param name="pressed">The message that was pressed, which is no answer to itself.</param>
    public async Task<Turn> TakeAsync(ChatEvent chatEvent, long root, long? pressed = null)
    {
        Dictionary<long, int> before;
        Answer answer;
        try
        {
            before = (await log.BotInThreadAsync(chatEvent.Channel, root, CancellationToken.None)).ToDictionary(message => message.Id, message => message.Version);
            answer = await conversation.HandleAsync(chatEvent, CancellationToken.None);
        }
        catch (RecordUnavailableException fault)
        {
            LogNotRecorded(fault.Message, chatEvent.Channel, chatEvent.DeliveryKey);
            return Turn.NotRecorded;
        }

        try
        {
            var reply = answer is ReplyAnswer said ? await log.ReplyAsync(chatEvent.Channel, root, said.Card, CancellationToken.None) : null;
            await delivery.DeliverAsync(chatEvent.Channel, CancellationToken.None);
            var after = await log.BotInThreadAsync(chatEvent.Channel, root, CancellationToken.None);
            return new Turn(answer,
            [
                .. after.Where(message => message.Id != pressed && before.GetValueOrDefault(message.Id) != message.Version)
                    .OrderBy(message => message.Id == reply?.Id ? 0 : before.ContainsKey(message.Id) ? 2 : 1).ThenBy(message => message.Id),
            ]);
        }
        catch (RecordUnavailableException fault)
        {
            LogNotShown(fault.Message, chatEvent.Channel, chatEvent.DeliveryKey);
            delivery.Nudge();
            return new Turn(new NoticeAnswer(Tone.Warning, "It is recorded, but the database does not answer now, so the chat may lag behind. Reload the page shortly."), []);
        }
    }

    [LoggerMessage(7002, LogLevel.Error, "The event {DeliveryKey} in {Channel} was not recorded: {Reason}")]
    private partial void LogNotRecorded(string reason, ChannelRef channel, string deliveryKey);

    [LoggerMessage(7003, LogLevel.Error, "The event {DeliveryKey} in {Channel} was recorded, but what came of it could not be shown: {Reason}")]
    private partial void LogNotShown(string reason, ChannelRef channel, string deliveryKey);
}

/// <summary>What came of one event.</summary>
internal sealed record Turn(Answer? Answer, IReadOnlyList<TranscriptMessage> Messages)
{
    public static Turn NotRecorded { get; } = new(null, []);

    public bool Refused => Answer is null;

    /// <param name="notRecorded">The sentence for when it was not.</param>
    public IResult Result(MessageView? message, string notRecorded) => Refused
        ? Refusal.NotRecorded(notRecorded)
        : Results.Json(
            new AnswerView(
                message,
                [.. Messages.Select(MessageView.Of)],
                Answer is NoticeAnswer notice ? NoticeView.Of(notice.Tone, notice.Text) : null,
                Answer is FormAnswer form ? FormView.Of(form.Form) : null),
            WebChatJson.Default.AnswerView);
}
