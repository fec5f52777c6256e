using System.Text;
using System.Text.Json.Nodes;
using PatchBot.Cards;
using PatchBot.Cards.BlockKit;

namespace PatchBot.Tests.Cards.BlockKit;

/// <summary>What a stand-in of Slack gets that draws no <c>rich_text</c>.</summary>
public sealed class ClassicBlocksTests
{
    [Fact]
    public void Given_every_part_of_a_card_then_each_says_the_same_in_sections()
    {
        var blocks = JsonNode.Parse(ClassicBlocks.Of(BlockKitRenderer.Message(RichCard.Card, new BlockKitOptions { PostId = 17 }).Blocks))!.AsArray();
        Assert.DoesNotContain(blocks, block => (string?)block!["type"] == "rich_text");
        Assert.Equal(
            [
                ":red_circle:\u00A0Critical   :red_circle:\u00A0Exploited   :large_yellow_circle:\u00A0Lab open   :large_blue_circle:\u00A0Security   :large_green_circle:\u00A0Signed   :white_circle:\u00A0Restart",
                ">:warning:\u00A0*Update DPM first*\n>Data Protection Manager needs *10.22.148.0* or later.\n>On hosts with older agents the backup of virtual machines stops.",
                "Fixes `CVE-2023-36025`, described at <https://msrc.microsoft.com/update-guide/vulnerability/CVE-2023-36025|the vendor's page>.",
                "*Suggested window*\n*Production:* Sat 25 Nov 2023 22:00 Europe/Berlin (21:00 UTC)\n*Pilot:* Sun 26 Nov 2023 00:30 Europe/Berlin (Sat 25 Nov 23:30 UTC)\n*Deadline:* Sat 25 Nov 2023 21:00 UTC",
                "1. Install KB5005112\n2. Restart `hv-lab-02`",
                "• 18 Nov: within the change freeze\n• 11 Nov: no time for the lab",
                "Reply in this thread, for example: `pass on hv-lab-02, backups ok`",
            ],
            blocks.Where(block => (string?)block!["type"] == "section").Select(block => (string?)block!["text"]!["text"]));
    }

    [Fact]
    public void Given_a_modal_then_only_its_rich_text_is_changed()
    {
        var form = new CardForm("a/1", "Lab result", [new TextInput("host", "Host")], "Record");
        var (rich, classic) = (View(form, "No <!here> *host*."), JsonNode.Parse(ClassicBlocks.Of(BlockKitRenderer.View(form, new BlockKitViewOptions { Error = "No <!here> *host*." })))!);
        Assert.Equal(">:warning: *No &lt;!here&gt; \u2217host\u2217.*", (string?)classic["blocks"]![0]!["text"]!["text"]);
        rich["blocks"]!.AsArray().RemoveAt(0);
        classic["blocks"]!.AsArray().RemoveAt(0);
        Assert.True(JsonNode.DeepEquals(rich, classic));
    }

    [Fact]
    public void Given_an_answer_around_a_view_or_blocks_then_they_are_changed_in_it()
    {
        var view = BlockKitRenderer.View(new CardForm("a/1", "Lab result", [new TextInput("host", "Host")], "Record"), new BlockKitViewOptions { Error = "No." });
        var blocks = BlockKitRenderer.Message(RichCard.Card, new BlockKitOptions()).Blocks;
        Assert.Equal(
            $$"""{"response_action":"update","view":{{Text(ClassicBlocks.Of(view))}}}""",
            Text(ClassicBlocks.Of(Encoding.UTF8.GetBytes($$"""{"response_action":"update","view":{{Text(view)}}}"""))));
        Assert.Equal(
            $$"""{"response_type":"ephemeral","blocks":{{Text(ClassicBlocks.Of(blocks))}}}""",
            Text(ClassicBlocks.Of(Encoding.UTF8.GetBytes($$"""{"response_type":"ephemeral","blocks":{{Text(blocks)}}}"""))));

        static string Text(ReadOnlyMemory<byte> json) => Encoding.UTF8.GetString(json.Span);
    }

    [Fact]
    public void Given_words_that_escaping_makes_too_long_then_they_are_cut()
    {
        var card = new ChatCard { Title = "T", Summary = "S", Body = [new TextBlock(new string('&', 2_900)), new TextBlock($"short {new string('&', 2_900)}")] };
        var blocks = JsonNode.Parse(ClassicBlocks.Of(BlockKitRenderer.Message(card, new BlockKitOptions()).Blocks))!.AsArray();
        Assert.Equal((2_999, "short"), (((string)blocks[1]!["text"]!["text"]!).Length, (string?)blocks[2]!["text"]!["text"]));
    }

    [Theory, InlineData(1), InlineData(2)]
    public void Given_any_card_then_its_sections_are_within_their_limit(int seed)
    {
        var blocks = JsonNode.Parse(ClassicBlocks.Of(BlockKitRenderer.Message(Monsters.Card(new Random(seed), 256), new BlockKitOptions()).Blocks))!.AsArray();
        Assert.All(blocks.Where(block => (string?)block!["type"] == "section"), block => Assert.InRange(((string)block!["text"]!["text"]!).Length, 1, 3_000));
    }

    private static JsonNode View(CardForm form, string error) => JsonNode.Parse(BlockKitRenderer.View(form, new BlockKitViewOptions { Error = error }))!;
}
