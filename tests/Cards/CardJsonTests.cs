using System.Text.Json;
using PatchBot.Cards;

namespace PatchBot.Tests.Cards;

public sealed class CardJsonTests
{
    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"title":"T","summary":null}""")]
    [InlineData("""{"title":"T","summary":"S","body":[{"$type":"hologram"}]}""")]
    [InlineData("""{"title":"T","summary":"S","body":[{"$type":"text"}]}""")]
    public void Given_json_that_is_no_card_then_it_is_refused_whole(string json) =>
        Assert.Throws<JsonException>(() => CardJson.Read(json));

    [Fact]
    public void Given_a_card_stored_with_fewer_parts_then_the_rest_is_empty()
    {
        var card = CardJson.Read("""{"title":"T","summary":"S"}""");
        Assert.Equal("T", card.Title);
        Assert.Empty(card.Body);
        Assert.Empty(card.Actions);
        Assert.True(card.Footer.IsEmpty);
    }
}
