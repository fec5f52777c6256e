using System.Collections.ObjectModel;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using PatchBot.Adapters.Slack.Protocol;
using PatchBot.Adapters.Wire;
using PatchBot.Cards;
using PatchBot.Cards.BlockKit;
using PatchBot.Core.Conversation;
using PatchBot.Core.Record;

namespace PatchBot.Adapters.Slack.Inbound.Interactions;

/// <summary>Buttons. Slack is answered once what was pressed is recorded; forms and details open meanwhile.</summary>
internal sealed partial class Presses(
    IConversation conversation,
    Actors actors,
    Acquaintances acquaintances,
    Answering answering,
    PostCards cards,
    BackgroundTurns background,
    UnrecordedLog unrecorded,
    TimeProvider clock,
    ILogger<Presses> logger)
{
    public const string NotRecorded = "The database did not take this: nothing was recorded and nothing changed. Try again shortly.";

    private const string NotShown = "The database does not answer, so this cannot be shown. Try again shortly.";
    private const string Gone = "This card is not kept any more. Ask with: status";

    private readonly SparingLog<string> sparing = new(clock);

    public async Task<Acknowledgement> TakeAsync(Interaction told)
    {
        if (PressIn(told) is not { Kind: not ButtonKind.Link } press)
        {
            return Acknowledgement.Empty;
        }

        try
        {
            if (await SceneAsync(told) is { Trigger: not null } scene)
            {
                await PressedAsync(told, scene, press);
            }
            else if (sparing.MayWrite("nobody", out var silent))
            {
                LogNobody(silent);
            }
        }
        catch (RecordUnavailableException fault)
        {
            // Not even who pressed where could be looked up, so nobody can be told.
            unrecorded.Write("A press on Slack", told.TriggerId, fault);
        }

        return Acknowledgement.Empty;
    }

    private async ValueTask<Scene?> SceneAsync(Interaction told)
    {
        var container = told.Container;
        if (await actors.SceneAsync(told, container?.ChannelId ?? told.Channel?.Id, CancellationToken.None) is not { } scene)
        {
            return null;
        }

        var message = container?.MessageTs ?? told.Message?.Ts;
        var thread = container?.ThreadTs ?? told.Message?.ThreadTs;
        return scene with
        {
            Message = SlackIds.IsOne(message) ? message : null,
            Thread = SlackIds.IsOne(thread) && thread != message ? thread : null,
        };
    }

    private async Task PressedAsync(Interaction told, Scene scene, ButtonPress press)
    {
        // Who acts becomes known, but not while someone waits.
        background.Run("an acquaintance on Slack", () => acquaintances.MeetAsync(scene, ChannelNames.Clean(told.Channel?.Name), CancellationToken.None).AsTask());
        switch (press.Kind)
        {
            case ButtonKind.Details:
                background.Run("details on Slack", () => DetailAsync(scene, press));
                break;
            case ButtonKind.Form:
                background.Run("a form on Slack", () => OfferAsync(scene, press));
                break;
            case ButtonKind.Press or ButtonKind.Opens:
                await RecordAsync(scene, press);
                break;
        }
    }

    private async Task RecordAsync(Scene scene, ButtonPress press)
    {
        var key = DeliveryKeys.Press(scene.Trigger!);
        var pressed = new ActionPressed(
            scene.Channel, scene.By, key, scene.Message ?? "", scene.Thread ?? scene.Message, press.Action, ReadOnlyDictionary<string, string>.Empty);
        Answer answer;
        try
        {
            answer = await conversation.HandleAsync(pressed, CancellationToken.None);
        }
        catch (RecordUnavailableException fault)
        {
            unrecorded.Write("A press on Slack", key, fault);
            answer = new NoticeAnswer(Tone.Danger, NotRecorded);
        }

        background.Run("an answer on Slack", () => answering.GiveAsync(scene, answer, CancellationToken.None, press.Post));
    }

    private async Task OfferAsync(Scene scene, ButtonPress press)
    {
        try
        {
            var form = press.Form ?? (press.Post is { } post && await cards.DrawAsync(scene.Channel, post, CancellationToken.None) is { } card
                ? BlockKitData.FormOn(card, press.Action)
                : null);
            await (form is null
                ? answering.TellAsync(scene, Gone, CancellationToken.None)
                : answering.OfferAsync(scene, form, press.Post, CancellationToken.None));
        }
        catch (RecordUnavailableException)
        {
            await answering.TellAsync(scene, NotShown, CancellationToken.None);
        }
    }

    private async Task DetailAsync(Scene scene, ButtonPress press)
    {
        try
        {
            await (press.Post is { } post && await cards.DrawAsync(scene.Channel, post, CancellationToken.None) is { } card
                ? answering.ShowAsync(scene, BlockKitRenderer.Details(card), Sayings.Of(card), CancellationToken.None)
                : answering.TellAsync(scene, Gone, CancellationToken.None));
        }
        catch (RecordUnavailableException)
        {
            await answering.TellAsync(scene, NotShown, CancellationToken.None);
        }
    }

    // Slack sends the one element that was used.
    private static ButtonPress? PressIn(Interaction told) =>
        told.Actions is { ValueKind: JsonValueKind.Array } actions && actions.GetArrayLength() > 0 ? BlockKitData.Read(actions[0]) : null;

    [LoggerMessage(7232, LogLevel.Warning, "A press says not who acted and where, or the bot is not installed there; it is left alone ({Silent} more since the last line)")]
    private partial void LogNobody(int silent);
}
