using System.Globalization;
using System.Text;

namespace PatchBot.Cards;

/// <summary>
/// Takes out of outside text what can deceive a reader before it is escaped: control characters, the invisible ones
/// that reorder a line (bidi), and halves of surrogate pairs.
/// </summary>
public static class CleanText
{
    private const int ZeroWidthNonJoiner = 0x200C;
    private const int ZeroWidthJoiner = 0x200D;

    /// <summary>Keeps line breaks, as <c>\n</c>.</summary>
    public static string Lines(string text)
    {
        // Most text is nothing but printable ASCII.
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (rune.Value is '\n')
            {
                clean.Append('\n');
            }
            else if (rune.Value is '\t')
            {
                clean.Append(' ');
            }
            else if (IsShown(rune))
            {
                clean.Append(rune);
            }
        }

        return clean.ToString();
    }

    /// <summary>Everything on one line.</summary>
    public static string Line(string text) => Lines(text).Replace('\n', ' ');

    // The joiners shape Persian and Indic words and emoji; every other format character is dropped.
    private static bool IsShown(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control => false,
        UnicodeCategory.Format => rune.Value is ZeroWidthNonJoiner or ZeroWidthJoiner,
        _ => true,
    };
}
