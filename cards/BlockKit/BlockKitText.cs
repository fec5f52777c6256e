using System.Globalization;
using System.Text;

namespace PatchBot.Cards.BlockKit;

/// <summary>
/// Outside text for <c>plain_text</c> objects and <c>rich_text</c> elements, where Slack interprets nothing: cleaned, and cut
/// by code points, which is what Slack counts.
/// </summary>
internal static class BlockKitText
{
    private const string More = "…";

    /// <summary>One line of at most <paramref name="longest"/> code points.</summary>
    public static string Line(string text, int longest) => Cut(CleanText.Line(Head(text, longest)), longest);

    /// <summary>As <see cref="Line"/>, with line breaks kept.</summary>
    public static string Lines(string text, int longest) => Cut(CleanText.Lines(Head(text, longest)), longest);

    /// <summary>As <see cref="Line"/>, for a short label: what does not fit ends behind a whole word.</summary>
    public static string Label(string text, int longest)
    {
        var whole = CleanText.Line(Head(text, longest));
        var cut = Cut(whole, longest);
        return cut != whole && cut.LastIndexOf(' ') is var space && space > longest / 3 ? cut.AsSpan(0, space).TrimEnd(" ,;:-").ToString() + More : cut;
    }

    public static int CodePoints(string text)
    {
        var count = text.Length;
        foreach (var unit in text)
        {
            count -= char.IsLowSurrogate(unit) ? 1 : 0;
        }

        return count;
    }

    // Far too long texts are not cleaned whole; four times the length leaves room for pairs and for what cleaning drops.
    private static string Head(string text, int longest) => text.Length > 4 * longest ? $"{text.AsSpan(0, 4 * longest)}{More}" : text;

    private static string Cut(string text, int longest)
    {
        if (text.Length <= longest || CodePoints(text) <= longest)
        {
            return text;
        }

        var (end, left) = (0, longest - 1);
        while (end < text.Length)
        {
            // What belongs together, such as a family of emoji, is kept or dropped as one.
            var element = text.AsSpan(end, StringInfo.GetNextTextElementLength(text, end));
            var points = 0;
            foreach (var _ in element.EnumerateRunes())
            {
                points++;
            }

            if (points > left)
            {
                break;
            }

            (end, left) = (end + element.Length, left - points);
        }

        return $"{text.AsSpan(0, end).TrimEnd()}{More}";
    }
}
