using System.Security.Cryptography;
using System.Text;
using PatchBot.Cards;
using PatchBot.Core.Delivery;
using PatchBot.Core.Lab;
using PatchBot.Core.Patches;
using PatchBot.Core.Record;
using PatchBot.Core.Rollouts;

namespace PatchBot.Core.Conversation;

/// <summary>Lab results as people give them: replies, their edits and deletions, the card's form, Undo and Change.</summary>
public sealed class LabTalk(LabDesk desk, RolloutReview review)
{
    /// <summary>The form for the patch whose card is replied to.</summary>
    public static Answer Offer(Post? thread) => PatchOf(thread) is { } patch
        ? new FormAnswer(LabForm.For(patch))
        : new NoticeAnswer(Tone.Warning, "Ask for the form in the thread of a patch's card, so that it is clear which patch you mean.");

    public async Task<Answer> SaidAsync(IRecordSession session, MessagePosted said, Post? thread, CancellationToken cancellationToken)
    {
        var patch = PatchOf(thread);
        var among = patch is null && !said.ToBot;
        var reading = Concerning(await LabDesk.ReadAsync(session, said.Text, patch, cancellationToken), among);
        var answer = await desk.ReportAsync(
            session, new MessageRef(said.Channel, said.Message), said.Thread, said.By, said.Text, patch, reading, cancellationToken);
        return await HeardAsync(session, answer, among, cancellationToken);
    }

    public async Task<Answer> EditedAsync(IRecordSession session, MessageEdited edited, Post? thread, CancellationToken cancellationToken)
    {
        var patch = PatchOf(thread);
        var among = patch is null && !edited.ToBot;
        var reading = Concerning(await LabDesk.ReadAsync(session, edited.Text, patch, cancellationToken), among);
        var answer = await desk.EditedAsync(
            session, new MessageRef(edited.Channel, edited.Message), edited.Thread, edited.By, edited.Text, patch, reading, cancellationToken);
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
