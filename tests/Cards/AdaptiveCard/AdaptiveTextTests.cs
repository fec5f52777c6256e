using System.Text.Json.Nodes;
using PatchBot.Cards;
using PatchBot.Cards.AdaptiveCards;

namespace PatchBot.Tests.Cards.AdaptiveCards;

/// <summary>Text from outside: right to the eye, and inert where a client reads Markdown.</summary>
public sealed class AdaptiveTextTests
{
    private const string Part = "\u200B";

    [Theory]
    [InlineData("KB5032197"), InlineData("hv-lab-02"), InlineData("C:\\temp"), InlineData("fix_this"), InlineData("(x64)"), InlineData("2023-11 Cumulative")]
    [InlineData("CVSS:3.1/AV:N"), InlineData("AT&T, R&D"), InlineData("1.2.3"), InlineData("a < b > c"), InlineData("50 % [1]"), InlineData("Windows Server *"), InlineData("#2: C# + F#")]
    public void Given_ordinary_text_then_nothing_is_put_into_it(string text) =>
        Assert.Equal(text, Shown(text));

    [Theory]
    [InlineData("[page](https://evil.example)", $"[page]{Part}(https:{Part}//evil.example)")]
    [InlineData("[page]: https://evil.example", $"[page]{Part}: https:{Part}//evil.example")]
    [InlineData("see www.evil.example", $"see w{Part}ww.evil.example")]
    [InlineData("<at>Everyone</at> read", "Everyone read")]
    [InlineData("<a<at>t>x</AT>", $"<{Part}at>x")]
    [InlineData("{{DATE(2026)}} ${name}", $"{{{Part}{{DATE(2026)}}}} ${Part}{{name}}")]
    [InlineData("a **bold**", "a \u2217\u2217bold\u2217\u2217")]
    [InlineData("_slanted_", $"{Part}_{Part}slanted{Part}_{Part}")]
    [InlineData("&lt;b&gt; &#60;", $"&{Part}lt;b&{Part}gt; &{Part}#60;")]
    [InlineData("# one", $"{Part}# one")]
    [InlineData("\\*x", $"\\{Part}*x")]
    [InlineData("one\n- two\n12. three\n12.5 four", $"one\n{Part}- two\n{Part}12. three\n12.5 four")]
    public void Given_text_that_a_client_could_act_on_then_it_is_parted_where_nobody_sees(string text, string shown) => Assert.Equal(shown, Shown(text));

    [Fact]
    public void Given_a_link_then_only_a_safe_address_can_be_followed()
    {
        Assert.Equal("https://example.com/", (string?)Run(CardText.Link("x", new Uri("https://example.com")))["selectAction"]!["url"]);
        Assert.Equal("mailto:it@example.com", (string?)Run(CardText.Link("x", new Uri("mailto:it@example.com")))["selectAction"]!["url"]);
        Assert.Null(Run(CardText.Link("x", new Uri("http://example.com")))["selectAction"]);
        Assert.Null(Run(CardText.Link("x", new Uri("javascript:alert(1)")))["selectAction"]);
    }

    private static string Shown(string text) => (string)Run(text)["text"]!;

    private static JsonNode Run(CardText text) =>
        JsonNode.Parse(AdaptiveCardRenderer.Render(new ChatCard { Title = "T", Summary = "S", Body = [new TextBlock(text)] }, new AdaptiveCardOptions()))!["body"]![1]!["inlines"]![0]!;
}
