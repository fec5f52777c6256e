using System.Text.Json.Nodes;
using PatchBot.Cards;
using PatchBot.Cards.BlockKit;

namespace PatchBot.Tests.Cards.BlockKit;

/// <summary>Text from outside: right to the eye, and inert in Slack.</summary>
public sealed class SlackTextTests
{
    private const string Part = "\u200B";
    private const string Attack = "<!channel> <@U123> @here <https://evil.example|bank> *bold* _slanted_ ~gone~ `code` :fire: \u202Egpj.exe \ud83d &lt;!here&gt;";

    [Theory]
    [InlineData("KB5032197"), InlineData("hv-lab-02"), InlineData("C:\\temp"), InlineData("fix_this_now"), InlineData("(x64)"), InlineData("2 * 3"), InlineData("CVSS:3.1/AV:N")]
    [InlineData("it@example.com"), InlineData("22:00 (21:00 UTC)"), InlineData("a.b.c"), InlineData("#1: 50 %")]
    public void Given_ordinary_text_then_the_words_beside_the_blocks_are_what_it_says(string text) =>
        Assert.Equal(text.Replace('*', '\u2217'), Said(text));

    [Theory]
    [InlineData("AT&T <b> -> x", "AT&amp;T &lt;b&gt; -&gt; x")]
    [InlineData("<!channel> <@U123>", "&lt;!channel&gt; &lt;@\u200BU123&gt;")]
    [InlineData("<https://evil.example|bank>", $"&lt;https:{Part}//evil.example|bank&gt;")]
    [InlineData("see www.evil.example", $"see w{Part}ww.evil.example")]
    [InlineData("@here @channel", $"@{Part}here @{Part}channel")]
    [InlineData("*bold* _slanted_ ~gone~ `code`", "\u2217bold\u2217 \u02CDslanted\u02CD \u223Cgone\u223C \u02CBcode\u02CB")]
    [InlineData(":fire: at 10:15:20", $":{Part}fire: at 10:{Part}15:20")]
    [InlineData("one\n> two\n >> three", $"one\n{Part}&gt; two\n {Part}&gt;{Part}&gt; three")]
    public void Given_text_that_slack_could_act_on_then_it_says_the_same_and_does_nothing(string text, string said) => Assert.Equal(said, Said(text));

    [Fact]
    public void Given_an_attack_in_every_text_then_blocks_hold_no_part_that_slack_interprets_and_no_link_but_the_cards_own()
    {
        var card = Hostile();
        foreach (var json in (byte[][])[
            BlockKitRenderer.Message(card, new BlockKitOptions()).Blocks.ToArray(),
            BlockKitRenderer.Home(card, new BlockKitOptions { PostId = 17 }),
            BlockKitRenderer.Details(card),
            BlockKitRenderer.View(card.Actions.OfType<FormAction>().Single().Form, new BlockKitViewOptions { Error = Attack })])
        {
            var parts = Parts(JsonNode.Parse(json)).ToList();
            Assert.DoesNotContain(parts, part => (string?)part["type"] is "mrkdwn" or "user" or "usergroup" or "channel" or "broadcast" or "image" or "markdown");
            Assert.All(parts.Where(part => (string?)part["type"] == "plain_text"), part => Assert.False((bool)part["emoji"]!));
            Assert.All(parts.SelectMany(part => new[] { part["url"], part["image_url"] }).OfType<JsonNode>(), url => Assert.Equal("https://example.com/", (string?)url));
            Assert.All(parts.Where(part => (string?)part["type"] == "emoji"), part => Assert.NotEqual("fire", (string?)part["name"]));
            Assert.All(parts.Select(part => (string?)(part["text"] as JsonValue)).OfType<string>(), text => Assert.DoesNotMatch("[\u202E\ud800-\udfff]", text));
        }
    }

    [Fact]
    public void Given_an_attack_in_every_text_then_what_slack_reads_as_mrkdwn_has_no_tag_no_mark_and_no_address()
    {
        foreach (var text in (string[])[BlockKitRenderer.Message(Hostile(), new BlockKitOptions()).Text, BlockKitRenderer.Plain(Hostile())])
        {
            Assert.DoesNotContain('<', text);
            Assert.DoesNotContain('>', text);
            Assert.DoesNotMatch(@"[*~`]|\b_|_\b", text);
            Assert.DoesNotMatch(@"&(?!amp;|lt;|gt;)", text);
            Assert.DoesNotContain("://", text, StringComparison.Ordinal);
            Assert.DoesNotContain("@here", text, StringComparison.Ordinal);
            Assert.DoesNotContain(":fire:", text, StringComparison.Ordinal);
            Assert.DoesNotContain('\u202E', text);
        }
    }

