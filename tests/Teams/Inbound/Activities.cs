using System.Text.Json.Nodes;
using PatchBot.Core.People;

namespace PatchBot.Tests.Teams.Inbound;

/// <summary>What Teams sends, in the shapes that it documents.</summary>
internal static class Activities
{
    private static int ids = 1_000;

    public static JsonObject Installed(string action = "add") => With(Base("installationUpdate", TeamsRoom.Max, null), ("action", action), ("channelData", new JsonObject
    {
        ["tenant"] = new JsonObject { ["id"] = TeamsRoom.Tenant },
        ["team"] = new JsonObject { ["id"] = TeamsRoom.TeamId, ["name"] = "Platform team" },
        ["settings"] = new JsonObject { ["selectedChannel"] = new JsonObject { ["id"] = TeamsRoom.Ops } },
    }));

    public static JsonObject TeamEvent(string kind, string? channelName = null) => With(Base("conversationUpdate", TeamsRoom.Max, null), ("channelData", new JsonObject
    {
        ["eventType"] = kind,
        ["tenant"] = new JsonObject { ["id"] = TeamsRoom.Tenant },
        ["team"] = new JsonObject { ["id"] = TeamsRoom.TeamId, ["name"] = "Platform team" },
        ["channel"] = channelName is null ? null : new JsonObject { ["id"] = TeamsRoom.Ops, ["name"] = channelName },
    }));

    /// <param name="thread">Root message; none begins a thread.</param>
    /// <param name="mention">The bot, as the entity names it.</param>
    public static JsonObject Message(Person by, string text, string? thread = null, bool mention = false, string type = "message", string? id = null)
    {
        var own = id ?? $"{Interlocked.Increment(ref ids)}";
        var activity = With(Base(type, by, thread ?? own, own), ("text", mention ? $"<at>Patchy</at> {text}" : text));
        if (mention)
        {
            activity["entities"] = new JsonArray(
                new JsonObject { ["type"] = "clientInfo", ["locale"] = "en-US" },
                new JsonObject { ["type"] = "mention", ["text"] = "<at>Patchy</at>", ["mentioned"] = new JsonObject { ["id"] = TeamsRoom.BotId, ["name"] = "Patchy" } });
        }

        return activity;
    }

    public static JsonObject Personal(Person by, string text)
    {
        var activity = Message(by, text);
        activity["conversation"] = new JsonObject { ["id"] = "a:with-" + by.Id.ObjectId, ["conversationType"] = "personal", ["tenantId"] = TeamsRoom.Tenant };
        ((JsonObject)activity["channelData"]!).Remove("team");
        return activity;
    }

    public static JsonObject Execute(Person by, string card, string action, long? post = null, string verb = "patchbot.press", params (string Id, string Value)[] inputs) =>
        With(Base("invoke", by, card), ("name", "adaptiveCard/action"), ("replyToId", card), ("value", new JsonObject
        {
            ["action"] = new JsonObject { ["type"] = "Action.Execute", ["title"] = "…", ["verb"] = verb, ["data"] = Data(action, post, null, inputs) },
            ["trigger"] = verb == "patchbot.refresh" ? "automatic" : "manual",
        }));

    public static JsonObject Task(string name, Person by, string card, JsonObject data) =>
        With(Base("invoke", by, card), ("name", name), ("replyToId", card), ("value", new JsonObject { ["data"] = data, ["context"] = new JsonObject { ["theme"] = "dark" } }));

    /// <summary>What a client without card invokes sends instead.</summary>
    public static JsonObject Submit(Person by, string card, JsonObject data) => With(Base("message", by, card), ("replyToId", card), ("value", data));

    public static JsonObject Data(string action, long? post, string? verb, params (string Id, string Value)[] inputs)
    {
        var own = new JsonObject();
        if (action.Length > 0)
        {
            own["action"] = action;
        }

        if (post is not null)
        {
            own["post"] = post;
        }

        if (verb is not null)
        {
            own["verb"] = verb;
        }

        var data = new JsonObject { ["patchbot"] = own };
        foreach (var (id, value) in inputs)
        {
            data[$"in.{id}"] = value;
        }

        return data;
    }

    private static JsonObject Base(string type, Person by, string? thread, string? id = null) => new()
    {
        ["type"] = type,
        ["id"] = id ?? $"f:{Interlocked.Increment(ref ids)}",
        ["timestamp"] = $"2026-11-22T12:00:{Interlocked.Increment(ref ids) % 60:00}.{ids % 1_000:000}Z",
        ["channelId"] = "msteams",
        ["serviceUrl"] = "https://smba.trafficmanager.net/emea/",
        ["from"] = new JsonObject { ["id"] = $"29:{by.Name.Split(' ')[0]}", ["name"] = by.Name, ["aadObjectId"] = by.Id.ObjectId },
        ["recipient"] = new JsonObject { ["id"] = TeamsRoom.BotId, ["name"] = "Patchy" },
        ["conversation"] = new JsonObject
        {
            ["id"] = thread is null ? TeamsRoom.Ops : $"{TeamsRoom.Ops};messageid={thread}",
            ["conversationType"] = "channel", ["isGroup"] = true, ["tenantId"] = TeamsRoom.Tenant,
        },
        ["channelData"] = new JsonObject
        {
            ["tenant"] = new JsonObject { ["id"] = TeamsRoom.Tenant },
            ["team"] = new JsonObject { ["id"] = TeamsRoom.TeamId, ["name"] = "Platform team" },
        },
    };

    private static JsonObject With(JsonObject activity, params (string Key, JsonNode? Value)[] more)
    {
        foreach (var (key, value) in more)
        {
            activity[key] = value;
        }

        return activity;
    }
}
