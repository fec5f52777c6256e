using System.Text.Json.Nodes;

namespace PatchBot.Tests.Slack.Inbound;

/// <summary>What Slack delivers, in the shapes that its reference documents.</summary>
internal static class Deliveries
{
    private static int ids = 100;

    public static string NextId() => $"{Interlocked.Increment(ref ids):000000}";

    public static string NextTs() => $"1795359000.{NextId()}";

    public static JsonObject Message(
        string user, string text, string? ts = null, string? thread = null, string channel = SlackRoom.Ops, string channelType = "channel", string? subtype = null)
    {
        ts ??= NextTs();
        var message = new JsonObject
        {
            ["type"] = "message", ["channel"] = channel, ["user"] = user, ["text"] = text, ["ts"] = ts, ["event_ts"] = ts, ["channel_type"] = channelType,
            ["team"] = SlackRoom.Team, ["client_msg_id"] = Guid.NewGuid().ToString(),
            ["blocks"] = new JsonArray(new JsonObject { ["type"] = "rich_text", ["block_id"] = "b", ["elements"] = new JsonArray() }),
        };
        if (thread is not null)
        {
            (message["thread_ts"], message["parent_user_id"]) = (thread, SlackRoom.BotUser);
        }

        if (subtype is not null)
        {
            message["subtype"] = subtype;
        }

        return message;
    }

    /// <summary>The second delivery of a message that mentions the bot.</summary>
    public static JsonObject AsMention(JsonObject message)
    {
        var mention = (JsonObject)message.DeepClone();
        mention["type"] = "app_mention";
        mention.Remove("channel_type");
        return mention;
    }

    /// <param name="before">The message as it was delivered.</param>
    public static JsonObject Edit(JsonObject before, string text, string? editedAt = null)
    {
        editedAt ??= NextTs();
        var after = Inner(before);
        (after["text"], after["edited"]) = (text, new JsonObject { ["user"] = (string?)before["user"], ["ts"] = editedAt });
        return new JsonObject
        {
            ["type"] = "message", ["subtype"] = "message_changed", ["hidden"] = true, ["channel"] = (string?)before["channel"], ["channel_type"] = (string?)before["channel_type"],
            ["ts"] = NextTs(), ["event_ts"] = NextTs(), ["message"] = after, ["previous_message"] = Inner(before),
        };
    }

    public static JsonObject Deletion(JsonObject before) => new()
    {
        ["type"] = "message", ["subtype"] = "message_deleted", ["hidden"] = true, ["channel"] = (string?)before["channel"], ["channel_type"] = (string?)before["channel_type"],
        ["ts"] = NextTs(), ["event_ts"] = NextTs(), ["deleted_ts"] = (string?)before["ts"], ["previous_message"] = Inner(before),
    };

    /// <summary>A message with replies that was deleted: its place stays.</summary>
    public static JsonObject Tombstone(JsonObject before)
    {
        var changed = Edit(before, "This message was deleted.");
        var message = (JsonObject)changed["message"]!;
        message.Remove("edited");
        (message["subtype"], message["user"], message["hidden"]) = ("tombstone", "USLACKBOT", true);
        return changed;
    }

    /// <param name="foreign">In a channel that is shared with another organisation.</param>
    public static JsonObject Envelope(JsonNode @event, string? id = null, bool foreign = false, string? enterprise = null) => new()
    {
        ["token"] = "verification-token", ["team_id"] = SlackRoom.Team, ["context_team_id"] = SlackRoom.Team, ["context_enterprise_id"] = enterprise,
        ["api_app_id"] = "A01APP", ["event"] = @event.DeepClone(), ["type"] = "event_callback", ["event_id"] = id ?? $"Ev{NextId()}", ["event_time"] = 1795359000,
        ["authorizations"] = new JsonArray(new JsonObject
        {
            ["enterprise_id"] = enterprise, ["team_id"] = SlackRoom.Team, ["user_id"] = SlackRoom.BotUser, ["is_bot"] = true, ["is_enterprise_install"] = false,
        }),
        ["is_ext_shared_channel"] = foreign, ["event_context"] = "4-eyJ",
    };

