using System.Buffers;
using System.Text;

namespace PatchBot.Cards.BlockKit;

/// <summary>
/// Outside text for a message's <c>text</c>, which Slack reads as mrkdwn: it says the same and can neither mention, nor
/// link, nor format.
/// </summary>
/// <remarks>
/// Slack's own escapes cover <c>&amp; &lt; &gt;</c>. For the rest a zero-width space parts what would act (an address, an
/// emoji's name, a mention by name, a quote), and marks that would format become the same to the eye that are none; inside
/// a word, as in <c>fix_this</c>, they do not act and stay.
/// </remarks>
public static class Mrkdwn
{
    private const char Part = '\u200B';

    private static readonly SearchValues<char> Marks = SearchValues.Create("&<>*_~`:@");
    private static readonly SearchValues<string> Addresses = SearchValues.Create(["www."], StringComparison.OrdinalIgnoreCase);

    /// <param name="text">Clean, see <see cref="CleanText"/>; line breaks are kept.</param>
    public static string Escape(string text)
    {
        if (!text.AsSpan().ContainsAny(Marks) && !text.AsSpan().ContainsAny(Addresses))
        {
            return text;
        }

        var safe = new StringBuilder(text.Length + 32);
        for (var at = 0; at < text.Length; at++)
        {
            var (before, here, next) = (at > 0 ? text[at - 1] : '\n', text[at], at + 1 < text.Length ? text[at + 1] : '\n');
            switch (here)
            {
                case '&':
                    safe.Append("&amp;");
                    break;
                case '<':
                    safe.Append("&lt;");
                    break;
                case '>':
                    // At the start of a line it would be a quote, escaped or not.
                    safe.Append(LineStarts(text, at) ? $"{Part}&gt;" : "&gt;");
                    break;
                case '*' or '_' or '~' or '`' when !(char.IsLetterOrDigit(before) && char.IsLetterOrDigit(next)):
                    safe.Append(Twin(here));
                    break;
                case ':' when next == '/' || StartsEmoji(text.AsSpan(at + 1)):
                case '@' when char.IsLetter(next) && !char.IsLetterOrDigit(before):
                case 'w' or 'W' when !char.IsLetterOrDigit(before) && text.AsSpan(at).StartsWith("www.", StringComparison.OrdinalIgnoreCase):
                    safe.Append(here).Append(Part);
                    break;
                default:
                    safe.Append(here);
                    break;
            }
        }

        return safe.ToString();
    }

    private static char Twin(char mark) => mark switch
    {
        '*' => '\u2217',
        '_' => '\u02CD',
        '~' => '\u223C',
        _ => '\u02CB',
    };

    private static bool LineStarts(string text, int at) => text.AsSpan(0, at).TrimEnd(' ') is [] or [.., '\n'] or [.., '>'];

    private static bool StartsEmoji(ReadOnlySpan<char> rest)
    {
        var name = 0;
        while (name < rest.Length && (char.IsLetterOrDigit(rest[name]) || rest[name] is '_' or '-' or '+' or '\''))
        {
            name++;
        }

        return name > 0 && name < rest.Length && rest[name] == ':';
    }
}
