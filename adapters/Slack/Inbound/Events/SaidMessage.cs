using PatchBot.Adapters.Slack.Protocol;
using PatchBot.Core.People;

namespace PatchBot.Adapters.Slack.Inbound.Events;

internal enum Happened
{
    Posted,
    Edited,
    Deleted,
}

/// <summary>What a person did with a message, read out of an event about it.</summary>
/// <param name="User">Who did it; who wrote it where Slack does not say who deleted it.</param>
/// <param name="Kind"><see langword="null"/> where the event does not say.</param>
/// <param name="Thread">Root of the thread; <see langword="null"/> for a root.</param>
/// <param name="Text">Without the mention of the bot.</param>
/// <param name="Key">The delivery's key.</param>
internal sealed record SaidMessage(
    Happened Happened, string Channel, ConversationKind? Kind, PersonId? By, string User, string Ts, string? Thread, string Text, bool Mentioned, string Key)
{
    /// <summary>Keys of what it comes after: the message itself, and the edit before.</summary>
    public IReadOnlyList<string> Overtaken { get; init; } = [];

    /// <summary>When it was said, or edited, of one that was read only afterwards.</summary>
    public DateTimeOffset? WrittenAt { get; init; }

    /// <summary>What a person wrote, read out of a conversation's history, in its present words.</summary>
    /// <returns>As if it was said just so, and the edit that it is for whoever has heard what it was before; nothing for what no person said.</returns>
    public static (SaidMessage? Said, SaidMessage? Edit) Kept(Delivered kept, DateTimeOffset now)
    {
        var message = kept.Event;
        if (message.Channel is not { Id: { } channel } || Posted(kept, channel, message) is not { } said)
        {
            return (null, null);
        }

        return message.Edited is { User: { } editor, Ts: { } at } && SlackIds.IsOne(editor) && SlackIds.IsOne(at)
            && DeliveryKeys.Edit(channel, message.Ts!, at) is var edit
            ? (said with { WrittenAt = Time(at, now), Overtaken = [edit] }, Said(kept, Happened.Edited, channel, message, editor, edit) with { WrittenAt = Time(at, now) })
            : (said with { WrittenAt = Time(message.Ts!, now) }, null);
    }

    /// <returns><see langword="null"/> for what no person said: what apps write and what Slack notes about a channel.</returns>
    public static SaidMessage? Of(Delivered delivered)
    {
        var told = delivered.Event;
        if (told.Channel is not { Id: { } channel } || !SlackIds.IsOne(channel))
        {
            return null;
        }

        return told.Subtype switch
        {
            "message_changed" when told.Message is { Subtype: "tombstone", Ts: { } gone } => Deleted(delivered, channel, gone),
            "message_changed" when told.Message is { } message => Edited(delivered, channel, message),
            "message_deleted" when told.DeletedTs is { } gone => Deleted(delivered, channel, gone),
            _ => Posted(delivered, channel, told),
        };
    }

    private static SaidMessage? Posted(Delivered delivered, string channel, SlackEvent told) =>
        IsOfPerson(delivered, told) && told.Text is { Length: > 0 }
            ? Said(delivered, Happened.Posted, channel, told, told.User!, DeliveryKeys.Message(channel, told.Ts!))
            : null;

    // Slack also tells of an edit when it has unfolded a link or a thread has grown; then nobody changed the words.
    private static SaidMessage? Edited(Delivered delivered, string channel, SlackEvent message) =>
        IsOfPerson(delivered, message)
        && message.Edited is { User: { } editor, Ts: { } at } && SlackIds.IsOne(editor) && SlackIds.IsOne(at)
        && delivered.Event.PreviousMessage is var before && before?.Edited?.Ts != at && before?.Text != message.Text
            ? Said(delivered, Happened.Edited, channel, message, editor, DeliveryKeys.Edit(channel, message.Ts!, at)) with { Overtaken = Before(channel, message.Ts!, before) }
            : null;

    // Who deleted it is not told: its writer or an admin of the workspace. It is held to have been the writer.
    private static SaidMessage? Deleted(Delivered delivered, string channel, string ts)
    {
        var before = delivered.Event.PreviousMessage;
        if (!SlackIds.IsOne(ts) || (before is not null && !IsOfPerson(delivered, before)))
        {
            return null;
        }

        return new SaidMessage(
            Happened.Deleted, channel, KindOf(delivered.Event.ChannelType),
            before is null ? null : delivered.PersonOf(before.User!, before.UserTeam ?? before.Team), before?.User ?? "",
            ts, ThreadOf(before), "", false, DeliveryKeys.Deletion(channel, ts))
        {
            Overtaken = Before(channel, ts, before),
        };
    }

    private static IReadOnlyList<string> Before(string channel, string ts, SlackEvent? before) => before?.Edited?.Ts is { } at && SlackIds.IsOne(at)
        ? [DeliveryKeys.Message(channel, ts), DeliveryKeys.Edit(channel, ts, at)]
        : [DeliveryKeys.Message(channel, ts)];

    private static SaidMessage Said(Delivered delivered, Happened happened, string channel, SlackEvent message, string user, string key)
    {
        var text = message.Text ?? "";
        return new SaidMessage(
            happened, channel, KindOf(delivered.Event.ChannelType), delivered.PersonOf(user, message.UserTeam ?? message.Team), user, message.Ts!, ThreadOf(message),
            Mentions.Strip(text, delivered.Workspace.BotUser),
            delivered.Event.Type == "app_mention" || Mentions.Of(text, delivered.Workspace.BotUser), key);
    }

    // Other apps' words are nobody's: no app is an engineer, and two bots that answer each other would never end.
    private static bool IsOfPerson(Delivered delivered, SlackEvent message) =>
        message.Subtype is null or "file_share" or "thread_broadcast"
        && message.BotId is null && SlackIds.IsOne(message.User) && message.User != delivered.Workspace.BotUser && SlackIds.IsOne(message.Ts);

    private static string? ThreadOf(SlackEvent? message) =>
        message is { ThreadTs: { } root, Ts: var ts } && root != ts && SlackIds.IsOne(root) ? root : null;

    // Slack's clock may be ahead; nothing was written after it was read.
    private static DateTimeOffset Time(string ts, DateTimeOffset now) => SlackTs.Read(ts) is { } at && at < now ? at : now;

    private static ConversationKind? KindOf(string? type) => type switch
    {
        "im" => ConversationKind.Direct,
        "mpim" => ConversationKind.Group,
        "channel" or "group" => ConversationKind.Channel,
        _ => null,
    };
}
