using System.Text.Json;

namespace PatchBot.Cards.BlockKit;

/// <summary>The <c>plain_text</c> object, and the blocks that hold nothing else. Emoji codes stay as they are written.</summary>
internal static class PlainObject
{
    private const string Nothing = "–";

    public static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, string text)
    {
        json.WriteStartObject(name);
        WriteMembers(json, text);
    }

    public static void WriteHeader(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "header"u8);
        Write(json, "text"u8, text);
        json.WriteEndObject();
    }

    public static void WriteSection(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "section"u8);
        Write(json, "text"u8, text);
        json.WriteEndObject();
    }

    /// <summary>Small print.</summary>
    public static void WriteContext(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "context"u8);
        json.WriteStartArray("elements"u8);
        json.WriteStartObject();
        WriteMembers(json, text);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    // Slack takes no empty text.
    private static void WriteMembers(Utf8JsonWriter json, string text)
    {
        json.WriteString("type"u8, "plain_text"u8);
        json.WriteString("text"u8, text.AsSpan().IsWhiteSpace() ? Nothing : text);
        json.WriteBoolean("emoji"u8, false);
        json.WriteEndObject();
    }
}
