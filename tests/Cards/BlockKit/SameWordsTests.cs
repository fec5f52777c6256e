using PatchBot.Cards;
using PatchBot.Cards.AdaptiveCards;
using PatchBot.Cards.BlockKit;
using PatchBot.Cards.Html;

namespace PatchBot.Tests.Cards.BlockKit;

/// <summary>Slack, Teams and the web chat say the same words in the same order, with the same buttons.</summary>
public sealed class SameWordsTests
{
    private static readonly BlockKitOptions Posted = new() { PostId = 17 };

    public static TheoryData<string> Cards => [.. Gallery.Cards.Keys];

    public static TheoryData<string> Forms => [.. Gallery.Forms.Keys];

    [Theory, MemberData(nameof(Cards))]
    public async Task Given_a_card_then_slack_teams_and_the_web_chat_say_the_same(string name)
    {
        var card = await Gallery.Cards[name]();
        var words = BlockWords.OfMessage(BlockKitRenderer.Message(card, new BlockKitOptions()).Blocks.Span);
        Assert.Equal(CardWords.OfHtml(HtmlRenderer.Render(card)), words);
        Assert.Equal(CardWords.OfAdaptiveCard(AdaptiveCardRenderer.Render(card, new AdaptiveCardOptions())), words);
    }

    [Theory, MemberData(nameof(Cards))]
    public async Task Given_a_post_then_its_message_says_all_but_the_details_and_their_modal_says_those(string name)
    {
        var card = await Gallery.Cards[name]();
        var compact = card with { Body = [.. card.Body.Where(block => block is not DetailsBlock)] };
        Assert.Equal(CardWords.OfHtml(HtmlRenderer.Render(compact)), BlockWords.OfMessage(BlockKitRenderer.Message(card, Posted).Blocks.Span));

        var folded = card with { Badges = [], Body = [.. card.Body.Where(block => block is DetailsBlock)], Footer = CardText.Empty, Actions = [] };
        Assert.Equal(CardWords.OfHtml(HtmlRenderer.Render(folded)), BlockWords.OfView(BlockKitRenderer.Details(card)));
    }

    [Theory, MemberData(nameof(Cards))]
    public async Task Given_a_message_then_its_text_begins_with_what_matters_and_says_all_that_the_blocks_say(string name)
    {
        var card = await Gallery.Cards[name]();
        foreach (var options in (BlockKitOptions[])[new(), Posted])
        {
            var message = BlockKitRenderer.Message(card, options);
            var lines = message.Text.Split('\n');
            Assert.Equal([.. CardWords.Split(card.Title), .. CardWords.Split(card.Summary)], BlockWords.OfText(lines[0]));

            var details = options.PostId is not null && card.Body.Any(block => block is DetailsBlock);
            var text = message.Text.Replace("\nButtons: ", "\n", StringComparison.Ordinal);
            Assert.Equal(
                BlockWords.OfMessage(message.Blocks.Span, opened: false),
                [.. CardWords.Split(card.Title), .. BlockWords.OfText(details ? text.Replace(" [Details]", "", StringComparison.Ordinal) : text).Skip(BlockWords.OfText(lines[0]).Count)]);
        }
    }

    [Theory, MemberData(nameof(Forms))]
    public async Task Given_a_form_then_slack_and_the_web_chat_say_the_same(string name)
    {
        var form = await Gallery.Forms[name]();
        Assert.Equal(CardWords.OfHtml(HtmlRenderer.Render(form)), BlockWords.OfView(BlockKitRenderer.View(form, new BlockKitViewOptions())));
    }
}
