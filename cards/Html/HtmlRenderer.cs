using System.Diagnostics;
using System.Text;

namespace PatchBot.Cards.Html;

/// <summary>
/// A card as a fragment of HTML that is safe to set into a page: no scripts, no styles, no ids. Tones and styles are
/// <c>data-</c> attributes for the page's style sheet; presses are found by <c>data-action</c>.
/// </summary>
public static class HtmlRenderer
{
    public static string Render(ChatCard card)
    {
        var html = new StringBuilder();
        html.Append($"""<article class="card" data-tone="{HtmlWords.Of(card.Tone)}">""").Append('\n');
        html.Append($"""<h3 class="card-title">{HtmlText.Escape(card.Title)}</h3>""").Append('\n');
        AppendBadges(html, card.Badges);
        AppendBlocks(html, card.Body);
        if (!card.Footer.IsEmpty)
        {
            html.Append($"""<footer class="card-footer">{HtmlText.Of(card.Footer)}</footer>""").Append('\n');
        }

        HtmlForms.AppendActions(html, card.Actions);
        return html.Append("</article>").ToString();
    }

    /// <summary>A form that stands alone, such as one that answers a press.</summary>
    public static string Render(CardForm form)
    {
        var html = new StringBuilder();
        HtmlForms.AppendForm(html, form, ActionStyle.Primary);
        return html.ToString();
    }

    /// <summary>What a person wrote: never read as markup, line breaks kept.</summary>
    public static string Render(string text) => $"<p>{HtmlText.EscapeLines(text)}</p>";

    private static void AppendBadges(StringBuilder html, IReadOnlyList<CardBadge> badges)
    {
        if (badges.Count == 0)
        {
            return;
        }

        html.Append("""<ul class="badges">""");
        foreach (var badge in badges)
        {
            html.Append($"""<li class="badge" data-tone="{HtmlWords.Of(badge.Tone)}">{HtmlText.Escape(badge.Text)}</li>""");
        }

        html.Append("</ul>\n");
    }

    private static void AppendBlocks(StringBuilder html, IReadOnlyList<CardBlock> blocks)
    {
        foreach (var block in blocks)
        {
            Append(html, block);
            html.Append('\n');
        }
    }

    private static void Append(StringBuilder html, CardBlock block)
    {
        switch (block)
        {
            case TextBlock text:
                html.Append($"""<p class="{(text.Subtle ? "subtle" : "text")}">{HtmlText.Of(text.Text)}</p>""");
                break;
            case HeadingBlock heading:
                html.Append($"<h4>{HtmlText.Escape(heading.Text)}</h4>");
                break;
            case FactsBlock facts:
                html.Append("""<dl class="facts">""");
                html.AppendJoin("", facts.Facts.Select(fact => $"\n<div><dt>{HtmlText.Escape(fact.Label)}</dt><dd>{HtmlText.Of(fact.Value)}</dd></div>"));
                html.Append("\n</dl>");
                break;
            case NoticeBlock notice:
                html.Append($"""<section class="notice" data-tone="{HtmlWords.Of(notice.Tone)}" role="note">""");
                html.Append($"""<h4>{HtmlText.Escape(notice.Heading)}</h4>""");
                html.AppendJoin("", notice.Lines.Select(line => $"\n<p>{HtmlText.Of(line)}</p>"));
                html.Append("</section>");
                break;
            case ListBlock list:
                var element = list.Ordered ? "ol" : "ul";
                html.Append($"<{element}>");
                html.AppendJoin("", list.Items.Select(item => $"\n<li>{HtmlText.Of(item)}</li>"));
                html.Append($"\n</{element}>");
                break;
            case DetailsBlock details:
                html.Append($"""<details class="more"><summary>{HtmlText.Escape(details.Heading)}</summary>""").Append('\n');
                AppendBlocks(html, details.Content);
                html.Append("</details>");
                break;
            case ReplyHintBlock hint:
                html.Append($"""<p class="subtle">Reply in this thread, for example: <code>{HtmlText.Escape(hint.Example)}</code></p>""");
                break;
            default:
                throw new UnreachableException($"HTML does not know the block {block.GetType().Name}: add it here.");
        }
    }
}
