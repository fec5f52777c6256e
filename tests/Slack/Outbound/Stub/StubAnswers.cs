using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PatchBot.Tests.Slack.Outbound.Stub;

/// <summary>What the Web API says and does, method by method.</summary>
internal sealed class StubAnswers(StubWorkspace workspace, Func<string> root)
{
    private int lastFile;

    /// <summary>Members of every user group.</summary>
    public IReadOnlyList<string> GroupMembers { get; set; } = ["U1", "U2"];

    /// <summary>Who may be written to and asked about; everyone else is nobody.</summary>
    public HashSet<string> Users { get; } = ["U1", "U2", SlackStub.BotUser];

    /// <summary>What users are called; whoever is not named here is Ana.</summary>
    public Dictionary<string, string> Names { get; } = [];

    /// <summary>Channels that the bot is in.</summary>
    public int ChannelCount { get; set; } = 3;

    /// <summary>How many items a page has, whatever is asked for; some apps get no more than 15.</summary>
    public int MostOnAPage { get; set; } = 1_000;

    /// <summary>Where files' bytes are to be sent, if elsewhere.</summary>
    public string? UploadUrl { get; set; }

    /// <summary>Triggers that were used or have expired.</summary>
    public HashSet<string> SpentTriggers { get; } = [];

    /// <returns>JSON with status 200; another status stands in front, as in <c>!404</c>.</returns>
    public string To(StubRequest request) => request.Path switch
    {
        "chat.postMessage" or "chat.postEphemeral" or "chat.update" when MessageRules.Fault(request.Fields, request.Path == "chat.update") is { } fault =>
            SlackStub.Error(fault.Error, fault.Detail),
        "chat.postMessage" => Shown(workspace.Add(request["channel"]!, request["thread_ts"], SlackStub.Bot, request.Fields).Ts),
        "chat.postEphemeral" => Users.Contains(request["user"]!) ? """{"ok":true,"message_ts":"1.1"}""" : SlackStub.Error("user_not_in_channel"),
        "chat.update" => workspace.Replace(request["channel"]!, request["ts"]!, request.Fields) ? Shown(request["ts"]!) : SlackStub.Error("message_not_found"),
        "chat.delete" => workspace.Delete(request["channel"]!, request["ts"]!) ? Shown(request["ts"]!) : SlackStub.Error("message_not_found"),
        "chat.getPermalink" => $$"""{"ok":true,"permalink":"https://example.slack.com/archives/{{request["channel"]}}/p{{request["message_ts"]}}"}""",
        "conversations.history" or "conversations.replies" => Messages(request),
        "conversations.open" => Users.Contains(request["users"]!) ? $$$"""{"ok":true,"channel":{"id":"D{{{request["users"]}}}"}}""" : SlackStub.Error("user_not_found"),
        "conversations.info" => request["channel"] == "C0" ? SlackStub.Error("channel_not_found")
            : $$$"""{"ok":true,"channel":{"id":"{{{request["channel"]}}}","name":"patching","is_archived":false,"is_member":true}}""",
        "users.conversations" => Page(request, "channels", [.. Enumerable.Range(1, ChannelCount).Select(number => new JsonObject { ["id"] = $"C{number}", ["name"] = $"c-{number}" })]),
        "users.info" => Users.Contains(request["user"]!)
            ? $$$"""{"user":{"id":"{{{request["user"]}}}","team_id":"T1","name":"ana","is_restricted":true,"tz":"Europe/Berlin","profile":{"display_name":"","real_name":"{{{Names.GetValueOrDefault(request["user"]!, "Ana Approver")}}}"} },"ok":true}"""
            : SlackStub.Error("user_not_found"),
        "usergroups.users.list" => JsonSerializer.Serialize(new { ok = true, users = GroupMembers }),
        "views.open" => SpentTriggers.Add(request["trigger_id"]!) ? """{"ok":true}""" : SlackStub.Error("exchanged_trigger_id"),
        "views.update" => request["hash"] == "old" ? SlackStub.Error("hash_conflict") : """{"ok":true}""",
        "views.publish" or "files.completeUploadExternal" => """{"ok":true}""",
        "files.getUploadURLExternal" => $$"""{"ok":true,"upload_url":"{{UploadUrl ?? $"{root()}/upload/v1/secret"}}","file_id":"F{{Interlocked.Increment(ref lastFile)}}"}""",
        _ when request.Path.StartsWith("/upload/", StringComparison.Ordinal) => "OK",
        "/respond/expired" => "!404expired_url",
        "/respond/blocks" when request["blocks"] is not null => "!400invalid_blocks",
        _ when request.Path.StartsWith("/respond/", StringComparison.Ordinal) => "ok",
        _ => SlackStub.Error("unknown_method"),
    };

    private static string Shown(string ts) => $$"""{"ok":true,"ts":"{{ts}}"}""";

    private string Messages(StubRequest request) => Page(request, "messages", [.. workspace.Look(request["channel"]!, request["ts"], request["oldest"] ?? "0").Select(message => Told(message, request))]);

    private JsonObject Told(StubMessage message, StubRequest request)
    {
        var told = new JsonObject { ["type"] = "message", ["ts"] = message.Ts, ["bot_id"] = message.By, ["text"] = message.Text };
        if (request["ts"] is null && workspace.NewestReply(message) is { } reply)
        {
            (told["thread_ts"], told["latest_reply"]) = (message.Ts, reply);
        }
        else if (message.Thread is { } thread)
        {
            told["thread_ts"] = thread;
        }

        if (request["include_all_metadata"] == "true" && message.Content.TryGetProperty("metadata", out var metadata))
        {
            told["metadata"] = JsonNode.Parse(metadata.GetRawText());
        }

        return told;
    }

    private string Page(StubRequest request, string name, IReadOnlyList<JsonObject> all)
    {
        var size = Math.Min(MostOnAPage, int.TryParse(request["limit"], CultureInfo.InvariantCulture, out var wish) ? wish : 100);
        var first = int.TryParse(request["cursor"], CultureInfo.InvariantCulture, out var next) ? next : 0;
        return new JsonObject
        {
            ["ok"] = true,
            [name] = new JsonArray([.. all.Skip(first).Take(size).Select(one => (JsonNode)one)]),
            ["response_metadata"] = new JsonObject { ["next_cursor"] = first + size < all.Count ? $"{first + size}" : "" },
        }.ToJsonString();
    }
}
