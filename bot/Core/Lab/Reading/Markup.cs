using System.Net;
using System.Text;

namespace PatchBot.Core.Lab.Reading;

/// <summary>
/// Looks through Teams HTML and Slack's angle brackets in one pass: what is left are lines of text. Quotes, struck text,
/// code blocks, names of people and attachments go; unknown tags are text.
/// </summary>
internal sealed class Markup
{
    private const int LongestTag = 2_000;

    private readonly StringBuilder text = new();
    private int quoted;
    private int struck;
    private int code;
    private int name;

    public string Text => text.ToString();

    public bool Struck { get; private set; }

    public bool Code { get; private set; }

    /// <summary>A quote or a strike was opened and never closed, so it is not known what it hides.</summary>
    public bool Unclosed => quoted > 0 || struck > 0;

    public static Markup LookThrough(string raw)
    {
        var markup = new Markup();
        var from = 0;
        for (var at = raw.IndexOf('<'); at >= 0; at = at < raw.Length ? raw.IndexOf('<', at) : -1)
        {
            var length = raw.AsSpan(at + 1, Math.Min(LongestTag, raw.Length - at - 1)).IndexOfAny('<', '>');
            if (length > 0 && raw[at + 1 + length] == '>')
            {
                markup.Say(raw[from..at]);
                if (!markup.TryTag(raw.AsSpan(at + 1, length)))
                {
                    markup.Say(raw.Substring(at, length + 2));
                }

                from = at += length + 2;
            }
            else
            {
                at++;
            }
        }

        markup.Say(raw[from..]);
        return markup;
    }

    private void Say(string content)
    {
        if (quoted > 0 || name > 0)
        {
            return;
        }

        if (struck > 0)
        {
            Struck |= content.AsSpan().ContainsAnyExcept(" \n\t");
        }
        else if (code > 0)
        {
            Code |= content.AsSpan().ContainsAnyExcept(" \n\t");
        }
        else
        {
            text.Append(WebUtility.HtmlDecode(content));
        }
    }

    private bool TryTag(ReadOnlySpan<char> tag)
    {
        if (tag[0] is '@' or '!' or '#')
        {
            Say(tag[0] == '@' || tag.StartsWith("!subteam^") || tag is "!here" or "!channel" or "!everyone" ? "@someone " : " ");
            return true;
        }

        if (tag.StartsWith("http") || tag.StartsWith("mailto:"))
        {
            var bar = tag.IndexOf('|');
            Say(bar < 0 ? $" {tag} " : $"{tag[(bar + 1)..]} ({tag[..bar]})");
            return true;
        }

        var closes = tag[0] == '/';
        var start = closes ? 1 : 0;
        var end = start;
        while (end < tag.Length && char.IsAsciiLetterOrDigit(tag[end]))
        {
            end++;
        }

        var alone = tag[^1] == '/';
        return (end == tag.Length || tag[end] is ' ' or '/' or '\n') && TryElement(tag[start..end].ToString().ToLowerInvariant(), tag, closes, alone);
    }

    private bool TryElement(string element, ReadOnlySpan<char> tag, bool closes, bool alone)
    {
        switch (element)
        {
            case "blockquote":
                quoted = Depth(quoted, closes, alone);
                Say("\n");
                return true;
            case "s" or "del" or "strike":
                struck = Depth(struck, closes, alone);
                return true;
            case "pre" or "codeblock":
                code = Depth(code, closes, alone);
                Say("\n");
                return true;
            case "at" or "attachment":
                name = Depth(name, closes, alone);
                Say(closes && element == "at" ? "@someone " : " ");
                return true;
            case "code":
                Say("`");
                return true;
            case "emoji" or "img":
                Say(closes ? "" : $" {Alternative(tag)} ");
                return true;
            case "td" or "th":
                Say(" | ");
                return true;
            case "p" or "div" or "br" or "li" or "ul" or "ol" or "tr" or "table" or "thead" or "tbody" or "hr"
                or "h1" or "h2" or "h3" or "h4" or "h5" or "h6":
                Say("\n");
                return true;
            case "b" or "strong" or "i" or "em" or "u" or "span" or "a" or "sub" or "sup" or "font" or "small" or "html" or "body":
                return true;
            default:
                return false;
        }
    }

    private static int Depth(int depth, bool closes, bool alone) => alone ? depth : closes ? Math.Max(0, depth - 1) : depth + 1;

    private static string Alternative(ReadOnlySpan<char> tag)
    {
        var start = tag.IndexOf("alt=\"");
        var rest = start < 0 ? default : tag[(start + 5)..];
        var end = rest.IndexOf('"');
        return end < 0 ? "" : rest[..end].ToString();
    }
}
