using System.Diagnostics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace PatchBot.Cards.Html;

/// <summary>Runs of text as HTML. Everything that is not markup of ours passes through <see cref="Escape"/>.</summary>
internal static class HtmlText
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>Fit for element content and for a quoted attribute.</summary>
    public static string Escape(string text) => Encode(CleanText.Line(text));

    /// <summary>As <see cref="Escape"/>, with line breaks kept.</summary>
    public static string EscapeLines(string text) =>
        string.Join('\n', CleanText.Lines(text).Split('\n').Select(Encode));

    public static string Of(CardText text)
    {
        var html = new StringBuilder();
        foreach (var run in text)
        {
            html.Append(Of(run));
        }

        return html.ToString();
    }

    public static string Anchor(string text, Uri address, string attributes = "") => SafeAddress.Of(address) is { } safe
        ? $"""<a href="{Encode(safe)}"{attributes} target="_blank" rel="noopener noreferrer">{Escape(text)}</a>"""
        : Escape(text);

    private static string Of(CardRun run) => run switch
    {
        PlainRun plain => EscapeLines(plain.Text),
        StrongRun strong => $"<strong>{Escape(strong.Text)}</strong>",
        CodeRun code => $"<code>{Escape(code.Text)}</code>",
        LinkRun link => Anchor(link.Text, link.Address),
        TimeRun time => $"""<time datetime="{ZonedTime.Iso(time.Instant)}">{Escape(ZonedTime.Format(time.Instant, time.Zone))}</time>""",
        _ => throw new UnreachableException($"HTML does not know the run {run.GetType().Name}: add it here."),
    };

    private static string Encode(string text) => Encoder.Encode(text);
}
