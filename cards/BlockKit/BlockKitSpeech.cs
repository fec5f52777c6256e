using System.Diagnostics;
using System.Globalization;
using System.Text;
using PatchBot.Cards.PlainText;

namespace PatchBot.Cards.BlockKit;

/// <summary>
/// A card as a message's <c>text</c>: what screen readers read instead of the blocks, what notifications begin with, and what
/// is shown where blocks cannot be.
/// </summary>
internal sealed class BlockKitSpeech
{
    private const string Cut = "The rest does not fit here.";
    private const string InWords = "The buttons cannot be shown here; reply in words instead.";

    private const int LongestLine = 600, LongestButtons = 800;

    private readonly StringBuilder text = new();
    private readonly int most;
    private bool full;

    private BlockKitSpeech(int most) => this.most = most;

    /// <summary>Beside blocks: says what they say, details only where they are not behind a button.</summary>
    public static string OfMessage(ChatCard card, long? post) => Of(card, post is not null, Buttons(card, post));

    /// <summary>Without blocks: details too, and what to do instead of pressing.</summary>
    public static string Alone(ChatCard card) => Of(card, foldsDetails: false, card.Actions.Count > 0 ? InWords : "");

    private static string Of(ChatCard card, bool foldsDetails, string last)
    {
        // The last line is wanted most after the first, so its place is kept.
        var speech = new BlockKitSpeech(BlockKitOptions.MostText - last.Length - Cut.Length - 2);
        speech.Say($"{BlockKitText.Line(card.Title, 300)}: {BlockKitText.Line(card.Summary, 300)}");
        if (card.Badges.Count > 0)
        {
            speech.Say(string.Join(' ', card.Badges.Take(40).Select(badge => $"[{BlockKitText.Line(badge.Text, 60)}]")));
        }

        speech.Say(card.Body, "", foldsDetails);
        if (!card.Footer.IsEmpty)
        {
            speech.Say(Words(card.Footer));
        }

        if (speech.full)
        {
            speech.text.Append('\n').Append(Cut);
        }

        return (last.Length > 0 ? speech.text.Append('\n').Append(last) : speech.text).ToString();
    }

    private static string Buttons(ChatCard card, long? post)
    {
        var buttons = new StringBuilder();
        var titles = BlockKitActions.Of(card).Select(action => action.Title);
        foreach (var title in BlockKitActions.Folds(card, post) ? titles.Append(BlockKitActions.DetailsTitle) : titles)
        {
            var said = Mrkdwn.Escape($"[{BlockKitText.Line(title, 75)}]");
            if (buttons.Length + said.Length > LongestButtons)
            {
                break;
            }

            buttons.Append(buttons.Length == 0 ? "Buttons: " : " ").Append(said);
        }

        return buttons.ToString();
    }

    private void Say(IReadOnlyList<CardBlock> blocks, string indent, bool foldsDetails)
    {
        foreach (var block in blocks)
        {
            if (full)
            {
                return;
            }

            Say(block, indent, foldsDetails);
        }
    }

    private void Say(CardBlock block, string indent, bool foldsDetails)
    {
        switch (block)
        {
            case TextBlock paragraph:
                Say(indent + Words(paragraph.Text));
                break;
            case HeadingBlock heading:
                Say(indent + BlockKitText.Line(heading.Text, LongestLine));
                break;
            case FactsBlock facts:
                SayAll(facts.Facts, (fact, _) => $"{indent}{BlockKitText.Line(fact.Label, 300)}: {Words(fact.Value)}");
                break;
            case NoticeBlock notice:
                Say($"{indent}! {BlockKitText.Line(notice.Heading, LongestLine)}");
                SayAll(notice.Lines, (line, _) => $"{indent}  {Words(line)}");
                break;
            case ListBlock list:
                SayAll(list.Items, (item, index) => $"{indent}{(list.Ordered ? string.Create(CultureInfo.InvariantCulture, $"{index + 1}.") : "•")} {Words(item)}");
                break;
            case ReplyHintBlock hint:
                Say($"{indent}Reply in this thread, for example: {BlockKitText.Line(hint.Example, LongestLine)}");
                break;
            case DetailsBlock when foldsDetails:
                break;
            case DetailsBlock details:
                Say($"{indent}{BlockKitText.Line(details.Heading, LongestLine)}:");
                Say(details.Content, indent + "  ", foldsDetails);
                break;
            default:
                throw new UnreachableException($"Block Kit does not know the block {block.GetType().Name}: add it here.");
        }
    }

    private void SayAll<T>(IReadOnlyList<T> items, Func<T, int, string> line)
    {
        foreach (var (index, item) in items.Index())
        {
            if (full)
            {
                return;
            }

            Say(line(item, index));
        }
    }

    // UTF-16 units are never fewer than the code points that Slack counts.
    private void Say(string line)
    {
        var safe = Mrkdwn.Escape(line);
        if (full || text.Length + 1 + safe.Length > most)
        {
            full = true;
            return;
        }

        text.Append(text.Length == 0 ? "" : "\n").Append(safe);
    }

    private static string Words(CardText text) => BlockKitText.Lines(string.Concat(text.Select(run => run switch
    {
        PlainRun plain => Head(plain.Text),
        StrongRun strong => CleanText.Line(Head(strong.Text)),
        CodeRun code => CleanText.Line(Head(code.Text)),
        LinkRun link => CleanText.Line(Head(link.Text)),
        _ => PlainTextRenderer.Render(new CardText(run)),
    })), LongestLine);

    private static string Head(string text) => text.Length > 4 * LongestLine ? text[..(4 * LongestLine)] : text;
}
