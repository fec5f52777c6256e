using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PatchBot.Cards;
using PatchBot.Cards.AdaptiveCards;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Cards.AdaptiveCards;

/// <summary>Cards that nobody would write, from a vendor's file or a person's reply: still valid, still within the limit.</summary>
public sealed class MonstrousCardTests
{
    private static readonly string[] Pieces =
    [
        "KB5032196 ", "**bold** ", "[a](https://evil.example) ", "<at>Everyone</at> ", "{{DATE(2026)}} ", "${x} ", "\\_*`~ ", "\"quoted\" ", "\n- item\n1. ",
        "🩹👩‍👩‍👧 ", "مرحبا בעולם ", "\u202Egpj.exe ", "\ud83d", "\u0000\u0007", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 ", "漢字かな ", "&lt;b&gt; ", "C:\\temp\\x ", new('x', 300),
    ];

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    public void Given_any_card_of_any_size_then_what_teams_gets_is_valid_and_within_the_limit(int seed)
    {
        var random = new Random(seed);
        var schema = SharedData.Root.Length > 0 ? AdaptiveCardSchema.Official() : null;
        for (var size = 1; size <= 4096; size *= 16)
        {
            var card = Card(random, size);
            foreach (var limit in (int[])[AdaptiveCardOptions.SmallestMaxBytes, AdaptiveCardOptions.DefaultMaxBytes])
            {
                var bytes = AdaptiveCardRenderer.Render(card, new AdaptiveCardOptions { PostId = 17, RefreshUserIds = ["29:a"], MaxBytes = limit });
                Assert.InRange(bytes.Length, 1, limit);
                AssertSound(bytes, schema);
            }

            foreach (var form in card.Actions.OfType<FormAction>().Select(action => action.Form).Append(new("a/1", Text(random, size), [], "Send") { Text = Text(random, size) }))
            {
                var bytes = AdaptiveCardRenderer.Render(form, new AdaptiveCardFormOptions { Error = Text(random, size) });
                Assert.InRange(bytes.Length, 1, AdaptiveCardOptions.DefaultMaxBytes);
                AssertSound(bytes, schema);
            }
        }
    }

    [Fact]
    public void Given_ten_thousand_vulnerabilities_then_the_list_ends_early_and_says_where_the_rest_is()
    {
        var card = Patch(vulnerabilities: 10_000, note: "short");
        var shown = Encoding.UTF8.GetString(AdaptiveCardRenderer.Render(card, new AdaptiveCardOptions()));
        Assert.InRange(Encoding.UTF8.GetByteCount(shown), 10_000, AdaptiveCardOptions.DefaultMaxBytes);
        Assert.Contains("CVE-2023-10001", shown, StringComparison.Ordinal);
        Assert.Matches(@"and 9,9\d\d more", shown);
        Assert.Contains("Read the advisory", shown, StringComparison.Ordinal);
        AssertKept(shown);
    }

    [Fact]
    public void Given_a_text_of_a_hundred_kilobytes_then_it_is_cut_and_the_verdict_and_the_notice_are_not()
    {
        var shown = Encoding.UTF8.GetString(AdaptiveCardRenderer.Render(Patch(vulnerabilities: 200, note: new string('n', 100_000)), new AdaptiveCardOptions()));
        Assert.Contains("nnn…", shown, StringComparison.Ordinal);
        AssertKept(shown);
    }

    private static void AssertKept(string shown)
    {
        Assert.Contains("Patch fast: exploited.", shown, StringComparison.Ordinal);
        Assert.Contains("Install KB5005112 before this patch.", shown, StringComparison.Ordinal);
        Assert.Contains("Approve Production", shown, StringComparison.Ordinal);
        Assert.Contains("Read the advisory", shown, StringComparison.Ordinal);
    }

    private static ChatCard Patch(int vulnerabilities, string note) => new()
    {
        Title = "KB5032196: Cumulative update",
        Summary = "Patch fast: exploited.",
        Body =
        [
            new TextBlock(CardText.Strong("Patch fast: exploited.")),
            new NoticeBlock(Tone.Warning, "First", ["Install KB5005112 before this patch."]),
            new ListBlock([note]),
            new DetailsBlock("Details", [new ListBlock([.. Enumerable.Range(10_001, vulnerabilities).Select(number => (CardText)$"CVE-2023-{number} Remote code execution, CVSS 9.8")])]),
        ],
        Actions = [new PressAction("approve/1/a", "Approve Production", ActionStyle.Primary), new LinkAction("Read the advisory", new Uri("https://example.com/"))],
    };

