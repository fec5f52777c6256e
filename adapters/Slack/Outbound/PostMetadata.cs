using System.Text.Json;
using PatchBot.Adapters.Slack.Outbound.Calls;

namespace PatchBot.Adapters.Slack.Outbound;

/// <summary>By what a message tells which post it shows: <c>{"event_type":"patchbot_post","event_payload":{"post":17}}</c>.</summary>
internal static class PostMetadata
{
    private const string PostEvent = "patchbot_post", Post = "post";

    public static void Write(Utf8JsonWriter json, long post)
    {
        json.WriteStartObject("metadata");
        json.WriteString("event_type", PostEvent);
        json.WriteStartObject("event_payload");
        json.WriteNumber(Post, post);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static bool Names(KeptMetadata? metadata, long post) => metadata is { EventType: PostEvent, EventPayload: { ValueKind: JsonValueKind.Object } payload }
        && payload.TryGetProperty(Post, out var kept) && kept.ValueKind == JsonValueKind.Number && kept.TryGetInt64(out var number) && number == post;
}
