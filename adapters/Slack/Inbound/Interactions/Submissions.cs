using PatchBot.Adapters.Slack.Protocol;
using PatchBot.Adapters.Wire;
using PatchBot.Cards;
using PatchBot.Cards.BlockKit;
using PatchBot.Core.Conversation;
using PatchBot.Core.Record;

namespace PatchBot.Adapters.Slack.Inbound.Interactions;

/// <summary>Sent modals. What was refused stays open with what was typed; what was taken closes, and the person is told where they opened it.</summary>
internal sealed class Submissions(
    IConversation conversation, Actors actors, Acquaintances acquaintances, Answering answering, BackgroundTurns background, UnrecordedLog unrecorded)
{
    private const string TakesLonger = "This takes longer than usual. I will tell you what came of it; look before you send it again.";
    private const string Outdated = "This form is of another version of PatchBot, so nothing was recorded. Close it and open it anew.";
    private const string NotHere = "PatchBot is not installed here, or cannot write to you, so nothing was recorded.";

    /// <param name="patience">How long Slack may wait for what came of it.</param>
    public async Task<Acknowledgement> TakeAsync(Interaction told, TimeSpan patience)
    {
        if (told.View is not { CallbackId: BlockKitData.FormCallback } view)
        {
            return Acknowledgement.Empty;
        }

        if (OpenedFrom.Read(view.PrivateMetadata) is not { } opened || !SlackIds.IsOne(view.Id) || !SlackIds.IsOne(told.TriggerId)
            || BlockKitData.ReadInputs(view.State?.Values ?? default) is not { } inputs)
        {
            return Modals.Next(Modals.Text(Outdated));
        }

        var handling = HandleAsync(told, opened, DeliveryKeys.Form(view.Id, told.TriggerId), inputs);
        if (await background.WithinAsync(patience, async Task<Turn?> () => await handling, null) is { } turn)
        {
            return Acknowledge(turn, inputs, opened.Post);
        }

        background.Run("an answer on Slack", async () => await CompleteAsync(view.Id, await handling, opened.Post));
        return Modals.Next(Modals.Text(TakesLonger));
    }

    // The modal still says that it takes longer; whoever has closed it is told where they opened it.
    private async Task CompleteAsync(string view, Turn turn, long? post)
    {
        if (turn is not { Scene: { } scene, Answer: NoticeAnswer notice }
            || !await answering.ShownInAsync(scene, view, Modals.Text(notice.Text), CancellationToken.None))
        {
            await TellAsync(turn, post);
        }
    }

    private async Task<Turn> HandleAsync(Interaction told, OpenedFrom opened, string key, IReadOnlyDictionary<string, string> inputs)
    {
        Scene? scene = null;
        try
        {
            scene = await actors.SceneAsync(told, opened.Channel, CancellationToken.None);
            if (scene is null)
            {
                return new Turn(null, new NoticeAnswer(Tone.Warning, NotHere));
            }

            scene = scene with { Kind = opened.Kind, Message = opened.Message, Thread = opened.Thread };
            Meet(scene);
            return new Turn(scene, await conversation.HandleAsync(
                new ActionPressed(scene.Channel, scene.By, key, scene.Message ?? "", scene.Thread ?? scene.Message, opened.Form, inputs), CancellationToken.None));
        }
        catch (RecordUnavailableException fault)
        {
            unrecorded.Write("A form on Slack", key, fault);
            return new Turn(scene, new NoticeAnswer(Tone.Danger, Presses.NotRecorded));
        }
    }

    // As with a press. A form may be the first that is heard of a person since the program started.
    private void Meet(Scene scene) =>
        background.Run("an acquaintance on Slack", () => acquaintances.MeetAsync(scene, "", CancellationToken.None).AsTask());

    private Acknowledgement Acknowledge(Turn turn, IReadOnlyDictionary<string, string> inputs, long? post)
    {
        switch (turn)
        {
            case { Answer: NoticeAnswer { Tone: Tone.Warning or Tone.Danger } refused }:
                return inputs.Count == 0
                    ? Modals.Next(Modals.Text(refused.Text))
                    : Modals.Error(BlockKitData.BlockOf(refused.Field is { } field && inputs.ContainsKey(field) ? field : inputs.Keys.First()), refused.Text);
            case { Answer: FormAnswer next, Scene: { } scene }:
                return Modals.Next(Modals.Form(next.Form, OpenedFrom.Of(scene, next.Form, post)));
            default:
                background.Run("an answer on Slack", () => TellAsync(turn, post));
                return Acknowledgement.Empty;
        }
    }

    private Task TellAsync(Turn turn, long? post) =>
        turn.Scene is { } scene ? answering.GiveAsync(scene, turn.Answer, CancellationToken.None, post) : Task.CompletedTask;

    private sealed record Turn(Scene? Scene, Answer Answer);
}
