using PatchBot.Adapters.Teams.Protocol;
using PatchBot.Adapters.Wire;
using PatchBot.Cards;
using PatchBot.Core.Conversation;
using PatchBot.Core.Record;

namespace PatchBot.Adapters.Teams.Inbound;

/// <summary>
/// Messages, their edits and deletions, and what clients without card invokes send as a message. Recorded before the call
/// is answered; what is said in the chat follows.
/// </summary>
internal sealed class MessageTurns(
    IConversation conversation,
    IRecord record,
    Acquaintances acquaintances,
    Answering answering,
    DuplicateWatch duplicates,
    BackgroundTurns background,
    UnrecordedLog unrecorded,
    TimeProvider clock)
{
    public async Task TakeAsync(Scene scene)
    {
        if (EventOf(scene) is not { } happened)
        {
            return;
        }

        Answer answer;
        try
        {
            await acquaintances.MeetAsync(scene, CancellationToken.None);
            if (happened is MessageEdited or MessageDeleted)
            {
                await OvertakeAsync(DeliveryKeys.OfMessage(scene.Activity));
            }

            answer = await conversation.HandleAsync(happened, CancellationToken.None);
        }
        catch (RecordUnavailableException fault)
        {
            unrecorded.Write("A message on Teams", happened.DeliveryKey, fault);
            answer = Matters(happened) ? NotRecorded : Answer.None;
        }

        background.Run("an answer on Teams", () => answering.GiveAsync(scene, answer, CancellationToken.None));
    }

    // Deliveries may change places. A message that comes after its own edit or deletion is out of date, and must not count.
    private Task<bool> OvertakeAsync(string message) => record.WriteAsync(
        (session, token) => session.Inbox.TryTakeAsync(TeamsOptions.Platform, message, clock.GetUtcNow(), token), CancellationToken.None);

    private static NoticeAnswer NotRecorded { get; } =
        new(Tone.Warning, "The database did not take your message: nothing was recorded and nothing changed. Write it again shortly.");

    // People talk among themselves; only who meant the bot must know that it did not listen.
    private static bool Matters(ChatEvent happened) => happened switch
    {
        MessagePosted said => said.ToBot || said.Thread is not null,
        MessageEdited edited => edited.ToBot || edited.Thread is not null,
        _ => true,
    };

    private ChatEvent? EventOf(Scene scene)
    {
        var activity = scene.Activity;
        var key = DeliveryKeys.Of(activity);
        if (activity.Id is not { Length: > 0 and <= 200 } message)
        {
            return null;
        }

        return activity.Type switch
        {
            "message" when Press.Read(activity.Value, null) is { } press => PressedOf(scene, press, key),
            "message" => new MessagePosted(scene.Channel, scene.By, key, message, scene.Thread, Mentions.Strip(activity), scene.ToBot, scene.IsAlone),
            "messageUpdate" => new MessageEdited(scene.Channel, scene.By, key, message, scene.Thread, Mentions.Strip(activity), scene.ToBot, scene.IsAlone),
            "messageDelete" => new MessageDeleted(scene.Channel, scene.By, key, message),
            _ => null,
        };
    }

    private ActionPressed? PressedOf(Scene scene, Press press, string key)
    {
        duplicates.Seen(scene, press);
        if (press is { Form: { } form, Verb: "" })
        {
            // The client should have opened a dialog; it sent what it was given for that.
            background.Run("a form on Teams", () => answering.OfferAsync(scene, form, CancellationToken.None));
            return null;
        }

        return press.Action.Length == 0 ? null : scene.Pressed(press, key);
    }
}
