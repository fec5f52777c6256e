using System.Text.Json;

namespace PatchBot.Tests.Slack.Outbound.Stub;

/// <summary>What Slack does not take of a message.</summary>
internal static class MessageRules
{
    private const int MostBlocks = 50;

    // Seen in practice: where between 12,000 and 13,200 it lies is not documented.
    private const int MostCharacters = 12_000;

    /// <returns>The error, and what is said of it.</returns>
    public static (string Error, string Detail)? Fault(JsonElement content, bool edit)
    {
        var text = content.TryGetProperty("text", out var words) ? words.GetString() ?? "" : "";
        var blocks = content.TryGetProperty("blocks", out var list) ? list : default;
        if (text.Length == 0 && (blocks.ValueKind != JsonValueKind.Array || blocks.GetArrayLength() == 0))
        {
            return ("no_text", "");
        }

        if (edit && text.EnumerateRunes().Count() > 4_000)
        {
            return ("msg_too_long", "");
        }

        if (blocks.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        if (blocks.GetArrayLength() > MostBlocks)
        {
            return ("invalid_blocks", $"[ERROR] no more than {MostBlocks} items allowed [json-pointer:/blocks]");
        }

        var (at, characters) = (0, 0);
        foreach (var block in blocks.EnumerateArray())
        {
            var longest = block.GetProperty("type").GetString() == "header" ? 150 : 3_000;
            if (Longest(block) > longest)
            {
                return ("invalid_blocks", $"[ERROR] must be less than {longest + 1} characters [json-pointer:/blocks/{at}/text/text]");
            }

            characters += block.GetRawText().Length;
            at++;
        }

        return characters > MostCharacters ? ("msg_blocks_too_long", "") : null;
    }

    private static int Longest(JsonElement block) =>
        block.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.Object ? text.GetProperty("text").GetString()!.EnumerateRunes().Count() : 0;
}
