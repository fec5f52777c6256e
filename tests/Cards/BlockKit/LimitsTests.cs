using System.Text;
using System.Text.Json.Nodes;
using PatchBot.Cards;
using PatchBot.Cards.BlockKit;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Cards.BlockKit;

/// <summary>Whatever a card holds, Slack takes it.</summary>
public sealed class LimitsTests
{
    public static TheoryData<string, int> Limits => [.. SlackLimits.All.Select(limit => (limit.Key, limit.Value))];

    public static TheoryData<string> Cards => [.. Gallery.Cards.Keys];

    public static TheoryData<string> Forms => [.. Gallery.Forms.Keys];

    [Theory, MemberData(nameof(Limits))]
    public void Given_a_limit_that_we_keep_then_it_is_the_one_that_slack_documents(string name, int limit)
    {
        using var file = SharedData.Open("slack-block-kit-limits.json");
        Assert.Equal(limit, (int?)name.Split('.').Aggregate(JsonNode.Parse(file), (node, part) => node?[part]));
    }

    [Theory, MemberData(nameof(Cards))]
    public async Task Given_a_card_then_slack_takes_it_as_a_message_as_home_and_its_details(string name)
    {
        var card = await Gallery.Cards[name]();
        Assert.Empty(Faults(card));
        Assert.DoesNotContain("more actions do not fit", Encoding.UTF8.GetString(BlockKitRenderer.Message(card, new BlockKitOptions { PostId = long.MaxValue }).Blocks.Span), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Forms))]
    public async Task Given_a_form_then_slack_takes_it(string name) =>
        Assert.Empty(SlackLimits.FaultsOfView(BlockKitRenderer.View(await Gallery.Forms[name](), new BlockKitViewOptions { Error = "No.", PrivateMetadata = new string('m', BlockKitViewOptions.MostMetadata) })));

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void Given_any_card_of_any_size_then_slack_takes_it(int seed)
    {
        var random = new Random(seed);
        for (var size = 1; size <= 4096; size *= 16)
        {
            var card = Monsters.Card(random, size);
            Assert.Empty(Faults(card));
            foreach (var form in card.Actions.OfType<FormAction>().Select(action => action.Form).Append(new("a/1", Monsters.Text(random, size), [], Monsters.Text(random, size)) { Text = Monsters.Text(random, size) }))
            {
                Assert.Empty(SlackLimits.FaultsOfView(BlockKitRenderer.View(form, new BlockKitViewOptions { Error = Monsters.Text(random, size) })));
            }
        }
    }

    [Fact]
    public void Given_an_empty_text_everywhere_then_slack_takes_it()
    {
        var form = new CardForm("f/1", "", [new TextInput("t", ""), new ChoiceInput("c", "", [new("v", "")])], "");
        var card = new ChatCard
        {
            Title = "",
            Summary = "",
            Badges = [new("", Tone.Good)],
            Body =
            [
                new TextBlock(""), new TextBlock(CardText.Empty), new TextBlock("", Subtle: true), new HeadingBlock(""), new FactsBlock([]), new FactsBlock([new("", "")]), new NoticeBlock(Tone.Good, "", [""]),
                new ListBlock([]), new ListBlock(["", CardText.Link("", new Uri("https://example.com/"))]), new ReplyHintBlock(""), new HeadingBlock(""), new ListBlock([]), new DetailsBlock("", []),
            ],
            Footer = "",
            Actions = [new PressAction("a/1", ""), new PressAction("a/2", "") { Confirm = "?" }, new FormAction("", form), new LinkAction("", new Uri("https://example.com/"))],
        };
        Assert.Empty(Faults(card));
        Assert.Empty(Faults(new ChatCard { Title = "", Summary = "" }));
        Assert.Empty(SlackLimits.FaultsOfView(BlockKitRenderer.View(form, new BlockKitViewOptions())));
        Assert.Empty(SlackLimits.FaultsOfView(BlockKitRenderer.View(new CardForm("f/1", "", [], ""), new BlockKitViewOptions())));
    }

    [Fact]
    public void Given_ten_thousand_vulnerabilities_then_the_message_and_the_details_say_where_the_rest_is()
    {
        var card = Monsters.Patch(vulnerabilities: 10_000, note: "short");
        var answer = Encoding.UTF8.GetString(BlockKitRenderer.Message(card, new BlockKitOptions()).Blocks.Span);
        Assert.Matches(@"and 9,9\d\d more", answer);
        AssertKept(answer);

        var post = Encoding.UTF8.GetString(BlockKitRenderer.Message(card, new BlockKitOptions { PostId = 17 }).Blocks.Span);
        Assert.DoesNotContain("CVE-2023", post, StringComparison.Ordinal);
        AssertKept(post);

        var details = Encoding.UTF8.GetString(BlockKitRenderer.Details(card));
        Assert.Contains("CVE-2023-10100", details, StringComparison.Ordinal);
        Assert.Matches(@"and 9,\d\d\d more", details);
        Assert.Contains("https://example.com/", details, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_a_text_of_ten_megabytes_then_it_is_cut_and_the_verdict_and_the_notice_are_not()
    {
        var card = Monsters.Patch(vulnerabilities: 200, note: new string('n', 10_000_000));
        AssertKept(Encoding.UTF8.GetString(BlockKitRenderer.Message(card, new BlockKitOptions()).Blocks.Span));
        var huge = string.Concat(Enumerable.Repeat("👩‍👩‍👧\u202E\ud83d &<>*_~`", 700_000));
        Assert.Empty(Faults(card with { Title = huge, Summary = huge, Footer = huge, Badges = [new(huge, Tone.Danger)] }));
    }

    [Fact]
    public void Given_a_text_that_is_cut_then_no_sign_is_cut_in_two()
    {
        var family = string.Concat(Enumerable.Repeat("👩‍👩‍👧", 100));
        var header = (string)JsonNode.Parse(BlockKitRenderer.View(new CardForm("f/1", family, [], "Send"), new BlockKitViewOptions()))!["blocks"]![0]!["text"]!["text"]!;
        Assert.Equal($"{string.Concat(Enumerable.Repeat("👩‍👩‍👧", 29))}…", header);
    }

    [Fact]
    public void Given_a_title_longer_than_a_header_then_it_is_shown_whole()
    {
        var title = string.Join(' ', Enumerable.Repeat("Windows", 30));
        var blocks = JsonNode.Parse(BlockKitRenderer.Message(new ChatCard { Title = title, Summary = "S" }, new BlockKitOptions()).Blocks.Span)!;
        Assert.Equal(title, (string?)blocks[0]!["elements"]![0]!["elements"]![0]!["text"]);
    }

    [Theory]
    [InlineData("""[{"type":"header","text":{"type":"plain_text","text":"","emoji":false}}]""", "header.text: 0 is not within 1 and 150")]
    [InlineData("""[{"type":"header","text":{"type":"mrkdwn","text":"a"}}]""", "header.text: is interpreted")]
    [InlineData("""[{"type":"container"}]""", "'container' is no block that every client draws")]
    [InlineData("""[]""", "message.blocks: 0 is not within 1 and 50")]
    [InlineData("""[{"type":"actions","elements":[{"type":"button","action_id":"a","text":{"type":"plain_text","text":"a","emoji":false}},{"type":"button","action_id":"a","text":{"type":"plain_text","text":"a","emoji":false}}]}]""", "actions: two elements 'a'")]
    [InlineData("""[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":""}]}]}]""", "rich_text.text: 0 is not within 1 and 3000")]
    [InlineData("""[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"user","user_id":"U1"}]}]}]""", "rich_text_section: 'user' is no element of ours")]
    [InlineData("""[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[]}]}]""", "rich_text_section.elements: 0 is not within 1 and 2147483647")]
    public void Given_blocks_that_slack_refuses_then_the_check_says_why(string blocks, string fault) =>
        Assert.Contains(fault, SlackLimits.FaultsOfMessage("text", Encoding.UTF8.GetBytes(blocks)));

    private static IEnumerable<string> Faults(ChatCard card)
    {
        foreach (var options in (BlockKitOptions[])[new(), new() { PostId = 17 }])
        {
            var message = BlockKitRenderer.Message(card, options);
            foreach (var fault in SlackLimits.FaultsOfMessage(message.Text, message.Blocks.Span).Concat(SlackLimits.FaultsOfView(BlockKitRenderer.Home(card, options))))
            {
                yield return fault;
            }
        }

        foreach (var fault in SlackLimits.FaultsOfView(BlockKitRenderer.Details(card)).Concat(SlackLimits.FaultsOfMessage(BlockKitRenderer.Plain(card), "[{}]"u8).Where(fault => fault.StartsWith("message.text", StringComparison.Ordinal))))
        {
            yield return fault;
        }
    }

    private static void AssertKept(string shown)
    {
        Assert.Contains("Patch fast: exploited.", shown, StringComparison.Ordinal);
        Assert.Contains("Install KB5005112 before this patch.", shown, StringComparison.Ordinal);
        Assert.Contains("Approve Production", shown, StringComparison.Ordinal);
        Assert.Contains("Read the advisory", shown, StringComparison.Ordinal);
    }
}
