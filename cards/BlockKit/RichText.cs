using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace PatchBot.Cards.BlockKit;

/// <summary>How a run of text looks.</summary>
[Flags]
internal enum Style
{
    None = 0,
    Bold = 1,
    Code = 2,
}

/// <summary>
/// Elements of a <c>rich_text</c> block. Nothing in them is interpreted: no mention, no link, no emoji comes out of a text.
/// </summary>
internal sealed class RichText(Utf8JsonWriter json, int longest)
{
    // What each reader sees of an instant, behind the time in the ring's zone.
    private const string Own = "({date_short_pretty}, {time} your time)";

    private const string Nothing = "–";

    private bool empty;

    public void StartSection() => Start("rich_text_section"u8);

    public void StartQuote() => Start("rich_text_quote"u8);

    public void StartList(bool ordered)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "rich_text_list"u8);
        json.WriteString("style"u8, ordered ? "ordered"u8 : "bullet"u8);
        json.WriteStartArray("elements"u8);
    }

    /// <summary>Ends what was started last. A section without words is a dash, since Slack takes none that is empty.</summary>
    public void End()
    {
        if (empty)
        {
            Text(Nothing);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    public void Emoji(string name)
    {
        empty = false;
        json.WriteStartObject();
        json.WriteString("type"u8, "emoji"u8);
        json.WriteString("name"u8, name);
        json.WriteEndObject();
    }

    /// <summary>Words of ours, or outside text that was cut.</summary>
    public void Text(string text, Style style = Style.None)
    {
        if (text.Length == 0)
        {
            return;
        }

        empty = false;
        json.WriteStartObject();
        json.WriteString("type"u8, "text"u8);
        json.WriteString("text"u8, text);
        WriteStyle(style);
        json.WriteEndObject();
    }

    /// <summary>A paragraph, or a part of one.</summary>
    public void Runs(CardText text)
    {
        var left = longest;
        foreach (var run in text)
        {
            if (left <= 0)
            {
                Text("…");
                break;
            }

            left -= Write(run, Math.Max(left, 2));
        }
    }

    private void Start(ReadOnlySpan<byte> type)
    {
        empty = true;
        json.WriteStartObject();
        json.WriteString("type"u8, type);
        json.WriteStartArray("elements"u8);
    }

    /// <returns>Code points written.</returns>
    private int Write(CardRun run, int most)
    {
        switch (run)
        {
            case PlainRun plain:
                return Counted(BlockKitText.Lines(plain.Text, most), Style.None);
            case StrongRun strong:
                return Counted(BlockKitText.Line(strong.Text, most), Style.Bold);
            case CodeRun code:
                return Counted(BlockKitText.Line(code.Text, most), Style.Code);
            case LinkRun link:
                return Link(BlockKitText.Line(link.Text, most), BlockKitLinks.Of(link.Address));
            case TimeRun time:
                return Date(time);
            default:
                throw new UnreachableException($"Block Kit does not know the run {run.GetType().Name}: add it here.");
        }
    }

    private int Counted(string text, Style style)
    {
        Text(text, style);
        return BlockKitText.CodePoints(text);
    }

    private int Link(string text, string? address)
    {
        // A long address weighs more than the words beside it.
        if (address is null || text.Length == 0 || (longest < 400 && address.Length > longest))
        {
            return Counted(text, Style.None);
        }

        empty = false;
        json.WriteStartObject();
        json.WriteString("type"u8, "link"u8);
        json.WriteString("url"u8, address);
        json.WriteString("text"u8, text);
        json.WriteEndObject();
        return BlockKitText.CodePoints(text);
    }

    // The time in the ring's zone is what people talk about; the reader's own stands behind it in place of UTC.
    private int Date(TimeRun time)
    {
        var whole = ZonedTime.Format(time.Instant, time.Zone);
        var utc = whole.IndexOf(" (", StringComparison.Ordinal);
        var zoned = utc < 0 ? whole : whole[..utc];
        empty = false;
        json.WriteStartObject();
        json.WriteString("type"u8, "date"u8);
        json.WriteNumber("timestamp"u8, time.Instant.ToUnixTimeSeconds());
        json.WriteString("format"u8, string.Create(CultureInfo.InvariantCulture, $"{zoned} {Own}"));
        json.WriteString("fallback"u8, whole);
        json.WriteEndObject();
        return whole.Length;
    }

    private void WriteStyle(Style style)
    {
        if (style == Style.None)
        {
            return;
        }

        json.WriteStartObject("style"u8);
        if (style.HasFlag(Style.Bold))
        {
            json.WriteBoolean("bold"u8, true);
        }

        if (style.HasFlag(Style.Code))
        {
            json.WriteBoolean("code"u8, true);
        }

        json.WriteEndObject();
    }
}
