using System.Globalization;
using System.Net;
using System.Text;

namespace PatchBot.Adapters.Sources.Reading;

/// <summary>
/// Turns vendors' HTML into one line of plain text. It only has to be readable: every renderer escapes its text anyway.
/// </summary>
internal static class PlainText
{
    /// <summary>Tags and what scripts, styles and comments hold are dropped, entities decoded, blanks collapsed, the rest cut at <paramref name="length"/>.</summary>
    public static string Of(string? markup, int length)
    {
        if (string.IsNullOrWhiteSpace(markup))
        {
            return "";
        }

        // Decoding comes last, so that "&lt;b&gt;" stays the text "<b>" and can't become a tag.
        return Line(WebUtility.HtmlDecode(WithoutTags(markup)), length);
    }

    /// <summary>Control and direction-changing characters dropped, blanks collapsed, cut at <paramref name="length"/>; markup stays as it is.</summary>
    public static string Line(string? text, int length)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var line = new StringBuilder(Math.Min(text.Length, length));
        var blank = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                blank = line.Length > 0;
            }
            else if (IsShown(rune))
            {
                var needed = rune.Utf16SequenceLength + (blank ? 1 : 0);
                if (line.Length + needed > length)
                {
                    return Shortened(line, length);
                }

                line.Append(blank ? " " : "").Append(rune.ToString());
                blank = false;
            }
        }

        return line.ToString();
    }

    private static string Shortened(StringBuilder line, int length)
    {
        if (line.Length >= length)
        {
            line.Length = length - 1;
        }

        if (line.Length > 0 && char.IsHighSurrogate(line[^1]))
        {
            line.Length--;
        }

        return line.ToString().TrimEnd() + "…";
    }

    // Format characters include right-to-left overrides and zero-width ones, which make text look like other text.
    private static bool IsShown(Rune rune) => Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate
        or UnicodeCategory.OtherNotAssigned) && rune != Rune.ReplacementChar;

    private static string WithoutTags(string markup)
    {
        var text = new StringBuilder(markup.Length);
        for (var at = 0; at < markup.Length;)
        {
            var tag = markup.IndexOf('<', at);
            if (tag < 0 || tag + 1 == markup.Length)
            {
                return text.Append(markup, at, markup.Length - at).ToString();
            }

            text.Append(markup, at, tag - at);
            if (!StartsTag(markup[tag + 1]))
            {
                text.Append('<');
                at = tag + 1;
                continue;
            }

            text.Append(' ');
            at = AfterTag(markup, tag);
        }

        return text.ToString();
    }

    private static bool StartsTag(char next) => char.IsAsciiLetter(next) || next is '/' or '!' or '?';

    private static int AfterTag(string markup, int tag)
    {
        if (string.CompareOrdinal(markup, tag, "<!--", 0, 4) == 0)
        {
            return After(markup, "-->", tag + 4);
        }

        foreach (var hidden in (ReadOnlySpan<string>)["script", "style"])
        {
            if (string.Compare(markup, tag + 1, hidden, 0, hidden.Length, StringComparison.OrdinalIgnoreCase) == 0)
            {
                return After(markup, ">", After(markup, $"</{hidden}", tag));
            }
        }

        return AfterAttributes(markup, tag + 1);
    }

    private static int AfterAttributes(string markup, int at)
    {
        var quote = '\0';
        for (; at < markup.Length; at++)
        {
            var character = markup[at];
            if (quote != '\0')
            {
                quote = character == quote ? '\0' : quote;
            }
            else if (character is '"' or '\'')
            {
                quote = character;
            }
            else if (character == '>')
            {
                return at + 1;
            }
        }

        return markup.Length;
    }

    private static int After(string markup, string mark, int from) =>
        from < markup.Length && markup.IndexOf(mark, from, StringComparison.OrdinalIgnoreCase) is >= 0 and var at
            ? at + mark.Length
            : markup.Length;
}
