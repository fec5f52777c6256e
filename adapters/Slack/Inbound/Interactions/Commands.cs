using PatchBot.Adapters.Slack.Outbound;
using PatchBot.Adapters.Slack.Protocol;
using PatchBot.Adapters.Wire;
using PatchBot.Cards;
using PatchBot.Core.Conversation;
using PatchBot.Core.Delivery;
using PatchBot.Core.Lab;
using PatchBot.Core.Record;
using PatchBot.Core.Rollouts;

namespace PatchBot.Adapters.Slack.Inbound.Interactions;

/// <summary>
/// The slash command: what follows it is said to the bot, where nobody else sees it. Lists and refusals answer the person
/// alone; a lab result counts as if it were said in the channel, and is echoed there.
/// </summary>
internal sealed class Commands(
    IConversation conversation,
    IRecord record,
    Actors actors,
    Acquaintances acquaintances,
    Answering answering,
    ISlackApi api,
    BackgroundTurns background,
    UnrecordedLog unrecorded)
{
    private const string NotHere = "PatchBot is not installed here, or cannot write to you, so nothing was recorded.";
    private const string Recorded = "Recorded. It stands in this channel.";

    private static readonly TimeSpan LinkPatience = TimeSpan.FromMilliseconds(500);

    /// <param name="patience">How long Slack may wait for the answer; later it comes by itself.</param>
    public async Task<Acknowledgement> TakeAsync(IReadOnlyDictionary<string, string> fields, TimeSpan patience)
    {
        if (!SlackIds.IsOne(fields.GetValueOrDefault("channel_id")) || !SlackIds.IsOne(fields.GetValueOrDefault("trigger_id")))
        {
            return Acknowledgement.Empty;
        }

        var handling = HandleAsync(fields);
        if (await background.WithinAsync(patience, async Task<Turn?> () => await handling, null) is { } turn)
        {
            return Acknowledge(turn);
        }

        background.Run("an answer on Slack", async () => await TellAsync(await handling));
        return Acknowledgement.Empty;
    }

    private async Task<Turn> HandleAsync(IReadOnlyDictionary<string, string> fields)
    {
        Scene? scene = null;
        try
        {
            scene = await actors.SceneAsync(InteractionOf(fields), fields["channel_id"], CancellationToken.None);
            if (scene is null)
            {
                return new Turn(null, new NoticeAnswer(Tone.Warning, NotHere));
            }

            scene = scene with { IsPrivate = true };
            return new Turn(scene, await SayAsync(scene, fields));
        }
        catch (RecordUnavailableException fault)
        {
            unrecorded.Write("A command on Slack", fields["trigger_id"], fault);
            return new Turn(scene, new NoticeAnswer(Tone.Danger, Presses.NotRecorded));
        }
    }

    private async Task<Answer> SayAsync(Scene scene, IReadOnlyDictionary<string, string> fields)
    {
        await acquaintances.MeetAsync(scene, ChannelNames.Clean(fields.GetValueOrDefault("channel_name")), CancellationToken.None);
        var key = DeliveryKeys.Command(fields["trigger_id"]);
        var text = Mentions.Strip(fields.GetValueOrDefault("text", ""), scene.Workspace.BotUser);

        // There is no message; the command takes its place.
        var said = new MessagePosted(scene.Channel, scene.By, key, key, null, text.Length > 0 ? text : "help", ToBot: true, Alone: scene.Kind == ConversationKind.Direct);
        var answer = await conversation.HandleAsync(said, CancellationToken.None);
        return answer is NoAnswer { IsRepeated: false } ? await SilenceAsync(scene, said) : answer;
    }

    // Silence says that a lab result was recorded and is echoed in the channel; who gives a command sees nothing of that.
    private async Task<Answer> SilenceAsync(Scene scene, MessagePosted said)
    {
        var card = await record.ReadAsync(
            async (session, token) => await session.Lab.FindReportAsync(new MessageRef(said.Channel, said.Message), token) is { } report
                ? await CardAsync(session, said.Channel, report, token)
                : null,
            CancellationToken.None);
        return card is not null && await LinkAsync(scene, card) is { } link
            ? new ReplyAnswer(new ChatCard { Title = "Recorded", Summary = "It stands in this channel.", Tone = Tone.Good, Body = [new TextBlock("It stands in this channel.")], Actions = [new LinkAction("Go to the patch's card", link)] })
            : new NoticeAnswer(Tone.Good, Recorded);
    }

    /// <summary>The message in the channel that shows the patch of a report.</summary>
    private static async Task<string?> CardAsync(IRecordSession session, ChannelRef channel, LabReport report, CancellationToken cancellationToken) =>
        await session.Lab.ResultsOfAsync(report.Id, cancellationToken) is [var first, ..]
            ? (await session.Posts.FindAsync(channel, PostSubject.Of(PatchCard.SubjectKind, first.Patch.Value), cancellationToken))?.Message
            : null;

    // A convenience: where Slack does not say it at once, it is left out.
    private async Task<Uri?> LinkAsync(Scene scene, string card)
    {
        try
        {
            return await background.WithinAsync(LinkPatience, () => api.PermalinkAsync(scene.Workspace.Id, scene.Channel.Id, card, CancellationToken.None), null);
        }
        catch (Exception fault) when (fault is DeliveryException or DeliveryPostponedException)
        {
            return null;
        }
    }

    private Acknowledgement Acknowledge(Turn turn)
    {
        switch (turn.Answer)
        {
            case NoticeAnswer notice:
                return Modals.Message(Sayings.Of(notice.Text));
            case ReplyAnswer reply:
                return Modals.Message(Sayings.Of(reply.Card));
            default:
                background.Run("an answer on Slack", () => TellAsync(turn));
                return Acknowledgement.Empty;
        }
    }

    private Task TellAsync(Turn turn) => turn.Scene is { } scene ? answering.GiveAsync(scene, turn.Answer, CancellationToken.None) : Task.CompletedTask;

    private static Interaction InteractionOf(IReadOnlyDictionary<string, string> fields) => new()
    {
        Team = new Named { Id = fields.GetValueOrDefault("team_id") },
        Enterprise = fields.GetValueOrDefault("enterprise_id") is { Length: > 0 } enterprise ? new Named { Id = enterprise } : null,
        User = new Actor { Id = fields.GetValueOrDefault("user_id"), TeamId = fields.GetValueOrDefault("team_id"), Name = fields.GetValueOrDefault("user_name") },
        Channel = new Named { Id = fields["channel_id"], Name = fields.GetValueOrDefault("channel_name") },
        TriggerId = fields["trigger_id"],
        ResponseUrl = fields.GetValueOrDefault("response_url"),
    };

    private sealed record Turn(Scene? Scene, Answer Answer);
}
