using System.Text;
using System.Text.RegularExpressions;

namespace PatchBot.Core.Lab.Reading;

/// <summary>The words that a message's writer stands for: no markup, no quotes, nothing struck through, no code blocks.</summary>
/// <param name="Struck">Something was struck through.</param>
/// <param name="Code">There was a code block.</param>
/// <param name="Unclosed">A quote or strike never ended.</param>
internal sealed partial record ReplyText(string Text, bool Struck, bool Code, bool Unclosed)
{
    /// <summary>Characters. A report is a few lines; what is longer is asked about, so that nobody can keep the reader busy.</summary>
    public const int Longest = 16_000;

    /// <summary>Around inline code, which may name a host but never an outcome.</summary>
    public const char CodeStart = '\uE000', CodeEnd = '\uE001';

    public string Plain => Unmarked(Text);

    public bool IsEmpty => !Text.AsSpan().ContainsAnyExcept(" \n\t");

    /// <summary>Without the marks around inline code.</summary>
    public static string Unmarked(string text) =>
        text.Replace($"{CodeStart}", "", StringComparison.Ordinal).Replace($"{CodeEnd}", "", StringComparison.Ordinal);

    public static ReplyText Of(string raw)
    {
        var markup = Markup.LookThrough(raw.ReplaceLineEndings("\n"));
        var text = Letters.Fold(markup.Text);
        var (code, struck) = (markup.Code, markup.Struck);

        text = Fence().Replace(text, block =>
        {
            code |= block.Length > 6;
            return "\n";
        });

        var kept = new StringBuilder(text.Length);
        foreach (var line in text.Split('\n'))
        {
            var words = line.Trim();
            if (words.StartsWith(">>>", StringComparison.Ordinal) || QuotedMail().IsMatch(words))
            {
                break;
            }

            if (words.StartsWith('>'))
            {
                continue;
            }

            words = Strike().Replace(words, _ =>
            {
                struck = true;
                return " ";
            });
            words = OpenBox().Replace(words, " ☐ ");
            words = InlineCode().Replace(words, $"{CodeStart}$1{CodeEnd}");
            kept.Append(Emphasis().Replace(Bullet().Replace(words, ""), "")).Append('\n');
        }

        return new ReplyText(kept.ToString().Trim(), struck, code, markup.Unclosed);
    }

    [GeneratedRegex(@"```[^`]*(?:`{1,2}[^`]+)*(?:```|\z)", RegexOptions.CultureInvariant)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^(?:-{3,} ?(?:original message|forwarded message|ursprüngliche nachricht|message d'origine)|_{10,}$|(?:from|von|de|da|van) ?: .*@|(?:on|am|le|el|op|il|em) .{4,120}(?:wrote|schrieb.*|écrit|escribió|schreef.*|scritto|escreveu) ?:$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex QuotedMail();

    [GeneratedRegex(@"(?<![\w~])(~{1,2})(?=[^\s~])[^~\n]*?(?<=\S)\1(?![\w~])", RegexOptions.CultureInvariant)]
    private static partial Regex Strike();

    [GeneratedRegex(@"`([^`\n]+)`", RegexOptions.CultureInvariant)]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"\[ ?\]", RegexOptions.CultureInvariant)]
    private static partial Regex OpenBox();

    [GeneratedRegex(@"^(?:[-*•·–—▪‣]|\d{1,2}[.)]|\[[xX]\])\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Bullet();

    [GeneratedRegex(@"(?<!\w)[*_]{1,3}(?=[\w\uD800-\uDFFF\p{So}'""(:+])|(?<=[\w\uD800-\uDFFF\p{So}.'""!?)%:+])[*_]{1,3}(?!\w)", RegexOptions.CultureInvariant)]
    private static partial Regex Emphasis();
}
