using System.Text.Json;
using PatchBot.Adapters.Wire;
using PatchBot.Cards;
using PatchBot.Cards.AdaptiveCards;
using PatchBot.Core.Conversation;
using PatchBot.Core.Record;

namespace PatchBot.Adapters.Teams.Inbound;

/// <summary>Calls that are answered in their own response: presses, refreshes, dialogs.</summary>
internal sealed class Invokes(
    IConversation conversation,
    Acquaintances acquaintances,
    Answering answering,
    DuplicateWatch duplicates,
    Refreshes refreshes,
    BackgroundTurns background,
    UnrecordedLog unrecorded)
{
    // A dialog's client gives up after five seconds, a press's after ten to fifteen.
    private static readonly TimeSpan PressPatience = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan DialogPatience = TimeSpan.FromSeconds(4);

    private const string NotRecorded = "The database did not take this: nothing was recorded and nothing changed. Try again shortly.";
    private const string TakesLonger = "This takes longer than usual. The card will show whether it was recorded; look before you repeat it.";
    private const string Repeated = "This arrived before and was answered then; the card shows what came of it.";
    private const string InThread = "I answered in the thread.";

    /// <returns><see langword="null"/> for an invoke that the bot does not serve.</returns>
    public async Task<InvokeAnswer?> AnswerAsync(Scene scene)
    {
        // Who acts becomes known, but not while someone waits.
        background.Run("an acquaintance on Teams", () => acquaintances.MeetAsync(scene, CancellationToken.None));
        return scene.Activity.Name switch
        {
            "adaptiveCard/action" => await PressAsync(scene),
            "task/fetch" => await FetchAsync(scene),
            "task/submit" => await SubmitAsync(scene),
            _ => null,
        };
    }

    private async Task<InvokeAnswer> PressAsync(Scene scene)
    {
        if (scene.Activity.Value is not { } value || ForeignJson.Member(value, "action") is not { ValueKind: JsonValueKind.Object } action)
        {
            return InvokeAnswer.Error(400, "BadRequest", "The call holds no action.");
        }

        if (ForeignJson.Text(action, "type") != "Action.Execute")
        {
            return InvokeAnswer.Error(400, "NotSupported", "Only Action.Execute is served here.");
        }

        if (Press.Read(ForeignJson.Member(action, "data"), ForeignJson.Text(action, "verb")) is not { } press)
        {
            return InvokeAnswer.Error(400, "BadRequest", "This is no action of PatchBot's.");
        }

        duplicates.Seen(scene, press);
        return press.Verb switch
        {
            AdaptiveCardData.RefreshVerb => await background.WithinAsync(PressPatience, () => refreshes.AnswerAsync(scene, press), InvokeAnswer.Message(TakesLonger)),
            AdaptiveCardData.PressVerb or AdaptiveCardData.SubmitVerb when press.Action.Length > 0 => Say(scene, await TakeAsync(scene, press, PressPatience)),
            _ => InvokeAnswer.Error(400, "NotSupported", "This button is of another version of PatchBot. Use the card as it is now."),
        };
    }

    private async Task<InvokeAnswer> FetchAsync(Scene scene)
    {
        if (Press.Read(Data(scene), null) is not { } press)
        {
            return InvokeAnswer.DialogText("This is no form of PatchBot's.");
        }

        duplicates.Seen(scene, press);
        if (press.Form is { } form)
        {
            return InvokeAnswer.Dialog(form.Heading, TeamsCards.Dialog(form, press.Post));
        }

        return await TakeAsync(scene, press, DialogPatience) switch
        {
            { Answer: FormAnswer asked } => InvokeAnswer.Dialog(asked.Form.Heading, TeamsCards.Dialog(asked.Form, press.Post)),
            var turn => InvokeAnswer.DialogText(turn.Text),
        };
    }

    private async Task<InvokeAnswer> SubmitAsync(Scene scene)
    {
        if (Press.Read(Data(scene), null) is not { Action.Length: > 0 } press)
        {
            return InvokeAnswer.DialogText("This is no form of PatchBot's.");
        }

        var turn = await TakeAsync(scene, press, DialogPatience);
        if (turn.Answer is ReplyAnswer reply)
        {
            background.Run("an answer on Teams", () => answering.ReplyAsync(scene, reply.Card, CancellationToken.None));
        }

        return turn switch
        {
            { Answer: FormAnswer asked } => InvokeAnswer.Dialog(asked.Form.Heading, TeamsCards.Dialog(asked.Form, press.Post)),
            { Refused: true } when press.Form is { } form => InvokeAnswer.Dialog(form.Heading, TeamsCards.Dialog(form, press.Post, turn.Text, press.Inputs)),
            _ => InvokeAnswer.DialogText(turn.Text),
        };
    }

    private InvokeAnswer Say(Scene scene, Taken turn)
    {
        switch (turn.Answer)
        {
            case ReplyAnswer reply:
                background.Run("an answer on Teams", () => answering.ReplyAsync(scene, reply.Card, CancellationToken.None));
                return InvokeAnswer.Message(turn.Text);
            case FormAnswer asked:
                background.Run("a form on Teams", () => answering.OfferAsync(scene, asked.Form, CancellationToken.None));
                return InvokeAnswer.Message(turn.Text);
            default:
                return turn.Refused ? InvokeAnswer.Error(turn.Fault ? 500 : 400, turn.Fault ? "NotRecorded" : "Refused", turn.Text) : InvokeAnswer.Message(turn.Text);
        }
    }

    private Task<Taken> TakeAsync(Scene scene, Press press, TimeSpan patience) =>
        background.WithinAsync(patience, () => HandleAsync(scene.Pressed(press, press.Once is { } once ? $"form/{once}" : DeliveryKeys.Of(scene.Activity))), new Taken(null, TakesLonger));

    private async Task<Taken> HandleAsync(ActionPressed pressed)
    {
        try
        {
            var answer = await conversation.HandleAsync(pressed, CancellationToken.None);
            return answer switch
            {
                NoticeAnswer notice => new Taken(answer, notice.Text) { Refused = notice.Tone is Tone.Warning or Tone.Danger },
                ReplyAnswer => new Taken(answer, InThread),
                FormAnswer => new Taken(answer, "Fill in the form that I sent you."),
                _ => new Taken(answer, Repeated),
            };
        }
        catch (RecordUnavailableException fault)
        {
            unrecorded.Write("A press on Teams", pressed.DeliveryKey, fault);
            return new Taken(null, NotRecorded) { Refused = true, Fault = true };
        }
    }

    private static JsonElement? Data(Scene scene) =>
        scene.Activity.Value is { } value ? ForeignJson.Member(value, "data") : null;

    /// <param name="Text">What to say of it in a line.</param>
    private sealed record Taken(Answer? Answer, string Text)
    {
        public bool Refused { get; init; }

        public bool Fault { get; init; }
    }
}
