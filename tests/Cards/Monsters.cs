using PatchBot.Cards;

namespace PatchBot.Tests.Cards;

/// <summary>Cards that nobody would write, from a vendor's file or a person's reply.</summary>
internal static class Monsters
{
    private static readonly string[] Pieces =
    [
        "KB5032196 ", "**bold** ", "[a](https://evil.example) ", "<at>Everyone</at> ", "{{DATE(2026)}} ", "${x} ", "\\_*`~ ", "\"quoted\" ", "\n- item\n1. ",
        "🩹👩‍👩‍👧 ", "مرحبا בעולם ", "\u202Egpj.exe ", "\ud83d", "\u0000\u0007", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 ", "漢字かな ", "&lt;b&gt; ", "C:\\temp\\x ", "<!channel> @here <@U1|bob> ", "<https://evil.example|bank> ", "\n> :fire: ~x~ ", new('x', 300),
    ];

    /// <summary>A patch's card that is whole but for its length.</summary>
    public static ChatCard Patch(int vulnerabilities, string note) => new()
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

    /// <summary>Any card, of parts of up to that size.</summary>
    public static ChatCard Card(Random random, int size) => new()
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

    public static string Text(Random random, int size) => string.Concat(random.GetItems(Pieces, 1 + random.Next(Math.Min(size, 600))));
}
