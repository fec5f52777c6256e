using PatchBot.Adapters.Slack.Install;
using PatchBot.Adapters.Slack.Protocol;
using PatchBot.Adapters.Wire;
using PatchBot.Cards;
using PatchBot.Core.Conversation;
using PatchBot.Core.Delivery;
using PatchBot.Core.People;
using PatchBot.Core.Record;

namespace PatchBot.Adapters.Slack.Inbound.Events;

/// <summary>
/// Messages, their edits and deletions. Recorded before Slack is answered; what is said in the chat follows. What could not
/// be recorded Slack delivers again.
/// </summary>
internal sealed class MessageTurns(
    IConversation conversation,
    IRecord record,
    Acquaintances acquaintances,
    PersonNames names,
    Answering answering,
    BackgroundTurns background,
    UnrecordedLog unrecorded,
    TimeProvider clock)
{
    private const string NotYet =
        "The database did not take your message: nothing is recorded yet. Slack brings it to me again within the next minutes; if my answer does not come, write it again.";

    private const string NotRecorded = "The database did not take your message: nothing was recorded and nothing changed. Write it again shortly.";

    public async Task<Acknowledgement> TakeAsync(Delivered delivered)
    {
        if (SaidMessage.Of(delivered) is not { } said)
        {
            return Acknowledgement.Empty;
        }

        var scene = await SceneAsync(delivered.Workspace, said);
        try
        {
            scene = said.Kind is null ? scene with { Kind = await acquaintances.KindOfAsync(scene.Channel, CancellationToken.None) } : scene;
            var answer = await HeardAsync(scene, said);
            background.Run("an answer on Slack", () => AnswerAsync(scene, answer));
            return Acknowledgement.Empty;
        }
        catch (RecordUnavailableException fault)
        {
            unrecorded.Write("A message on Slack", said.Key, fault);
            Tell(scene, said, delivered);
            return Acknowledgement.Again;
        }
    }

    /// <summary>Takes a message that was found afterwards. Returns once it is answered, so that the answers to many come one by one.</summary>
    /// <exception cref="RecordUnavailableException">It was not recorded, and can be found again.</exception>
    public async Task TakeAsync(SlackWorkspace workspace, SaidMessage found)
    {
        var scene = await SceneAsync(workspace, found);
        var answered = AnswerAsync(scene, await HeardAsync(scene, found));
        background.Run("an answer on Slack", () => answered);
        await Task.WhenAny(answered);
    }

    private Task AnswerAsync(Scene scene, Answer answer) => answering.GiveAsync(scene, answer, CancellationToken.None);

    private async Task<Scene> SceneAsync(SlackWorkspace workspace, SaidMessage said)
    {
        var by = said.By is { } person ? new Person(person, await names.OfAsync(workspace, person, said.User, said.User)) : Person.Bot;
        return new Scene(workspace, new ChannelRef(SlackOptions.Platform, said.Channel), said.Kind ?? ConversationKind.Channel, by, said.User)
        {
            Message = said.Ts,
            Thread = said.Thread,
        };
    }

    private async Task<Answer> HeardAsync(Scene scene, SaidMessage said)
    {
        if (said.Happened != Happened.Deleted)
        {
            await acquaintances.MeetAsync(scene, "", CancellationToken.None);
        }

        if (said.Overtaken.Count > 0)
        {
            await OvertakeAsync(said.Overtaken);
        }

        return await conversation.HandleAsync(EventOf(scene, said), CancellationToken.None);
    }

    // Slack keeps no order. What comes after its own edit or deletion is out of date, and must not count.
    private Task<bool> OvertakeAsync(IReadOnlyList<string> overtaken) => record.WriteAsync(
        async (session, token) =>
        {
            foreach (var key in overtaken)
            {
                await session.Inbox.TryTakeAsync(SlackOptions.Platform, key, clock.GetUtcNow(), token);
            }

            return true;
        },
        CancellationToken.None);

    private static ChatEvent EventOf(Scene scene, SaidMessage said)
    {
        var alone = scene.Kind == ConversationKind.Direct;
        return said.Happened switch
        {
            Happened.Posted => new MessagePosted(scene.Channel, scene.By, said.Key, said.Ts, said.Thread, said.Text, said.Mentioned || alone, alone) { WrittenAt = said.WrittenAt },
            Happened.Edited => new MessageEdited(scene.Channel, scene.By, said.Key, said.Ts, said.Thread, said.Text, said.Mentioned || alone, alone) { WrittenAt = said.WrittenAt },
            Happened.Deleted => new MessageDeleted(scene.Channel, scene.By, said.Key, said.Ts),
        };
    }

    // People talk among themselves; only who meant the bot must know that it did not listen, and once.
    private void Tell(Scene scene, SaidMessage said, Delivered delivered)
    {
        var matters = said.Happened != Happened.Deleted && (said.Mentioned || scene.Kind == ConversationKind.Direct || said.Thread is not null);
        if (matters && (delivered.Attempt == 0 || delivered.IsLast))
        {
            background.Run("an answer on Slack", () => answering.GiveAsync(
                scene, new NoticeAnswer(Tone.Warning, delivered.IsLast ? NotRecorded : NotYet), CancellationToken.None));
        }
    }
}
