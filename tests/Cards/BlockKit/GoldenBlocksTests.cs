using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using PatchBot.Cards;
using PatchBot.Cards.BlockKit;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Cards.BlockKit;

/// <summary>Every card and form of <see cref="Gallery"/> as Slack gets it.</summary>
public sealed class GoldenBlocksTests
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly BlockKitOptions Posted = new() { PostId = 17 };

    public static TheoryData<string> Cards => [.. Gallery.Cards.Keys];

    public static TheoryData<string> Forms => [.. Gallery.Forms.Keys];

    [Theory, MemberData(nameof(Cards))]
    public async Task Given_a_card_then_slack_gets_it_as_agreed(string name)
    {
        var message = BlockKitRenderer.Message(await Gallery.Cards[name](), Posted);
        Golden.Matches($"{name}.json", new JsonObject
        {
            ["text"] = new JsonArray([.. message.Text.Split('\n').Select(line => JsonValue.Create(line))]),
            ["blocks"] = JsonNode.Parse(message.Blocks.Span),
        }.ToJsonString(Readable));
    }

    [Theory, MemberData(nameof(Forms))]
    public async Task Given_a_form_then_its_modal_is_as_agreed(string name) =>
        Golden.Matches($"form-{name}.json", Indented(BlockKitRenderer.View(await Gallery.Forms[name](), new BlockKitViewOptions { PrivateMetadata = "17" })));

    [Theory, MemberData(nameof(Forms))]
    public async Task Given_a_form_that_was_refused_then_its_modal_says_why_and_keeps_what_was_typed(string name)
    {
        var form = await Gallery.Forms[name]();
        var typed = form.Inputs.OfType<TextInput>().ToDictionary(input => input.Id, _ => "as typed");
        Golden.Matches($"form-{name}-refused.json", Indented(BlockKitRenderer.View(form, new BlockKitViewOptions { Error = "Date: it lies in the past.", Typed = typed })));
    }

    [Theory, InlineData("rich"), InlineData("patch-large"), InlineData("patch-late")]
    public async Task Given_a_card_with_details_then_their_modal_is_as_agreed(string name) =>
        Golden.Matches($"details-{name}.json", Indented(BlockKitRenderer.Details(await Gallery.Cards[name]())));

    private static string Indented(byte[] view) => JsonNode.Parse(view)!.ToJsonString(Readable);
}