    /// <param name="button">One of a rendered card's elements.</param>
    public static JsonObject Press(string user, JsonNode button, string ts, string? thread = null, string? trigger = null, string channel = SlackRoom.Ops, string channelName = "ops")
    {
        var action = (JsonObject)button.DeepClone();
        (action["block_id"], action["action_ts"]) = ("acts", NextTs());
        var container = new JsonObject { ["type"] = "message", ["message_ts"] = ts, ["channel_id"] = channel, ["is_ephemeral"] = false };
        var message = new JsonObject
        {
            ["type"] = "message", ["ts"] = ts, ["user"] = SlackRoom.BotUser, ["bot_id"] = SlackRoom.BotId, ["app_id"] = "A01APP", ["text"] = "fallback", ["team"] = SlackRoom.Team,
            ["blocks"] = new JsonArray(new JsonObject { ["type"] = "actions", ["block_id"] = "acts", ["elements"] = new JsonArray(button.DeepClone()) }),
        };
        if (thread is not null)
        {
            (container["thread_ts"], message["thread_ts"]) = (thread, thread);
        }

        var payload = Actor("block_actions", user, trigger);
        (payload["container"], payload["channel"], payload["message"]) = (container, new JsonObject { ["id"] = channel, ["name"] = channelName }, message);
        (payload["state"], payload["response_url"], payload["actions"]) =
            (new JsonObject { ["values"] = new JsonObject() }, $"https://hooks.slack.com/actions/{NextId()}", new JsonArray(action));
        return payload;
    }

    /// <param name="view">As it was opened.</param>
    /// <param name="typed">By block.</param>
    public static JsonObject Submission(string user, JsonNode view, JsonObject typed, string? trigger = null, string viewId = "V0FORM")
    {
        var sent = (JsonObject)view.DeepClone();
        (sent["id"], sent["team_id"], sent["app_id"], sent["bot_id"], sent["hash"], sent["root_view_id"]) =
            (viewId, SlackRoom.Team, "A01APP", SlackRoom.BotId, "156772938.1827394", viewId);
        sent["state"] = new JsonObject { ["values"] = typed };
        var payload = Actor("view_submission", user, trigger);
        (payload["view"], payload["response_urls"]) = (sent, new JsonArray());
        return payload;
    }

    public static JsonObject Typed(string value) => new() { ["value"] = new JsonObject { ["type"] = "plain_text_input", ["value"] = value } };

    public static JsonObject Chosen(string value) => new()
    {
        ["value"] = new JsonObject { ["type"] = "radio_buttons", ["selected_option"] = new JsonObject { ["text"] = new JsonObject { ["type"] = "plain_text", ["text"] = value }, ["value"] = value } },
    };

    public static JsonObject Shortcut(string user, string callback)
    {
        var payload = Actor("shortcut", user, null);
        (payload["callback_id"], payload["action_ts"]) = (callback, NextTs());
        return payload;
    }

    public static JsonObject MessageShortcut(string user, string callback, JsonObject message, string channel = SlackRoom.Ops, string channelName = "ops")
    {
        var payload = Actor("message_action", user, null);
        (payload["callback_id"], payload["action_ts"], payload["message_ts"]) = (callback, NextTs(), (string?)message["ts"]);
        (payload["message"], payload["channel"]) = (Inner(message), new JsonObject { ["id"] = channel, ["name"] = channelName });
        payload["response_url"] = $"https://hooks.slack.com/app/{NextId()}";
        return payload;
    }

    public static Dictionary<string, string> Command(string user, string text, string channel = SlackRoom.Ops, string channelName = "ops") => new()
    {
        ["token"] = "verification-token", ["team_id"] = SlackRoom.Team, ["team_domain"] = "patch-works", ["channel_id"] = channel, ["channel_name"] = channelName,
        ["user_id"] = user, ["user_name"] = "someone", ["command"] = "/patchbot", ["text"] = text, ["api_app_id"] = "A01APP", ["is_enterprise_install"] = "false",
        ["response_url"] = $"https://hooks.slack.com/commands/{NextId()}", ["trigger_id"] = $"13345224609.738474920.{NextId()}",
    };

    private static JsonObject Actor(string type, string user, string? trigger) => new()
    {
        ["type"] = type, ["api_app_id"] = "A01APP", ["token"] = "verification-token",
        ["team"] = new JsonObject { ["id"] = SlackRoom.Team, ["domain"] = "patch-works" }, ["enterprise"] = null, ["is_enterprise_install"] = false,
        ["user"] = new JsonObject { ["id"] = user, ["username"] = "someone", ["name"] = "someone", ["team_id"] = SlackRoom.Team },
        ["trigger_id"] = trigger ?? $"13345224609.738474920.{NextId()}",
    };

    private static JsonObject Inner(JsonObject message)
    {
        var inner = (JsonObject)message.DeepClone();
        foreach (var outer in (string[])["channel", "channel_type", "event_ts"])
        {
            inner.Remove(outer);
        }

        return inner;
    }
}
