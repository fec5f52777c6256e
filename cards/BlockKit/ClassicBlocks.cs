using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PatchBot.Cards.BlockKit;

/// <summary>
/// What the renderer wrote, without <c>rich_text</c>: for stand-ins of Slack that run on one's own machine and draw none.
/// Each such block becomes a <c>section</c> that says the same, its instants without the reader's own time.
/// </summary>
public static class ClassicBlocks
{
    private const int LongestSection = 3_000;

    /// <param name="json">A message's blocks or a view in UTF-8, as the renderer wrote them, or an answer that holds one of them.</param>
    public static byte[] Of(ReadOnlyMemory<byte> json)
    {
        using var read = JsonDocument.Parse(json);
        var buffer = new ArrayBufferWriter<byte>(json.Length);
        using var written = new Utf8JsonWriter(buffer, BlockKitRenderer.Relaxed);
        if (read.RootElement.ValueKind == JsonValueKind.Array)
        {
            WriteBlocks(written, read.RootElement);
        }
        else
        {
            WriteAround(written, read.RootElement);
        }

        written.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteAround(Utf8JsonWriter json, JsonElement outer)
    {
        json.WriteStartObject();
        foreach (var member in outer.EnumerateObject())
        {
            json.WritePropertyName(member.Name);
            if (member.NameEquals("blocks"u8))
            {
                WriteBlocks(json, member.Value);
            }
            else if (member.NameEquals("view"u8))
            {
                WriteAround(json, member.Value);
            }
            else
            {
                member.Value.WriteTo(json);
            }
        }

        json.WriteEndObject();
    }

    private static void WriteBlocks(Utf8JsonWriter json, JsonElement blocks)
    {
        json.WriteStartArray();
        foreach (var block in blocks.EnumerateArray())
        {
            if (TypeOf(block) == "rich_text")
            {
                WriteSection(json, string.Join('\n', block.GetProperty("elements").EnumerateArray().Select(Lines)));
            }
            else
            {
                block.WriteTo(json);
            }
        }

        json.WriteEndArray();
    }

    private static void WriteSection(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "section"u8);
        json.WriteStartObject("text"u8);
        json.WriteString("type"u8, "mrkdwn"u8);
        json.WriteString("text"u8, Cut(text));
        json.WriteBoolean("verbatim"u8, true);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // Escaped words are longer than those that were cut to fit.
    private static ReadOnlySpan<char> Cut(string text)
    {
        if (text.Length <= LongestSection)
        {
            return text;
        }

        var word = text.LastIndexOfAny(['\n', ' '], LongestSection);
        return text.AsSpan(0, word > 0 ? word : LongestSection - 1);
    }

    private static string Lines(JsonElement part)
    {
        var elements = part.GetProperty("elements").EnumerateArray();
        return TypeOf(part) switch
        {
            "rich_text_list" when part.GetProperty("style").ValueEquals("ordered"u8) =>
                string.Join('\n', elements.Select((item, index) => string.Create(CultureInfo.InvariantCulture, $"{index + 1}. {Lines(item)}"))),
            "rich_text_list" => string.Join('\n', elements.Select(item => $"• {Lines(item)}")),
            "rich_text_quote" => ">" + Words(elements).Replace("\n", "\n>", StringComparison.Ordinal),
            _ => Words(elements),
        };
    }

    private static string Words(JsonElement.ArrayEnumerator elements)
    {
        var words = new StringBuilder();
        foreach (var element in elements)
        {
            words.Append(TypeOf(element) switch
            {
                "emoji" => $":{element.GetProperty("name").GetString()}:",
                "date" => Mrkdwn.Escape(element.GetProperty("fallback").GetString()!),
                "link" => $"<{element.GetProperty("url").GetString()}|{Mrkdwn.Escape(element.GetProperty("text").GetString()!)}>",
                _ => Styled(element),
            });
        }

        return words.ToString();
    }

    // A mark acts only beside the words that it is for.
    private static string Styled(JsonElement element)
    {
        var text = element.GetProperty("text").GetString()!;
        var safe = Mrkdwn.Escape(text);
        if (!element.TryGetProperty("style", out var style) || text.AsSpan().IsWhiteSpace())
        {
            return safe;
        }

        var (mark, inner) = (style.TryGetProperty("code", out _) ? '`' : '*', safe.Trim());
        var start = safe.IndexOf(inner, StringComparison.Ordinal);
        return $"{safe[..start]}{mark}{inner}{mark}{safe[(start + inner.Length)..]}";
    }

    private static string TypeOf(JsonElement element) => element.GetProperty("type").GetString()!;
}
