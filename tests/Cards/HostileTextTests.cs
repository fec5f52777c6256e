using PatchBot.Cards;
using PatchBot.Cards.Html;
using PatchBot.Cards.PlainText;

namespace PatchBot.Tests.Cards;

public sealed class HostileTextTests
{
    private const string Attack = """</h3></p><script>alert(1)</script><img src=x onerror="alert(1)">"' onmouseover='alert(1)' & `""";

    private static ChatCard Hostile { get; } = new()
    {
        Title = Attack,
        Summary = Attack,
        Badges = [new(Attack, Tone.Danger)],
        Body =
        [
            new TextBlock(new CardText(new PlainRun(Attack), new StrongRun(Attack), new CodeRun(Attack), new LinkRun(Attack, new Uri("https://example.com/?\"><script>")))),
            new TextBlock(CardText.Time(DateTimeOffset.UnixEpoch, Attack)),
            new HeadingBlock(Attack),
            new FactsBlock([new(Attack, Attack)]),
            new NoticeBlock(Tone.Warning, Attack, [Attack]),
            new ListBlock([Attack]),
            new ReplyHintBlock(Attack),
            new DetailsBlock(Attack, [new TextBlock(Attack)]),
        ],
        Footer = Attack,
        Actions =
        [
            new PressAction(Attack, Attack) { Confirm = Attack },
            new FormAction(Attack, new CardForm(Attack, Attack,
            [
                new TextInput(Attack, Attack) { Value = Attack, Placeholder = Attack },
                new TextInput(Attack, Attack, Multiline: true) { Value = $"</textarea>{Attack}", Placeholder = Attack },
                new ChoiceInput(Attack, Attack, [new(Attack, Attack)]) { Value = Attack },
                new DateInput(Attack, Attack) { Value = Attack },
            ], Attack) { Text = Attack }),
            new LinkAction(Attack, new Uri("https://example.com/'onclick='alert(1)")),
        ],
    };

    [Fact]
    public void Given_markup_in_every_text_then_the_card_has_the_elements_of_a_harmless_one()
    {
        var html = HtmlRenderer.Render(Hostile);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("onerror=\"", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("onmouseover='", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("'onclick=", html, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(1, Count(html, "</textarea>"));
        Assert.Equal(1, Count(html, "</h3>"));
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,<script>alert(1)</script>")]
    [InlineData("vbscript:x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("//example.com/path")]
    [InlineData("relative/path")]
    public void Given_an_address_that_no_card_may_open_then_the_words_stay_and_the_link_does_not(string address)
    {
        var uri = new Uri(address, UriKind.RelativeOrAbsolute);
        var card = new ChatCard { Title = "T", Summary = "S", Body = [new TextBlock(CardText.Link("the page", uri))], Actions = [new LinkAction("Open it", uri)] };
        var html = HtmlRenderer.Render(card);
        Assert.DoesNotContain("<a ", html, StringComparison.Ordinal);
        Assert.Contains("the page", html, StringComparison.Ordinal);
        Assert.Contains("Open it", html, StringComparison.Ordinal);
        Assert.DoesNotContain(address, PlainTextRenderer.Render(card), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://example.com/a?b=1&c=2", "href=\"https://example.com/a?b=1&amp;c=2\"")]
    [InlineData("http://example.com/", "href=\"http://example.com/\"")]
    [InlineData("mailto:it@example.com", "href=\"mailto:it@example.com\"")]
    public void Given_an_address_that_a_card_may_open_then_the_page_it_opens_learns_nothing(string address, string href)
    {
        var html = HtmlRenderer.Render(new ChatCard { Title = "T", Summary = "S", Footer = CardText.Link("x", new Uri(address)) });
        Assert.Contains(href, html, StringComparison.Ordinal);
        Assert.Contains("rel=\"noopener noreferrer\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("safe\u202Etxt.exe", "safetxt.exe")]
    [InlineData("a\u2066b\u2069c\u200Fd\u061Ce", "abcde")]
    [InlineData("bell\u0007 and \u001B[31mred", "bell and [31mred")]
    [InlineData("zero\u200Bwidth\uFEFF", "zerowidth")]
    [InlineData("a\u0085b\u2028c\r\nd\te", "a b c d e")]
    [InlineData("می\u200Cخواهم", "می\u200Cخواهم")]
    public void Given_characters_that_deceive_readers_then_they_are_dropped(string text, string shown)
    {
        Assert.Equal(shown, CleanText.Line(text));
        Assert.Equal(shown, PlainTextRenderer.Render(new ChatCard { Title = text, Summary = "S" }).Split('\n')[0]);
    }

    [Fact]
    public void Given_half_a_surrogate_pair_then_a_mark_stands_for_it() =>
        Assert.Equal("half \uFFFD pair", CleanText.Line("half \ud83d pair"));

    [Fact]
    public void Given_what_a_person_wrote_then_its_lines_stay_and_its_markup_is_shown() =>
        Assert.Equal("<p>one &lt;b&gt;\ntwo</p>", HtmlRenderer.Render("one <b>\r\ntwo\u202E"));

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