    [Theory]
    [InlineData("javascript:alert(1)"), InlineData("data:text/html,x"), InlineData("file:///etc/passwd"), InlineData("slack://open"), InlineData("relative/path")]
    public void Given_an_address_that_no_card_may_open_then_the_words_stay_and_the_link_does_not(string address)
    {
        var uri = new Uri(address, UriKind.RelativeOrAbsolute);
        var message = BlockKitRenderer.Message(new ChatCard { Title = "T", Summary = "S", Body = [new TextBlock(CardText.Link("the page", uri))], Actions = [new LinkAction("Open it", uri)] }, new BlockKitOptions());
        Assert.DoesNotContain(Parts(JsonNode.Parse(message.Blocks.Span)), part => part.ContainsKey("url"));
        Assert.Contains("the page", message.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Europe/Berlin", "Sat 25 Nov 2023 22:00 Europe/Berlin (21:00 UTC)", "Sat 25 Nov 2023 22:00 Europe/Berlin ({date_short_pretty}, {time} your time)")]
    [InlineData("UTC", "Sat 25 Nov 2023 21:00 UTC", "Sat 25 Nov 2023 21:00 UTC ({date_short_pretty}, {time} your time)")]
    [InlineData("{date}/<!here>", "Sat 25 Nov 2023 21:00 UTC", "Sat 25 Nov 2023 21:00 UTC ({date_short_pretty}, {time} your time)")]
    public void Given_an_instant_then_slack_shows_the_rings_time_and_the_readers_own(string zone, string fallback, string format)
    {
        var instant = new DateTimeOffset(2023, 11, 25, 21, 0, 0, TimeSpan.Zero);
        var date = Run(CardText.Time(instant, zone));
        Assert.Equal(("date", instant.ToUnixTimeSeconds(), format, fallback), ((string?)date["type"], (long)date["timestamp"]!, (string?)date["format"], (string?)date["fallback"]));
    }

    [Fact]
    public void Given_runs_with_a_meaning_then_it_is_said_by_style_and_never_by_marks()
    {
        Assert.Equal("""{"type":"text","text":"*hv*","style":{"code":true}}""", Run(CardText.Code("*hv*")).ToJsonString());
        Assert.Equal("""{"type":"text","text":"\u003C!here\u003E","style":{"bold":true}}""", Run(CardText.Strong("<!here>")).ToJsonString());
        Assert.Equal("""{"type":"link","url":"mailto:it@example.com","text":"IT"}""", Run(CardText.Link("IT", new Uri("mailto:it@example.com"))).ToJsonString());
    }

    private static JsonNode Run(CardText text) =>
        JsonNode.Parse(BlockKitRenderer.Message(new ChatCard { Title = "T", Summary = "S", Body = [new TextBlock(text)] }, new BlockKitOptions()).Blocks.Span)![1]!["elements"]![0]!["elements"]![0]!;

    private static string Said(string text) =>
        BlockKitRenderer.Message(new ChatCard { Title = "T", Summary = "S", Body = [new TextBlock(text)] }, new BlockKitOptions()).Text["T: S\n".Length..];

    private static IEnumerable<JsonObject> Parts(JsonNode? node) => node switch
    {
        JsonArray many => many.SelectMany(Parts),
        JsonObject one => [one, .. one.SelectMany(member => Parts(member.Value))],
        _ => [],
    };

    private static ChatCard Hostile() => new()
    {
        Title = Attack,
        Summary = Attack,
        Badges = [new(Attack, Tone.Danger)],
        Body =
        [
            new TextBlock(new CardText(new PlainRun(Attack), new StrongRun(Attack), new CodeRun(Attack), new LinkRun(Attack, new Uri("https://example.com/")), new TimeRun(DateTimeOffset.UnixEpoch, Attack))),
            new TextBlock(Attack, Subtle: true), new HeadingBlock(Attack), new FactsBlock([new(Attack, Attack)]), new NoticeBlock(Tone.Warning, Attack, [Attack]), new ListBlock([Attack]),
            new ReplyHintBlock(Attack), new DetailsBlock(Attack, [new TextBlock(Attack)]),
        ],
        Footer = Attack,
        Actions =
        [
            new PressAction(Attack, Attack) { Confirm = Attack },
            new FormAction(Attack, new CardForm(Attack, Attack, [new TextInput("t", Attack) { Value = Attack, Placeholder = Attack }, new ChoiceInput("c", Attack, [new("v", Attack)])], Attack) { Text = Attack }),
            new LinkAction(Attack, new Uri("https://example.com/")),
        ],
    };
}
