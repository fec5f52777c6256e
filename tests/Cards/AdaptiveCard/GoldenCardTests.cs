using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using PatchBot.Cards;
using PatchBot.Cards.AdaptiveCards;
using PatchBot.Cards.Html;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Cards.AdaptiveCards;

/// <summary>Every card and form of <see cref="Gallery"/> as Teams gets it.</summary>
public sealed class GoldenCardTests
{
    private const int Post = 17;

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly AdaptiveCardOptions Options = new() { PostId = Post, RefreshUserIds = ["29:manager", "29:second"] };

    public static TheoryData<string> Cards => [.. Gallery.Cards.Keys];

    public static TheoryData<string> Forms => [.. Gallery.Forms.Keys];

    [Theory, MemberData(nameof(Cards))]
    public async Task Given_a_card_then_teams_gets_it_as_agreed(string name) =>
        Golden.Matches($"{name}.json", Indented(AdaptiveCardRenderer.Render(await Gallery.Cards[name](), Options)));

    [Theory, MemberData(nameof(Forms))]
    public async Task Given_a_form_then_its_dialog_is_as_agreed(string name) =>
        Golden.Matches($"form-{name}.json", Indented(AdaptiveCardRenderer.Render(await Gallery.Forms[name](), new AdaptiveCardFormOptions { PostId = Post })));

    [Theory, MemberData(nameof(Forms))]
    public async Task Given_a_form_that_was_refused_then_its_dialog_says_why_and_keeps_what_was_typed(string name)
    {
        var form = await Gallery.Forms[name]();
        var typed = form.Inputs.OfType<TextInput>().ToDictionary(input => input.Id, _ => "as typed");
        var dialog = AdaptiveCardRenderer.Render(form, new AdaptiveCardFormOptions { PostId = Post, Error = "Date: it lies in the past.", Typed = typed });
        Golden.Matches($"form-{name}-refused.json", Indented(dialog));
    }

    [Theory, MemberData(nameof(Cards))]
    public async Task Given_a_card_then_it_obeys_the_schema(string name) =>
        Assert.Empty(AdaptiveCardSchema.Official().Faults(AdaptiveCardRenderer.Render(await Gallery.Cards[name](), Options)));

    [Theory, MemberData(nameof(Forms))]
    public async Task Given_a_form_as_a_dialog_and_as_a_message_then_it_obeys_the_schema(string name)
    {
        var (schema, form) = (AdaptiveCardSchema.Official(), await Gallery.Forms[name]());
        Assert.Empty(schema.Faults(AdaptiveCardRenderer.Render(form, new AdaptiveCardFormOptions { PostId = Post, Error = "No." })));
        Assert.Empty(schema.Faults(AdaptiveCardRenderer.Render(form, new AdaptiveCardFormOptions { StandsAlone = true })));
    }

    [Theory, MemberData(nameof(Cards))]
    public async Task Given_a_card_then_teams_and_the_web_chat_say_the_same_words_in_the_same_order(string name)
    {
        var card = await Gallery.Cards[name]();
        Assert.Equal(CardWords.OfHtml(HtmlRenderer.Render(card)), CardWords.OfAdaptiveCard(AdaptiveCardRenderer.Render(card, Options)));
    }

    [Theory, MemberData(nameof(Forms))]
    public async Task Given_a_form_then_teams_and_the_web_chat_say_the_same_words_in_the_same_order(string name)
    {
        var form = await Gallery.Forms[name]();
        Assert.Equal(CardWords.OfHtml(HtmlRenderer.Render(form)), CardWords.OfAdaptiveCard(AdaptiveCardRenderer.Render(form, new AdaptiveCardFormOptions())));
    }

    private static string Indented(byte[] card) => JsonNode.Parse(card)!.ToJsonString(Readable);
}
