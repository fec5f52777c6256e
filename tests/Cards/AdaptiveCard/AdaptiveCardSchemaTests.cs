using System.Text;
using System.Text.Json.Nodes;
using PatchBot.Cards.AdaptiveCards;

namespace PatchBot.Tests.Cards.AdaptiveCards;

/// <summary>The check itself: it must find what is broken.</summary>
public sealed class AdaptiveCardSchemaTests
{
    [Theory]
    [InlineData("""{"type":"AdaptiveCard","version":"1.5","body":[{"type":"TextBlock"}]}""", "TextBlock: 'text' is missing")]
    [InlineData("""{"type":"AdaptiveCard","version":"1.5","body":[{"type":"TextBlock","text":"a","colour":"good"}]}""", "TextBlock: 'colour' is unknown")]
    [InlineData("""{"type":"AdaptiveCard","version":"1.5","body":[{"type":"Hologram"}]}""", "There is no element 'Hologram'.")]
    [InlineData("""{"type":"AdaptiveCard","version":"1.5","body":[{"type":"TextBlock","text":7}]}""", "TextBlock.text: not of type string")]
    [InlineData("""{"type":"AdaptiveCard","version":"1.5","body":[{"type":"Container","items":[{"type":"TextBlock","text":"a","wrap":"yes"}]}]}""", "TextBlock.wrap: not of type boolean")]
    [InlineData("""{"type":"AdaptiveCard","version":"1.5","body":{}}""", "AdaptiveCard.body: not of type array")]
    public void Given_a_broken_card_then_what_is_broken_is_named(string card, string fault) =>
        Assert.Contains(fault, AdaptiveCardSchema.Official().Faults(Encoding.UTF8.GetBytes(card)));

    [Theory, InlineData("wrap"), InlineData("text")]
    public void Given_a_good_card_of_which_one_member_is_spoilt_then_it_is_no_longer_valid(string member)
    {
        var schema = AdaptiveCardSchema.Official();
        var card = JsonNode.Parse(AdaptiveCardRenderer.Render(RichCard.Card, new AdaptiveCardOptions()))!;
        Assert.Empty(schema.Faults(Encoding.UTF8.GetBytes(card.ToJsonString())));

        card["body"]![0]!["items"]![0]![member] = new JsonObject();
        Assert.NotEmpty(schema.Faults(Encoding.UTF8.GetBytes(card.ToJsonString())));
    }
}
