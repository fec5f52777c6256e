using PatchBot.Cards;
using PatchBot.Core.Approvals;
using PatchBot.Core.Conversation.Overviews;
using PatchBot.Core.Delivery;
using PatchBot.Core.Exports;
using PatchBot.Core.Record;
using PatchBot.Core.Relations;

namespace PatchBot.Core.Conversation;

/// <summary>
/// Finds out what an event means and brings it to the subject that it concerns, in one transaction. Commands are looked
/// for first; what is none may be a lab result.
/// </summary>
public sealed class Conversation(
    IRecord record,
    IDemo demo,
    DecisionTalk decisions,
    PrerequisiteTalk prerequisites,
    FollowTalk following,
    OverviewTalk overviews,
    LabTalk lab,
    LinkTalk linking,
    ExportTalk exports,
    ChannelTalk channels,
    IDelivery delivery,
    RightOfWay people,
    TimeProvider clock) : IConversation
{
    public async Task<Answer> HandleAsync(ChatEvent chatEvent, CancellationToken cancellationToken)
    {
        // The demo is a whole import with transactions of its own, so it cannot run inside one.
        if (chatEvent is MessagePosted { ToBot: true, IsLate: false } said && CommandReader.Read(said.Text, mentioned: true) is DemoCommand && await demo.IsOfferedAsync(said.Channel, cancellationToken))
        {
            return await TakeAsync(said, cancellationToken) ? await demo.PlayAsync(said.Channel, said.By, cancellationToken) : Answer.Repeated;
        }

        var answer = await TurnAsync(chatEvent, cancellationToken);
        delivery.Nudge();
        return answer;
    }

    // Cards stand back until it is answered.
    private async Task<Answer> TurnAsync(ChatEvent chatEvent, CancellationToken cancellationToken)
    {
        people.TurnBegins();
        try
        {
            return await record.WriteAsync(
                async (session, token) => await session.Inbox.TryTakeAsync(chatEvent.Channel.Platform, chatEvent.DeliveryKey, clock.GetUtcNow(), token)
                    ? await AnswerAsync(session, chatEvent, token)
                    : Answer.Repeated,
                cancellationToken);
        }
        finally
        {
            people.TurnEnds();
        }
    }

    private Task<bool> TakeAsync(ChatEvent chatEvent, CancellationToken cancellationToken) => record.WriteAsync(
        (session, token) => session.Inbox.TryTakeAsync(chatEvent.Channel.Platform, chatEvent.DeliveryKey, clock.GetUtcNow(), token), cancellationToken);

    private async Task<Answer> AnswerAsync(IRecordSession session, ChatEvent chatEvent, CancellationToken cancellationToken) => chatEvent switch
    {
        MessagePosted said => await SaidAsync(session, said, cancellationToken),
        ActionPressed pressed => await PressedAsync(session, pressed, cancellationToken),
        MessageEdited edited => await lab.EditedAsync(session, edited, await ThreadAsync(session, edited.Channel, edited.Thread, cancellationToken), cancellationToken),
        ResultAsked asked => await lab.AskedAsync(session, asked, await ThreadAsync(session, asked.Channel, asked.Thread ?? asked.Message, cancellationToken), cancellationToken),
        MessageDeleted deleted => await lab.DeletedAsync(session, deleted, cancellationToken),
        ChannelOpened or ChannelClosed or ChannelRenamed => await channels.HappenedAsync(session, chatEvent, cancellationToken),
        _ => throw new NotSupportedException($"'{chatEvent.GetType().Name}' is an event that nobody handles; teach {nameof(Conversation)} its kind."),
    };

    private async Task<Answer> SaidAsync(IRecordSession session, MessagePosted said, CancellationToken cancellationToken)
    {
        var thread = await ThreadAsync(session, said.Channel, said.Thread, cancellationToken);
        var answer = CommandReader.Read(said.Text, said.ToBot) switch
        {
            DecideCommand decide => await decisions.SaidAsync(session, said, decide, thread, cancellationToken),
            ConfirmCommand confirm => await prerequisites.SaidAsync(session, said, confirm, thread, cancellationToken),
            FollowCommand or LinkPeopleCommand or UnlinkCommand or DemoCommand when said is { ToBot: true, IsLate: true } => LateTalk.Undecided,
            FollowCommand follow when said.ToBot => await following.SaidAsync(session, said, follow, cancellationToken),
            StatusCommand status when said.ToBot => new ReplyAnswer(await overviews.StatusAsync(session, status.Patch, cancellationToken)),
            WaitingCommand when said.ToBot => new ReplyAnswer(await overviews.WaitingAsync(session, said.By, said.Alone, cancellationToken)),
            WindowsCommand when said.ToBot => new ReplyAnswer(await overviews.WindowsAsync(session, cancellationToken)),
            RecordCommand when said.ToBot => await lab.OfferAsync(session, said.Channel, thread, cancellationToken),

            // A code is a code whoever is meant, so that one that others can read is worth nothing at once.
            LinkCommand when said is { Alone: true, IsLate: true } => LateTalk.Undecided,
            LinkCommand link when said.ToBot || link.Code.Length > 0 => await linking.SaidAsync(session, said, link, cancellationToken),
            LinkPeopleCommand link when said.ToBot => await linking.SaidAsync(session, said, link, cancellationToken),
            UnlinkCommand unlink when said.ToBot => await linking.SaidAsync(session, said, unlink, cancellationToken),
            WhoAmICommand when said.ToBot => await linking.WhoAmIAsync(session, said, cancellationToken),
            ExportCommand export when said.ToBot => await exports.AskedAsync(session, export.Patch, cancellationToken),
            HelpCommand when said.ToBot => new ReplyAnswer(OverviewTalk.Help),
            DemoCommand when said.ToBot => new NoticeAnswer(Tone.Neutral, "The demo is shown only where nothing is configured yet."),
            _ => null,
        };
        return answer ?? await lab.SaidAsync(session, said, thread, cancellationToken);
    }

    private async Task<Answer> PressedAsync(IRecordSession session, ActionPressed pressed, CancellationToken cancellationToken)
    {
        if (DecisionAction.TryRead(pressed.Action, pressed.Inputs, out var decision))
        {
            return await decisions.PressedAsync(session, pressed, decision, cancellationToken);
        }

        if (ConfirmForm.PatchOf(pressed.Action) is { } patch)
        {
            return await prerequisites.PressedAsync(session, pressed, patch, cancellationToken);
        }

        return await lab.PressedAsync(session, pressed, cancellationToken)
            ?? new NoticeAnswer(Tone.Warning, "This button is from an older version of the card; nothing was recorded. Use the card as it is now.");
    }

    private static async Task<Post?> ThreadAsync(IRecordSession session, ChannelRef channel, string? thread, CancellationToken cancellationToken) =>
        thread is null ? null : await session.Posts.FindAsync(channel, thread, cancellationToken);
}
