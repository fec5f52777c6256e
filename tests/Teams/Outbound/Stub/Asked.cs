using System.Text.Json;

namespace PatchBot.Tests.Teams.Outbound.Stub;

/// <summary>Which call a path means.</summary>
/// <param name="Operation">As the limits tell them apart; empty for what is none of the documented calls.</param>
/// <param name="Thread"><see langword="null"/> in chats; empty for a channel without a thread.</param>
internal readonly record struct Asked(string Operation, string Channel, string? Thread, string Message)
{
    /// <param name="parts">The path, unescaped; the tenant first.</param>
    public static Asked Of(string method, string[] parts) => (method, parts[1..]) switch
    {
        ("POST", ["v3", "conversations"]) => new("create", "", null, ""),
        ("POST", ["v3", "conversations", var conversation, "activities"]) => In(conversation, ""),
        ("PUT" or "DELETE", ["v3", "conversations", var conversation, "activities", var message]) => In(conversation, message),
        ("GET", ["v3", "conversations", var conversation, "pagedmembers"]) => new("members", conversation, null, ""),
        ("GET", ["v3", "teams", var team, "conversations"]) => new("channels", team, null, ""),
        _ => default(Asked) with { Operation = "", Channel = "" },
    };

    /// <summary>Where a conversation is created: the channel, or the one person.</summary>
    public static string PlaceOf(JsonElement? body) => body is not { } wish ? ""
        : wish.TryGetProperty("channelData", out var data) && data.TryGetProperty("channel", out var channel) ? channel.GetProperty("id").GetString()!
        : wish.GetProperty("members")[0].GetProperty("id").GetString()!;

    private static Asked In(string conversation, string message)
    {
        var parts = conversation.Split(";messageid=");
        return new("send", parts[0], parts[0].Contains("@thread.tacv2", StringComparison.Ordinal) ? parts.ElementAtOrDefault(1) ?? "" : null, message);
    }
}
