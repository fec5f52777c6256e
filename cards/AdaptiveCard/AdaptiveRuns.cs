using System.Diagnostics;
using System.Text.Json;

namespace PatchBot.Cards.AdaptiveCards;

/// <summary>How a paragraph looks.</summary>
internal readonly record struct Look(bool Strong = false, bool Subtle = false, bool Small = false, string? Spacing = null);

/// <summary>Paragraphs of text runs.</summary>
internal static class AdaptiveRuns
{
    /// <param name="mark">What stands before the text, such as a bullet; words of ours.</param>
    public static void Write(Utf8JsonWriter json, CardText text, int longest, Look look = default, string mark = "")
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "RichTextBlock"u8);
        if (look.Spacing is not null)
        {
            json.WriteString("spacing"u8, look.Spacing);
        }

        json.WriteStartArray("inlines"u8);
        if (mark.Length > 0)
        {
            WriteRun(json, mark, look);
        }

        var (left, longestAddress) = (longest, longest < 200 ? 300 : AdaptiveLinks.Longest);
        foreach (var run in text)
        {
            if (left <= 0)
            {
                WriteRun(json, "…", look);
                break;
            }

            left -= Write(json, run, Math.Max(left, 2), longestAddress, look);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void WriteRun(Utf8JsonWriter json, string escaped, Look look, bool code = false, string? address = null)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "TextRun"u8);
        json.WriteString("text"u8, escaped);
        if (look.Strong)
        {
            json.WriteString("weight"u8, "bolder"u8);
        }

        if (look.Subtle)
        {
            json.WriteBoolean("isSubtle"u8, true);
        }

        if (look.Small)
        {
            json.WriteString("size"u8, "small"u8);
        }

        if (code)
        {
            json.WriteString("fontType"u8, "monospace"u8);
        }

        if (address is not null)
        {
            json.WriteStartObject("selectAction"u8);
            json.WriteString("type"u8, "Action.OpenUrl"u8);
            json.WriteString("url"u8, address);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <returns>Characters written.</returns>
    private static int Write(Utf8JsonWriter json, CardRun run, int longest, int longestAddress, Look look)
    {
        var text = run switch
        {
            PlainRun plain => AdaptiveText.Lines(plain.Text, longest),
            StrongRun strong => AdaptiveText.Line(strong.Text, longest),
            CodeRun code => AdaptiveText.Line(code.Text, longest),
            LinkRun link => AdaptiveText.Line(link.Text, longest),
            TimeRun time => AdaptiveText.Line(ZonedTime.Format(time.Instant, time.Zone), longest),
            _ => throw new UnreachableException($"Adaptive Cards do not know the run {run.GetType().Name}: add it here."),
        };
        if (text.Length > 0)
        {
            var address = run is LinkRun { Address: var wanted } && AdaptiveLinks.Of(wanted) is { } safe && safe.Length <= longestAddress ? safe : null;
            WriteRun(json, text, run is StrongRun ? look with { Strong = true } : look, run is CodeRun, address);
        }

        return text.Length;
    }
}
