using System.Security.Cryptography;
using System.Text;
using PatchBot.Cards;
using PatchBot.Core.Conversation.Overviews;
using PatchBot.Core.Delivery;
using PatchBot.Core.Lab;
using PatchBot.Core.Lab.Reading;
using PatchBot.Core.Patches;
using PatchBot.Core.Record;
using PatchBot.Core.Rollouts;

namespace PatchBot.Core.Conversation;

/// <summary>Lab results as people give them: replies, their edits and deletions, the card's form, Undo and Change.</summary>
public sealed class LabTalk(LabDesk desk, RolloutReview review, Waiting waiting)
{
    private static readonly NoticeAnswer NotUnderstood = new(Tone.Neutral, "I did not understand that, so nothing was recorded. Write help to see what I understand.");

    /// <summary>The form for the patch whose card is replied to; elsewhere one that asks which patch.</summary>
    public async Task<Answer> OfferAsync(IRecordSession session, ChannelRef channel, Post? thread, CancellationToken cancellationToken) =>
        new FormAnswer(PatchOf(thread) is { } patch ? LabForm.For(patch) : await AskingAsync(session, channel, LabReading.None, "", cancellationToken));

    /// <summary>The form for a message in hand, filled with what it says. What it says of another patch is that patch's.</summary>
    public async Task<Answer> AskedAsync(IRecordSession session, ResultAsked asked, Post? thread, CancellationToken cancellationToken)
    {
        var patch = PatchOf(thread);
        var reading = await LabDesk.ReadAsync(session, asked.Text, patch, cancellationToken);
        var said = asked.Text.Length <= ReplyText.Longest ? ReplyText.Of(asked.Text).Plain : "";
        var meant = reading is ResultsReading results && results.Results.Select(result => result.Patch).Distinct().ToList() is [var named] ? named : patch;
        return new FormAnswer(meant is { } known ? LabForm.Filled(known, reading, said) : await AskingAsync(session, asked.Channel, reading, said, cancellationToken));
    }

    public async Task<Answer> SaidAsync(IRecordSession session, MessagePosted said, Post? thread, CancellationToken cancellationToken)
    {
        var patch = PatchOf(thread);
        var among = patch is null && !said.ToBot;
        var reading = Concerning(await LabDesk.ReadAsync(session, said.Text, patch, cancellationToken), among);
        var answer = await desk.ReportAsync(
            session, new MessageRef(said.Channel, said.Message), said.Thread, said.By, said.Text, patch, reading, said.WrittenAt, cancellationToken);

        // Among people silence is an answer; who speaks to the bot waits for one.
        return answer is LabSilent && said is { ToBot: true, IsLate: false } ? NotUnderstood : await HeardAsync(session, answer, among, cancellationToken);
    }

    public async Task<Answer> EditedAsync(IRecordSession session, MessageEdited edited, Post? thread, CancellationToken cancellationToken)
    {
        var patch = PatchOf(thread);
        var among = patch is null && !edited.ToBot;
        var reading = Concerning(await LabDesk.ReadAsync(session, edited.Text, patch, cancellationToken), among);
        var answer = await desk.EditedAsync(
            session, new MessageRef(edited.Channel, edited.Message), edited.Thread, edited.By, edited.Text, patch, reading, edited.WrittenAt, cancellationToken);
        return await HeardAsync(session, answer, among, cancellationToken);
    }

    public async Task<Answer> DeletedAsync(IRecordSession session, MessageDeleted deleted, CancellationToken cancellationToken) =>
        await AnswerAsync(session, await desk.DeletedAsync(session, new MessageRef(deleted.Channel, deleted.Message), deleted.By, cancellationToken), cancellationToken);

