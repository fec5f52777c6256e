using System.Buffers;
using System.Text.Json;
using PatchBot.Cards.BlockKit;

namespace PatchBot.Adapters.Slack.Outbound;

/// <summary>What Slack is sent.</summary>
internal static class SlackBody
{
    /// <param name="thread">The root's <c>ts</c>.</param>
    /// <param name="user">The only one to see it.</param>
    public static ReadOnlyMemory<byte> New(string channel, string? thread, SlackMessage message, string? user = null) => Write(message.Blocks.Length, json =>
    {
        json.WriteString("channel", channel);
        if (thread is not null)
        {
            json.WriteString("thread_ts", thread);
        }

        if (user is not null)
        {
            json.WriteString("user", user);
        }

        json.WriteBoolean("unfurl_links", false);
        json.WriteBoolean("unfurl_media", false);
        WriteContent(json, message);
    });

    // Blocks that are not sent stay as they were, so a text alone sends none of them: an empty list.
    public static ReadOnlyMemory<byte> Edit(string channel, string ts, SlackMessage content) => Write(content.Blocks.Length, json =>
    {
        json.WriteString("channel", channel);
        json.WriteString("ts", ts);
        WriteContent(json, content);
        if (content.Blocks.IsEmpty)
        {
            json.WriteStartArray("blocks");
            json.WriteEndArray();
        }
    });

    public static ReadOnlyMemory<byte> Response(SlackMessage message) => Write(message.Blocks.Length, json =>
    {
        json.WriteString("response_type", "ephemeral");
        json.WriteBoolean("replace_original", false);
        WriteContent(json, message);
    });

    /// <param name="view">A view as UTF-8 JSON.</param>
    public static ReadOnlyMemory<byte> View(ReadOnlyMemory<byte> view, params (string Name, string Value)[] fields) => Write(view.Length, json =>
    {
        foreach (var (name, value) in fields)
        {
            json.WriteString(name, value);
        }

        json.WritePropertyName("view");
        json.WriteRawValue(view.Span);
    });

    public static ReadOnlyMemory<byte> Fields(params (string Name, string Value)[] fields) => Write(0, json =>
    {
        foreach (var (name, value) in fields)
        {
            json.WriteString(name, value);
        }
    });

    public static ReadOnlyMemory<byte> File(string channel, string? thread, string file, string title) => Write(0, json =>
    {
        json.WriteStartArray("files");
        json.WriteStartObject();
        json.WriteString("id", file);
        json.WriteString("title", title);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteString("channel_id", channel);
        if (thread is not null)
        {
            json.WriteString("thread_ts", thread);
        }
    });

    private static void WriteContent(Utf8JsonWriter json, SlackMessage message)
    {
        json.WriteString("text", message.Text);
        if (!message.Blocks.IsEmpty)
        {
            json.WritePropertyName("blocks");
            json.WriteRawValue(message.Blocks.Span);
        }

        if (message.PostId is { } post)
        {
            json.WritePropertyName("metadata"u8);
            BlockKitData.WriteMetadata(json, post);
        }
    }

    private static ReadOnlyMemory<byte> Write(int content, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(content + 1_024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
