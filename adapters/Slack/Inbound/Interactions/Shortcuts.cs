using PatchBot.Adapters.Slack.Protocol;
using PatchBot.Adapters.Wire;
using PatchBot.Cards;
using PatchBot.Core.Conversation;
using PatchBot.Core.Record;

namespace PatchBot.Adapters.Slack.Inbound.Interactions;

/// <summary>"Record lab result" from Slack's own menus: of anywhere, or of a message that reports one.</summary>
internal sealed class Shortcuts(
    IConversation conversation, Actors actors, Acquaintances acquaintances, Answering answering, BackgroundTurns background, UnrecordedLog unrecorded)
{
    /// <summary>As the app's manifest names them.</summary>
    public const string RecordResult = "record_lab_result", RecordMessage = "record_as_lab_result";

    public async Task<Acknowledgement> TakeAsync(Interaction told)
    {
        if (!SlackIds.IsOne(told.TriggerId) || told is not ({ Type: "shortcut", CallbackId: RecordResult } or { Type: "message_action", CallbackId: RecordMessage }))
        {
            return Acknowledgement.Empty;
        }

        var (message, channel) = told.Type == "message_action" ? (told.Message, told.Channel?.Id) : (null, null);
        Scene? scene = null;
        try
        {
            scene = await actors.SceneAsync(told, channel, CancellationToken.None);
            if (scene is not null)
            {
                scene = scene.Channel.Id == channel ? Placed(scene, message) : scene;
                await acquaintances.MeetAsync(scene, ChannelNames.Clean(told.Channel?.Name), CancellationToken.None);
                await AskAsync(told, message, scene);
            }
        }
        catch (RecordUnavailableException fault)
        {
            unrecorded.Write("A shortcut on Slack", told.TriggerId, fault);
            if (scene is not null)
            {
                Show(scene, Presses.NotRecorded);
            }
        }

        return Acknowledgement.Empty;
    }

    private static Scene Placed(Scene scene, SlackEvent? message) => message is { Ts: var ts, ThreadTs: var root } && SlackIds.IsOne(ts)
        ? scene with { Message = ts, Thread = SlackIds.IsOne(root) && root != ts ? root : null }
        : scene;

    private async Task AskAsync(Interaction told, SlackEvent? message, Scene scene)
    {
        var text = message?.Text is { } said ? Mentions.Strip(said, scene.Workspace.BotUser) : "";
        var answer = await conversation.HandleAsync(
            new ResultAsked(scene.Channel, scene.By, DeliveryKeys.Shortcut(told.TriggerId!), scene.Message, scene.Thread, text), CancellationToken.None);
        if (answer is NoticeAnswer notice)
        {
            Show(scene, notice.Text);
        }
        else
        {
            background.Run("a form on Slack", () => answering.GiveAsync(scene, answer, CancellationToken.None));
        }
    }

    // The menu may have been opened where the bot cannot write.
    private void Show(Scene scene, string text) =>
        background.Run("an answer on Slack", () => answering.ShowAsync(scene, Modals.Text(text), Sayings.Of(text), CancellationToken.None));
}
