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
    public void Given_a_press_and_a_form_stored_before_they_could_ask_then_they_ask_nothing()
    {
        var card = CardJson.Read("""
            {"title":"T","summary":"S","actions":[
              {"$type":"press","id":"a/1","title":"A","style":"Primary"},
              {"$type":"form","title":"B","form":{"id":"b/1","heading":"H","inputs":[],"submit":"Send"}}]}
            """);
        var press = Assert.IsType<PressAction>(card.Actions[0]);
        Assert.Equal(("", false), (press.Confirm, press.OpensForm));
        Assert.Equal("", Assert.IsType<FormAction>(card.Actions[1]).Form.Text);
    }

    [Fact]
    public void Given_a_form_with_every_input_when_it_travels_then_it_comes_back_whole_in_any_order()
    {
        var form = RichCard.Card.Actions.OfType<FormAction>().ElementAt(1).Form with { Text = "Mind the host" };
        var json = CardJson.WriteForm(form);
        Assert.DoesNotContain("$type", json, StringComparison.Ordinal);
        Assert.Equal(json, CardJson.WriteForm(CardJson.ReadForm(json)));

        var turned = CardJson.ReadForm("""{"submit":"S","inputs":[{"label":"L","id":"on","required":false,"kind":"date","value":"2023-11-24"}],"heading":"H","id":"a/1"}""");
        Assert.Equal("2023-11-24", Assert.IsType<DateInput>(Assert.Single(turned.Inputs)).Value);
    }

    [Theory, InlineData(""), InlineData("null"), InlineData("{}"), InlineData("""{"id":"a","heading":"h","submit":"s","inputs":[{"kind":"hologram"}]}""")]
    [InlineData("""{"id":"a","heading":"h","submit":"s","inputs":[{"id":"on","label":"L","required":false}]}"""), InlineData("""{"id":"a","heading":"h","submit":"s","inputs":[null]}""")]
    [InlineData("""{"id":"a","heading":"h","submit":"s","inputs":[{"kind":"choice","id":"c","label":"L","required":false,"choices":[null]}]}""")]
    public void Given_json_that_is_no_form_then_it_is_refused_whole(string json) =>
        Assert.Throws<JsonException>(() => CardJson.ReadForm(json));

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
