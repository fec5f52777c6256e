using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace PatchBot.Cards.AdaptiveCards;

/// <summary>The body of one card: heading with badges, then its blocks, then the small print.</summary>
internal sealed class AdaptiveBlocks(Utf8JsonWriter json, ChatCard card, AdaptiveCardOptions options, Shortening step)
{
    // Clients cut off what a button cannot hold.
    private const int LongestFold = 24;

    // The vendor's page has what a shortened list leaves out.
    private readonly LinkAction? more = card.Actions.OfType<LinkAction>().FirstOrDefault(link => AdaptiveLinks.Of(link.Address) is not null);
    private int folds;

    public void Write()
    {
        AdaptiveHead.Write(json, card, step);
        Write(card.Body, step.Blocks, step.Listed);
        if (!card.Footer.IsEmpty)
        {
            AdaptiveRuns.Write(json, card.Footer, step.Text, new Look(Subtle: true, Small: true, Spacing: "medium"));
        }
    }

    private void Write(IReadOnlyList<CardBlock> blocks, int most, int listed, bool folded = false)
    {
        foreach (var (index, block) in blocks.Take(most).Index())
        {
            Write(block, listed, first: folded || index == 0);
        }

        if (blocks.Count > most)
        {
            WriteMore(blocks.Count - most);
        }
    }

    private void Write(CardBlock block, int listed, bool first)
    {
        switch (block)
        {
            case TextBlock text:
                AdaptiveRuns.Write(json, text.Text, step.Text, new Look(Subtle: text.Subtle, Spacing: "small"));
                break;
            case HeadingBlock heading:
                WriteHeading(heading.Text, separated: !first);
                break;
            case FactsBlock facts:
                WriteFacts(facts.Facts, listed);
                break;
            case NoticeBlock notice:
                WriteNotice(notice, Math.Max(listed, 1));
                break;
            case ListBlock list:
                WriteList(list, listed);
                break;
            case ReplyHintBlock hint:
                WriteHint(hint);
                break;
            case DetailsBlock details:
                WriteDetails(details);
                break;
            default:
                throw new UnreachableException($"Adaptive Cards do not know the block {block.GetType().Name}: add it here.");
        }
    }

    private void WriteHeading(string text, bool separated = false)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "TextBlock"u8);
        json.WriteString("text"u8, AdaptiveText.Line(text, step.Title));
        json.WriteString("style"u8, "heading"u8);
        json.WriteString("weight"u8, "bolder"u8);
        json.WriteString("size"u8, "default"u8);
        if (separated)
        {
            json.WriteBoolean("separator"u8, true);
            json.WriteString("spacing"u8, "large"u8);
        }

        json.WriteBoolean("wrap"u8, true);
        json.WriteEndObject();
    }

    // Not a FactSet: its values are Markdown, and a long label takes half a phone's width there.
    private void WriteFacts(IReadOnlyList<CardFact> facts, int most)
    {
        foreach (var (index, fact) in facts.Take(most).Index())
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "ColumnSet"u8);
            json.WriteString("spacing"u8, index == 0 ? "medium"u8 : "small"u8);
            json.WriteStartArray("columns"u8);
            StartColumn("100px"u8);
            AdaptiveRuns.Write(json, fact.Label, step.Title, new Look(Subtle: true));
            EndColumn();
            StartColumn("stretch"u8);
            AdaptiveRuns.Write(json, fact.Value, step.Text);
            EndColumn();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        if (facts.Count > most)
        {
            WriteMore(facts.Count - most);
        }
    }

    private void StartColumn(ReadOnlySpan<byte> width)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "Column"u8);
        json.WriteString("width"u8, width);
        json.WriteStartArray("items"u8);
    }

    private void EndColumn()
    {
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteNotice(NoticeBlock notice, int most)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "Container"u8);
        json.WriteString("style"u8, AdaptiveWords.Ground(notice.Tone));
        json.WriteBoolean("showBorder"u8, true);
        json.WriteBoolean("roundedCorners"u8, true);
        json.WriteString("spacing"u8, "medium"u8);
        json.WriteStartArray("items"u8);

        // The ground is the tone; coloured words on it cannot be read in every client.
        WriteHeading(notice.Heading);
        foreach (var line in notice.Lines.Take(most))
        {
            AdaptiveRuns.Write(json, line, step.Text, new Look(Spacing: "small"));
        }

        if (notice.Lines.Count > most)
        {
            WriteMore(notice.Lines.Count - most);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteList(ListBlock list, int most)
    {
        foreach (var (index, item) in list.Items.Take(most).Index())
        {
            var mark = list.Ordered ? string.Create(CultureInfo.InvariantCulture, $"{index + 1}. ") : "•  ";
            AdaptiveRuns.Write(json, item, step.Text, new Look(Spacing: "small"), mark);
        }

        if (list.Items.Count > most)
        {
            WriteMore(list.Items.Count - most);
        }
    }

    private void WriteHint(ReplyHintBlock hint)
    {
        var (example, record) = (hint.Example, card.Actions.OfType<FormAction>().FirstOrDefault()?.Title);
        AdaptiveRuns.Write(
            json,
            options.MentionNeeded
                ? new CardText(
                    new PlainRun($"Reply in this thread and mention @{options.BotName}, for example: "),
                    new CodeRun($"@{options.BotName} {example}"),
                    new PlainRun(record is null ? "" : $"; or press {record}"))
                : new CardText(new PlainRun("Reply in this thread, for example: "), new CodeRun(example)),
            step.Text,
            new Look(Subtle: true, Spacing: "small"));
    }

    // What is folded is shown and hidden by the client alone, so it is folded again whenever the card changes.
    private void WriteDetails(DetailsBlock details)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"d{++folds}");
        var heading = AdaptiveText.Line(details.Heading, Math.Min(step.Title, 80));
        var fits = heading.Length <= LongestFold;
        if (!fits)
        {
            AdaptiveRuns.Write(json, details.Heading, step.Title, new Look(Subtle: true, Spacing: "medium"));
        }

        json.WriteStartObject();
        json.WriteString("type"u8, "ActionSet"u8);
        json.WriteString("spacing"u8, "small"u8);
        json.WriteStartArray("actions"u8);
        json.WriteStartObject();
        json.WriteString("type"u8, "Action.ToggleVisibility"u8);
        json.WriteString("title"u8, fits ? $"{heading} (show or hide)" : "Show or hide");
        json.WriteString("tooltip"u8, $"Show or hide: {heading}");
        json.WriteStartArray("targetElements"u8);
        json.WriteStringValue(id);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();

        json.WriteStartObject();
        json.WriteString("type"u8, "Container"u8);
        json.WriteString("id"u8, id);
        json.WriteBoolean("isVisible"u8, false);
        json.WriteString("style"u8, "emphasis"u8);
        json.WriteBoolean("roundedCorners"u8, true);
        json.WriteString("spacing"u8, "small"u8);
        json.WriteStartArray("items"u8);
        Write(details.Content, step.Folded, step.Folded, folded: true);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteMore(int left) => AdaptiveRuns.Write(
        json,
        new CardText(
            new PlainRun(string.Create(CultureInfo.InvariantCulture, $"and {left:N0} more")),
            more is null ? new PlainRun("") : new PlainRun(": "),
            more is null ? new PlainRun("") : new LinkRun(more.Title, more.Address)),
        step.Text,
        new Look(Subtle: true, Spacing: "small"));
}
