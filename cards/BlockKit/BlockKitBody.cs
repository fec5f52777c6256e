using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace PatchBot.Cards.BlockKit;

/// <summary>The blocks of one card: title and badges, its body, the small print, the buttons.</summary>
internal sealed class BlockKitBody(Utf8JsonWriter json, RichText rich, ChatCard card, long? post, Shortening step)
{
    // Between an emoji and the words that it belongs to.
    private const char NoBreak = '\u00A0';

    private const int LongestHeader = 150;
    private const int LongestBadge = 60;
    private const int LongestPrint = 1_000;

    private readonly BlockSheet sheet = new(json, rich);

    // The vendor's page has what a shortened list leaves out.
    private readonly LinkAction? more = card.Actions.OfType<LinkAction>().FirstOrDefault(link => BlockKitLinks.OfButton(link.Address) is not null);

    /// <summary>Blocks written.</summary>
    public int Written => sheet.Written;

    public void Write()
    {
        WriteTitle();
        WriteBadges();
        Write(card.Body, step.Blocks, step.Listed);
        if (!card.Footer.IsEmpty)
        {
            WriteSmall(card.Footer);
        }

        sheet.End();
        new BlockKitActions(json, sheet, post, step).Write(card);
    }

    /// <summary>What the card folds away, whole.</summary>
    public void WriteDetails()
    {
        WriteTitle();
        foreach (var block in card.Body.OfType<DetailsBlock>().Take(step.Blocks))
        {
            WriteOpened(block);
        }

        sheet.End();
    }

    private void Write(IReadOnlyList<CardBlock> blocks, int most, int listed)
    {
        foreach (var block in blocks.Take(most))
        {
            Write(block, listed);
        }

        if (blocks.Count > most)
        {
            WriteMore(blocks.Count - most);
        }
    }

    private void Write(CardBlock block, int listed)
    {
        switch (block)
        {
            case TextBlock { Subtle: true } text:
                WriteSmall(text.Text);
                break;
            case TextBlock text:
                sheet.OpenSection();
                rich.Runs(text.Text);
                break;
            case HeadingBlock heading:
                WriteHeading(heading.Text);
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
                sheet.OpenSection();
                rich.Runs(new CardText(new PlainRun("Reply in this thread, for example: "), new CodeRun(hint.Example)));
                break;
            case DetailsBlock when post is not null:
                break;
            case DetailsBlock folded:
                WriteOpened(folded);
                break;
            default:
                throw new UnreachableException($"Block Kit does not know the block {block.GetType().Name}: add it here.");
        }
    }

    // A header holds less than a vendor may write.
    private void WriteTitle()
    {
        var title = BlockKitText.Line(card.Title, step.Title);
        if (BlockKitText.CodePoints(title) <= LongestHeader)
        {
            sheet.Header(title);
        }
        else
        {
            sheet.OpenSection();
            rich.Text(title, Style.Bold);
        }
    }

    private void WriteBadges()
    {
        if (card.Badges.Count == 0)
        {
            return;
        }

        sheet.OpenSection();
        foreach (var (index, badge) in card.Badges.Take(step.Listed).Index())
        {
            rich.Text(index == 0 ? "" : "   ");
            rich.Emoji(BlockKitWords.Badge(badge.Tone));
            rich.Text($"{NoBreak}{BlockKitText.Line(badge.Text, LongestBadge)}");
        }
    }

    private void WriteHeading(string text)
    {
        // Under the title there is nothing to be divided from.
        sheet.Divider();
        sheet.OpenSection();
        rich.Text(BlockKitText.Line(text, step.Title), Style.Bold);
        sheet.Join();
    }

    private void WriteOpened(DetailsBlock folded)
    {
        WriteHeading(folded.Heading);
        Write(folded.Content, step.Folded, step.Folded);
    }

    private void WriteFacts(IReadOnlyList<CardFact> facts, int most)
    {
        sheet.OpenSection();
        foreach (var (index, fact) in facts.Take(most).Index())
        {
            rich.Text($"{(index == 0 ? "" : "\n")}{BlockKitText.Line(fact.Label, step.Title)}: ", Style.Bold);
            rich.Runs(fact.Value);
        }

        if (facts.Count > most)
        {
            rich.Text("\n");
            rich.Runs(More(facts.Count - most));
        }
    }

    private void WriteNotice(NoticeBlock notice, int most)
    {
        sheet.OpenBlock();
        rich.StartQuote();
        rich.Emoji(BlockKitWords.Notice(notice.Tone));
        rich.Text($"{NoBreak}{BlockKitText.Line(notice.Heading, step.Title)}", Style.Bold);
        foreach (var line in notice.Lines.Take(most))
        {
            rich.Text("\n");
            rich.Runs(line);
        }

        if (notice.Lines.Count > most)
        {
            rich.Text("\n");
            rich.Runs(More(notice.Lines.Count - most));
        }

        rich.End();
    }

    private void WriteList(ListBlock list, int most)
    {
        if (list.Items.Count > 0 && most > 0)
        {
            sheet.OpenBlock();
            rich.StartList(list.Ordered);
            foreach (var item in list.Items.Take(most))
            {
                rich.StartSection();
                rich.Runs(item);
                rich.End();
            }

            rich.End();
        }

        if (list.Items.Count > most)
        {
            sheet.Join();
            WriteMore(list.Items.Count - most);
        }
    }

    // Small print is plain; what holds more than words is written as everything else.
    private void WriteSmall(CardText text)
    {
        if (text.Any(run => run is LinkRun or TimeRun))
        {
            sheet.OpenSection();
            rich.Runs(text);
            return;
        }

        sheet.Context(BlockKitText.Lines(PlainText.PlainTextRenderer.Render(text), Math.Min(step.Text, LongestPrint)));
    }

    private void WriteMore(int left)
    {
        sheet.OpenSection();
        rich.Runs(More(left));
    }

    private CardText More(int left) => new(
        new PlainRun(string.Create(CultureInfo.InvariantCulture, $"and {left:N0} more")),
        more is null ? new PlainRun("") : new PlainRun(": "),
        more is null ? new PlainRun("") : new LinkRun(more.Title, more.Address));
}