    /// <returns><see langword="null"/> when the press is none of the lab's.</returns>
    public async Task<Answer?> PressedAsync(IRecordSession session, ActionPressed pressed, CancellationToken cancellationToken)
    {
        if (LabActions.TryPatch(pressed.Action, out var patch))
        {
            // The press is the origin: a card's message would make all of its forms one report.
            var origin = new MessageRef(pressed.Channel, PressOf(pressed.DeliveryKey));
            return await AnswerAsync(
                session,
                await desk.ReportFormAsync(session, origin, pressed.Thread ?? pressed.Message, pressed.By, patch, pressed.Inputs, cancellationToken),
                cancellationToken);
        }

        if (pressed.Action == LabActions.Record)
        {
            return await RecordedAsync(session, pressed, cancellationToken);
        }

        if (!LabActions.TryReport(pressed.Action, out var report))
        {
            return null;
        }

        var verb = pressed.Action[..pressed.Action.IndexOf('/', StringComparison.Ordinal)];
        var answer = verb switch
        {
            LabActions.UndoVerb => await desk.UndoAsync(session, report, pressed.By, cancellationToken),
            LabActions.ChangeVerb => await desk.ChangeFormAsync(session, report, pressed.By, cancellationToken),
            _ => await desk.ChangeAsync(session, report, pressed.By, pressed.Inputs, cancellationToken),
        };
        return await AnswerAsync(session, answer, cancellationToken);
    }

    private async Task<CardForm> AskingAsync(IRecordSession session, ChannelRef channel, LabReading reading, string said, CancellationToken cancellationToken)
    {
        var followed = await session.Channels.FollowedAsync(channel, Topic.Patches, cancellationToken);
        return LabForm.Asking(await waiting.ForLabAsync(session, followed, LabForm.MostPatches, cancellationToken), reading, said);
    }

    /// <summary>The form that asked which patch; its echo goes below that patch's card, where there is one.</summary>
    private async Task<Answer> RecordedAsync(IRecordSession session, ActionPressed pressed, CancellationToken cancellationToken)
    {
        var name = pressed.Inputs.GetValueOrDefault(LabForm.Patch, "").Trim();
        if (await session.Patches.FindByNameAsync(name, cancellationToken) is not { } patch)
        {
            return new NoticeAnswer(
                Tone.Warning, name.Length == 0 ? "Patch: say which one you tested; nothing was recorded." : "Patch: I don't know that one; nothing was recorded. Check the spelling.", LabForm.Patch);
        }

        var card = await session.Posts.FindAsync(pressed.Channel, PostSubject.Of(PatchCard.SubjectKind, patch.Id.Value), cancellationToken);
        var origin = new MessageRef(pressed.Channel, PressOf(pressed.DeliveryKey));
        return await AnswerAsync(
            session,
            await desk.ReportFormAsync(session, origin, card?.Message ?? pressed.Thread, pressed.By, patch.Id, pressed.Inputs, cancellationToken),
            cancellationToken);
    }

    // Outside of a card's thread people talk among themselves; only a clear report about a known patch concerns the bot.
    private static LabReading Concerning(LabReading reading, bool among) => among && reading is not ResultsReading ? LabReading.None : reading;

    // A delivery key may be as long as a message id, so there is no room for more.
    private static string PressOf(string deliveryKey) => deliveryKey.Length <= 190
        ? $"press:{deliveryKey}"
        : $"press:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(deliveryKey)))}";

    private static PatchId? PatchOf(Post? thread) =>
        thread is { Subject.Kind: PatchCard.SubjectKind } ? new PatchId(thread.Subject.Key) : null;

    /// <param name="among">People talk among themselves: whoever may not record is left alone.</param>
    private async Task<Answer> HeardAsync(IRecordSession session, LabAnswer heard, bool among, CancellationToken cancellationToken)
    {
        var answer = await AnswerAsync(session, heard, cancellationToken);

        // The echo in the thread says it to everyone, so nothing more is said to the one who wrote.
        return heard is LabRecorded || (among && heard is LabRefused) ? Answer.None : answer;
    }

    private async Task<Answer> AnswerAsync(IRecordSession session, LabAnswer answer, CancellationToken cancellationToken)
    {
        if (answer.Affected.Count > 0)
        {
            await review.ReviewTestedAsync(session, answer.Affected, cancellationToken);
        }

        return answer switch
        {
            LabRecorded recorded => new NoticeAnswer(Tone.Good, recorded.Text),
            LabEnded ended => new NoticeAnswer(Tone.Good, ended.Text),
            LabAsked asked => new ReplyAnswer(asked.Card),
            LabFormOffered offered => new FormAnswer(offered.Form),
            LabRefused refused => new NoticeAnswer(Tone.Warning, refused.Text, refused.Field),
            _ => Answer.None,
        };
    }
}
