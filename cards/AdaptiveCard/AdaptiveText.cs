using System.Buffers;
using System.Text;

namespace PatchBot.Cards.AdaptiveCards;

/// <summary>Outside text as Teams shows it: what it says, and nothing that Teams could read as markup.</summary>
/// <remarks>
/// Words go into text runs, which are plain by the schema and in the official renderer; a backslash would be seen there.
/// Some clients may read Markdown in runs all the same, and all of them do in headings. So a zero-width space parts what
/// would act: <c>](</c>, <c>{{</c>, a tag, a list mark at the start of a line. It is seen nowhere, and ordinary names
/// (<c>hv-lab-02</c>, <c>C:\temp</c>, <c>fix_this</c>) hold nothing that needs one. Between two stars it would not help, so
/// these become the star that is no mark (U+2217).
/// </remarks>
internal static class AdaptiveText
{
    private const char Part = '\u200B';
    private const char Star = '\u2217';

    private static readonly SearchValues<char> Marks = SearchValues.Create("*_`~]<&{$\\\n");
    private static readonly SearchValues<string> Addresses = SearchValues.Create(["://", "www."], StringComparison.OrdinalIgnoreCase);

    /// <summary>One line of at most <paramref name="longest"/> characters.</summary>
    public static string Line(string text, int longest) => Escape(Cut(CleanText.Line(Head(text, longest)), longest));

    /// <summary>As <see cref="Line"/>, with line breaks kept.</summary>
    public static string Lines(string text, int longest) => Escape(Cut(CleanText.Lines(Head(text, longest)), longest));

    // Far too long texts are not cleaned whole; twice the length leaves room for what cleaning drops.
    private static string Head(string text, int longest) => text.Length > 2 * longest ? text[..(2 * longest)] + "…" : text;

    private static string Cut(string text, int longest)
    {
        if (text.Length <= longest)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[longest - 2]) ? longest - 2 : longest - 1;
        return $"{text.AsSpan(0, end).TrimEnd()}…";
    }

    private static string Escape(string text)
    {
        if (IsHarmless(text))
        {
            return text;
        }

        text = text.Replace("<at>", "", StringComparison.OrdinalIgnoreCase).Replace("</at>", "", StringComparison.OrdinalIgnoreCase);
        var (stars, lows, ticks) = (text.AsSpan().Count('*') > 1, text.AsSpan().Count('_') > 1, text.AsSpan().Count('`') > 1);
        var safe = new StringBuilder(text.Length + 16);
        var lineStart = true;
        for (var at = 0; at < text.Length; at++)
        {
            var (here, next) = (text[at], at + 1 < text.Length ? text[at + 1] : '\0');
            if (lineStart && here != ' ')
            {
                lineStart = false;
                if (StartsBlock(text.AsSpan(at)))
                {
                    safe.Append(Part);
                }
            }

            switch (here)
            {
                case '\n':
                    lineStart = true;
                    safe.Append(here);
                    break;
                case '*' when stars:
                    safe.Append(Star);
                    break;
                case '_' when lows:
                    // Between two of them it is inside a word, where it is no mark.
                    safe.Append(Part).Append('_').Append(Part);
                    break;
                case '`' when ticks:
                    safe.Append('\u02CB');
                    break;
                default:
                    safe.Append(here);
                    if (Acts(here, next, text.AsSpan(at)))
                    {
                        safe.Append(Part);
                    }

                    break;
            }
        }

        return safe.ToString();
    }

    private static bool IsHarmless(ReadOnlySpan<char> text) =>
        !text.ContainsAny(Marks) && !text.ContainsAny(Addresses) && text.TrimStart(' ') is var line && (line.IsEmpty || !StartsBlock(line));

    private static bool Acts(char here, char next, ReadOnlySpan<char> rest) => here switch
    {
        ']' => next is '(' or '[' or ':',
        '<' => char.IsAsciiLetter(next) || next is '/' or '!' or '?',
        '{' => next is '{',
        '$' => next is '{',
        '~' => next is '~',
        '\\' => char.IsAsciiLetterOrDigit(next) is false && next is > ' ' and < '\u007f',
        '&' => (char.IsAsciiLetter(next) || next is '#') && rest[..Math.Min(rest.Length, 34)].Contains(';'),
        ':' => rest.StartsWith("://"),
        'w' or 'W' => rest.StartsWith("www.", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    private static bool StartsBlock(ReadOnlySpan<char> line)
    {
        if (line[0] is '-' or '+' or '*' or '>' or '|' or '=' or '~')
        {
            return true;
        }

        // A numbered item or a heading needs a space behind its mark.
        var rest = line.TrimStart("0123456789");
        return line[0] == '#' ? line.TrimStart('#') is [' ', ..] : rest.Length < line.Length && rest is ['.' or ')'] or ['.' or ')', ' ' or '\n', ..];
    }
}