    private static void AssertSound(byte[] bytes, AdaptiveCardSchema? schema)
    {
        var card = JsonNode.Parse(bytes)!.AsObject();
        foreach (var shown in Shown(card))
        {
            Assert.DoesNotContain("<at>", shown, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("](", shown, StringComparison.Ordinal);
            Assert.DoesNotContain("{{", shown, StringComparison.Ordinal);
            Assert.DoesNotContain("${", shown, StringComparison.Ordinal);
            Assert.DoesNotContain('\u202E', shown);
            Assert.DoesNotContain("://", shown, StringComparison.Ordinal);
        }

        if (schema is not null)
        {
            Assert.Empty(schema.Faults(bytes));
        }
    }

    /// <summary>What the client reads as text: not the data that it only carries, nor values that people typed.</summary>
    private static IEnumerable<string> Shown(JsonNode? node) => node switch
    {
        JsonArray many => many.SelectMany(Shown),
        JsonObject one => one.Where(member => member.Key is not ("data" or "value" or "url" or "$schema")).SelectMany(member => Shown(member.Value)),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => [(string)value!],
        _ => [],
    };

    private static ChatCard Card(Random random, int size) => new()
    {
        Title = Text(random, size),
        Summary = Text(random, size),
        Tone = random.GetItems(Enum.GetValues<Tone>(), 1)[0],
        Badges = [.. Many(random, size / 4, () => new CardBadge(Text(random, 4), Tone.Danger))],
        Body = [.. Many(random, size / 8 + 6, () => Block(random, size))],
        Actions = [.. Many(random, size / 64 + 3, () => Action(random, size))],
        Footer = Text(random, size),
    };

    private static CardBlock Block(Random random, int size) => random.Next(7) switch
    {
        0 => new TextBlock(Line(random, size)),
        1 => new HeadingBlock(Text(random, size)),
        2 => new FactsBlock([.. Many(random, size, () => new CardFact(Text(random, 3), Line(random, 5)))]),
        3 => new NoticeBlock(Tone.Warning, Text(random, 9), [.. Many(random, size / 8, () => Line(random, size))]),
        4 => new ListBlock([.. Many(random, size, () => Line(random, 5))], random.Next(2) == 0),
        5 => new ReplyHintBlock(Text(random, size)),
        _ => new DetailsBlock(Text(random, size), [new ListBlock([.. Many(random, size, () => Line(random, 9))]), new TextBlock(Line(random, size))]),
    };

    private static CardText Line(Random random, int size) => new(
        new PlainRun(Text(random, size)), new StrongRun(Text(random, 2)), new CodeRun(Text(random, 2)),
        new LinkRun(Text(random, 2), new Uri("https://example.com/" + new string('p', random.Next(3_000)))), new TimeRun(DateTimeOffset.UnixEpoch, Text(random, 1)));

    private static CardAction Action(Random random, int size) => random.Next(4) switch
    {
        0 => new PressAction($"a/{random.Next()}", Text(random, 4)),
        1 => new PressAction($"a/{random.Next()}", Text(random, 4)) { Confirm = Text(random, 9) },
        2 => new LinkAction(Text(random, 4), new Uri("https://example.com/")),
        _ => new FormAction(Text(random, 4), new CardForm("f/1", Text(random, size),
            [new TextInput("t", Text(random, size)) { Value = Text(random, size) }, new ChoiceInput("c", Text(random, 9), [.. Many(random, size, () => new CardChoice($"{random.Next()}", Text(random, 5)))])],
            Text(random, 5))),
    };

    private static IEnumerable<T> Many<T>(Random random, int most, Func<T> make) => Enumerable.Range(0, random.Next(Math.Min(most, 400) + 1)).Select(_ => make());

    private static string Text(Random random, int size) => string.Concat(random.GetItems(Pieces, 1 + random.Next(Math.Min(size, 600))));
}
