using System.Globalization;
using System.Text;

namespace PatchBot.Core.Lab.Reading;

/// <summary>
/// Plain letters for styled ones, and nothing for invisible ones. Written out here, because .NET leaves text as it is
/// under invariant globalization instead of normalising it (NFKC).
/// </summary>
internal static class Letters
{
    // Letters that the mathematical alphabets leave out, since Unicode had them before.
    private const string Letterlike = "ℂCℊgℋHℌHℍHℎhℐIℑIℒLℓlℕNℙPℚQℛRℜRℝRℤZℨZℬBℭCℯeℰEℱFℳMℴoᴀAʙBᴄCᴅDᴇEꜰFɢGʜHɪIᴊJᴋKʟLᴍMɴNᴏOᴘPʀRꜱSᴛTᴜUᴠVᴡWʏYᴢZ";

    // Accented letters and what they are matched as.
    private const string Accented = "àaáaâaãaäaåaçcèeéeêeëeìiíiîiïiñnòoóoôoõoöoùuúuûuüuýyÿyāaēeīiōoūuśsšsžzčcćcłlńnęeąa";

    private static readonly Dictionary<int, char> Styled = Pairs(Letterlike);
    private static readonly Dictionary<int, char> Plain = Pairs(Accented);

    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '\r':
                    break;
                case '\u2028' or '\u2029' or '\u0085':
                    folded.Append('\n');
                    break;
                case 0x1F197:
                    folded.Append(" ok ");
                    break;
                case '’' or '‘' or 'ʼ' or '´':
                    folded.Append('\'');
                    break;
                case '。' or '｡':
                    folded.Append(". ");
                    break;
                case '、' or '､':
                    folded.Append(", ");
                    break;
                case '\u037E' or '؟' or '‽' or '⁇' or '⁈' or '⁉':
                    folded.Append('?');
                    break;
                case 'ﬁ':
                    folded.Append("fi");
                    break;
                case '\u2010' or '\u2011' or '\u2212':
                    folded.Append('-');
                    break;
                case var value when PlainLetter(value) is { } letter:
                    folded.Append(letter);
                    break;
                default:
                    Visible(folded, rune);
                    break;
            }
        }

        return folded.ToString();
    }

    /// <summary>The form in which words are compared: lower case, no accents.</summary>
    public static string Key(ReadOnlySpan<char> word)
    {
        var key = new StringBuilder(word.Length);
        foreach (var letter in word)
        {
            var lower = char.ToLowerInvariant(letter);
            if (lower == 'ß')
            {
                key.Append("ss");
            }
            else if (char.IsLetterOrDigit(lower))
            {
                key.Append(Plain.GetValueOrDefault(lower, lower));
            }
        }

        return key.ToString();
    }

    private static void Visible(StringBuilder folded, Rune rune)
    {
        // Format characters (zero-width, direction, soft hyphen), emoji variations and what the reader uses as its own marks.
        var category = Rune.GetUnicodeCategory(rune);
        if (category is UnicodeCategory.Format or UnicodeCategory.PrivateUse || rune.Value is >= 0xFE00 and <= 0xFE0F or >= 0x1F3FB and <= 0x1F3FF or 0x034F or 0x115F or 0x1160 or 0x3164 or 0xFFA0)
        {
            return;
        }

        if (category is UnicodeCategory.SpaceSeparator)
        {
            folded.Append(' ');
        }
        else if (category is not UnicodeCategory.Control || rune.Value is '\n' or '\t')
        {
            folded.Append(rune);
        }
    }

    private static char? PlainLetter(int value) => value switch
    {
        < 0x80 => null,
        >= 0xFF01 and <= 0xFF5E => (char)(value - 0xFF01 + '!'),
        >= 0x1D400 and <= 0x1D6A3 => Letter((value - 0x1D400) % 52),
        >= 0x1D7CE and <= 0x1D7FF => (char)('0' + ((value - 0x1D7CE) % 10)),
        >= 0x24B6 and <= 0x24E9 => Letter(value - 0x24B6),
        >= 0x1F130 and <= 0x1F149 => (char)('A' + value - 0x1F130),
        >= 0x1F150 and <= 0x1F169 => (char)('A' + value - 0x1F150),
        >= 0x1F170 and <= 0x1F189 => (char)('A' + value - 0x1F170),
        _ => Styled.TryGetValue(value, out var letter) ? letter : null,
    };

    private static char Letter(int index) => (char)(index < 26 ? 'A' + index : 'a' + index - 26);

    private static Dictionary<int, char> Pairs(string pairs)
    {
        var map = new Dictionary<int, char>();
        for (var at = 0; at < pairs.Length; at += 2)
        {
            map[pairs[at]] = pairs[at + 1];
        }

        return map;
    }
}
