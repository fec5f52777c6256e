using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PatchBot.Cards;
using PatchBot.Cards.BlockKit;

namespace PatchBot.Tests.Cards.BlockKit;

/// <summary>What Slack gets to send back, and how it is read: both directions, and what strangers may send.</summary>
public sealed class ButtonDataTests
{
    private static readonly CardForm Form = new("report/KB1", "Lab result", [new TextInput("patchbot", "Host")], "Record");

    private static CardForm Long => Form with { Text = new string('t', 2_000) };

    [Fact]
    public void Given_a_press_then_it_says_what_was_pressed_and_where()
    {
        var button = Buttons(17, new PressAction("approve/42/9f", "Approve", ActionStyle.Primary))[0]!;
        Assert.Equal(["patchbot/press/0", """{"action":"approve/42/9f","post":17}""", "primary"], Words(button, "action_id", "value", "style"));
        Assert.Equal(new ButtonPress(ButtonKind.Press, "approve/42/9f", 17, null), Read(button));
    }

    [Fact]
    public void Given_no_post_then_none_is_sent()
    {
        var button = Buttons(null, new PressAction("undo/7", "Undo"))[0]!;
        Assert.Equal("""{"action":"undo/7"}""", (string?)button["value"]);
        Assert.Equal(new ButtonPress(ButtonKind.Press, "undo/7", null, null), Read(button));
    }

    [Fact]
    public void Given_a_press_that_the_bot_answers_with_a_form_then_the_bot_knows_it_beforehand() =>
        Assert.Equal(new ButtonPress(ButtonKind.Opens, "change/7", 17, null), Read(Buttons(17, new PressAction("change/7", "Change") { OpensForm = true })[0]!));

    [Fact]
    public void Given_a_form_then_its_button_carries_it_so_that_the_modal_needs_nothing_else()
    {
        var press = Read(Buttons(17, new FormAction("Record", Form))[0]!)!;
        Assert.Equal((ButtonKind.Form, "report/KB1", 17L), (press.Kind, press.Action, press.Post));
        Assert.Equal(CardJson.WriteForm(Form), CardJson.WriteForm(press.Form!));
    }

    [Fact]
    public void Given_a_form_that_no_button_can_hold_then_it_is_found_on_the_posts_card_by_its_id()
    {
        var card = new ChatCard { Title = "T", Summary = "S", Actions = [new PressAction("report/KB1", "Not a form"), new FormAction("Record", Long)] };
        var button = Buttons(17, [.. card.Actions])[1]!;
        Assert.Equal("""{"action":"report/KB1","post":17}""", (string?)button["value"]);
        Assert.Equal(new ButtonPress(ButtonKind.Form, "report/KB1", 17, null), Read(button));
        Assert.Same(((FormAction)card.Actions[1]).Form, BlockKitData.FormOn(card, "report/KB1"));
        Assert.Null(BlockKitData.FormOn(card, "report/KB2"));
    }

    [Fact]
    public void Given_a_long_form_on_a_card_that_is_no_post_then_its_button_carries_it_without_what_was_filled_in()
    {
        var filled = Form with { Inputs = [new TextInput("note", "Note", Multiline: true) { Value = new string('n', 2_000) }] };
        var form = Read(Buttons(null, new FormAction("Record", filled))[0]!)!.Form!;
        Assert.Equal(("note", ""), (Assert.Single(form.Inputs).Id, form.Inputs[0].Value));
    }

    [Fact]
    public void Given_a_press_that_asks_first_then_slack_asks_and_the_press_follows()
    {
        var button = Buttons(17, new PressAction("emergency/42/9f", "Approve emergency slot, Production servers", ActionStyle.Danger) { Confirm = "Outside the calendar?" })[0]!;
        var asked = button["confirm"]!;
        Assert.Equal(
            ["Approve emergency slot, Production servers", "Outside the calendar?", "Approve emergency slot…", "Cancel"],
            new[] { "title", "text", "confirm", "deny" }.Select(name => (string?)asked[name]!["text"]));
        Assert.Equal("danger", (string?)asked["style"]);
        Assert.Equal(new ButtonPress(ButtonKind.Press, "emergency/42/9f", 17, null), Read(button));
    }

    [Fact]
    public void Given_a_question_that_is_too_long_for_slack_then_it_is_a_modal_whose_button_is_the_press()
    {
        var asks = new PressAction("emergency/42/9f", "Approve slot") { Confirm = new string('?', 301) };
        var press = Read(Buttons(17, asks)[0]!)!;
        Assert.Equal((ButtonKind.Form, "emergency/42/9f"), (press.Kind, press.Action));
        Assert.Equal(("emergency/42/9f", asks.Confirm, 0), (press.Form!.Id, press.Form.Text, press.Form.Inputs.Count));

        var view = JsonNode.Parse(BlockKitRenderer.View(press.Form, new BlockKitViewOptions { PrivateMetadata = "mine" }))!;
        Assert.Equal(["patchbot/form", "mine"], Words(view, "callback_id", "private_metadata"));
        Assert.Equal(["Approve slot", "Approve slot", "Cancel"], new[] { "title", "submit", "close" }.Select(name => (string?)view[name]!["text"]));
        Assert.Equal(asks.Confirm, (string?)view["blocks"]![0]!["text"]!["text"]);
    }

    [Theory]
    [InlineData("https://example.com/a", true)]
    [InlineData("http://example.com/a", true)]
    [InlineData("mailto:it@example.com", false)]
    [InlineData("javascript:alert(1)", false)]
    public void Given_a_link_then_only_a_page_becomes_a_button_and_the_bot_has_nothing_to_do(string address, bool shown)
    {
        var buttons = Buttons(17, new PressAction("a/1", "A"), new LinkAction("Open", new Uri(address)));
        Assert.Equal(shown ? 2 : 1, buttons.Count);
        Assert.All(buttons.Skip(1), button => Assert.Equal((address, new ButtonPress(ButtonKind.Link, "", null, null)), ((string?)button!["url"], Read(button))));
    }

    [Fact]
    public void Given_a_post_with_details_then_one_button_opens_them_and_a_card_that_is_no_post_shows_them()
    {
        var card = RichCard.Card with { Actions = [] };
        var button = Assert.Single(JsonNode.Parse(BlockKitRenderer.Message(card, new BlockKitOptions { PostId = 17 }).Blocks.Span)!.AsArray()[^1]!["elements"]!.AsArray())!;
        Assert.Equal(new ButtonPress(ButtonKind.Details, "", 17, null), Read(button));
        Assert.Equal("patchbot/details", (string?)JsonNode.Parse(BlockKitRenderer.Details(card))!["callback_id"]);

        var answer = Encoding.UTF8.GetString(BlockKitRenderer.Message(card, new BlockKitOptions()).Blocks.Span);
        Assert.DoesNotContain("patchbot/details", answer, StringComparison.Ordinal);
        Assert.Contains("CVE-2023-36033", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"static_select","action_id":"patchbot/press/0","value":"{\"action\":\"a/1\"}"}""")]
    [InlineData("""{"type":"button","action_id":"other/press/0","value":"{\"action\":\"a/1\"}"}""")]
    [InlineData("""{"type":"button","action_id":"patchbot/hologram/0","value":"{\"action\":\"a/1\"}"}""")]
    [InlineData("""{"type":"button","action_id":"patchbot/press","value":"{\"action\":\"a/1\"}"}""")]
    [InlineData("""{"type":"button","action_id":7,"value":"{\"action\":\"a/1\"}"}""")]
    [InlineData("""{"type":"button","action_id":"patchbot/press/0"}""")]
    [InlineData("""{"type":"button","action_id":"patchbot/press/0","value":null}""")]
    [InlineData("""{"type":"button","action_id":"patchbot/press/0","value":"no json"}""")]
    [InlineData("""{"type":"button","action_id":"patchbot/press/0","value":"[]"}""")]
    [InlineData("""{"type":"button","action_id":"patchbot/press/0","value":"{\"post\":17}"}""")]
    [InlineData("""{"type":"button","action_id":"patchbot/press/0","value":"{\"action\":7}"}""")]
    [InlineData("""{"type":"button","action_id":"patchbot/press/0","value":"{\"action\":\"\\ud83d\"}"}""")]
    [InlineData("""{"type":"button","action_id":"patchbot/press/0","value":"\ud83d"}""")]
    [InlineData("""{"type":"button","action_id":"patchbot/press/0","value":"{\"action\":\"a/1\"}","\ud83d":1}""")]
    [InlineData("""{"type":"button","action_id":"patchbot/press/0","value":"{\"action\":\"a/1\",\"\\ud83d\\ud83d\":1}"}""")]
    [InlineData("""{"type":"button","action_id":"patchbot/details/0","value":"{}"}""")]
    [InlineData("""{"type":"button","action_id":"patchbot/details/0","value":"{\"post\":-1}"}""")]
    [InlineData("""{"type":"button","action_id":"patchbot/form/0","value":"{\"form\":7}"}""")]
    [InlineData("""[]""")]
    [InlineData("null")]
    public void Given_what_no_card_of_ours_sends_then_it_is_none_of_our_buttons(string action) => Assert.Null(Read(JsonDocument.Parse(action).RootElement));

    [Fact]
    public void Given_values_beyond_every_limit_then_they_are_none_of_ours()
    {
        Assert.Null(Read(Pressed("press", $$"""{"action":"{{new string('a', 256)}}"}""")));
        Assert.Null(Read(Pressed("press", $$"""{"action":"a/1","x":"{{new string('x', 5_000)}}"}""")));
        Assert.Null(Read(Pressed("form", string.Concat(Enumerable.Repeat("{\"form\":", 30)) + "1" + new string('}', 30))));
        Assert.Null(Read(Pressed("press", """{"action":"a/1","post":99999999999999999999}"""))!.Post);
    }

    [Fact]
    public void Given_a_form_of_another_version_then_its_id_is_left_to_find_it_by() =>
        Assert.Equal(
            new ButtonPress(ButtonKind.Form, "a/1", 17, null),
            Read(Pressed("form", """{"post":17,"form":{"id":"a/1","heading":"h","submit":"s","inputs":[{"kind":"hologram"}]}}""")));

    [Fact]
    public void Given_a_sent_form_then_each_input_comes_back_under_its_own_id()
    {
        var inputs = BlockKitData.ReadInputs(JsonDocument.Parse("""
            {"in.note":{"value":{"type":"plain_text_input","value":"backups ok"}},
             "in.empty":{"value":{"type":"plain_text_input","value":null}},
             "in.on":{"value":{"type":"datepicker","selected_date":"2026-11-24"}},
             "in.outcome":{"value":{"type":"radio_buttons","selected_option":{"text":{"type":"plain_text","text":"Pass"},"value":"pass"}}},
             "in.ring":{"value":{"type":"static_select","selected_option":null}},
             "foreign":{"value":{"type":"plain_text_input","value":"x"}},
             "in.\ud83d":{"value":{"value":"x"}},
             "in.odd":7}
            """).RootElement);
        Assert.Equal(
            new Dictionary<string, string> { ["note"] = "backups ok", ["empty"] = "", ["on"] = "2026-11-24", ["outcome"] = "pass", ["ring"] = "" },
            inputs);
        Assert.Equal("in.note", BlockKitData.BlockOf("note"));
    }

    [Fact]
    public void Given_a_form_then_an_error_about_an_input_can_be_addressed_to_its_block()
    {
        var view = JsonNode.Parse(BlockKitRenderer.View(RichCard.Card.Actions.OfType<FormAction>().ElementAt(1).Form, new BlockKitViewOptions()))!;
        Assert.Equal(
            new[] { "outcome", "ring", "host", "on" }.Select(BlockKitData.BlockOf),
            view["blocks"]!.AsArray().Where(block => (string?)block!["type"] == "input").Select(block => (string)block!["block_id"]!));
    }

    [Theory, InlineData(51, 1), InlineData(1, 4_001)]
    public void Given_more_inputs_or_longer_ones_than_any_form_has_then_nothing_of_them_is_taken(int count, int length)
    {
        var values = new JsonObject(Enumerable.Range(0, count).Select(number =>
            KeyValuePair.Create($"in.{number}", (JsonNode?)new JsonObject { ["value"] = new JsonObject { ["value"] = new string('x', length) } })));
        Assert.Null(BlockKitData.ReadInputs(JsonDocument.Parse(values.ToJsonString()).RootElement));
        Assert.Null(BlockKitData.ReadInputs(JsonDocument.Parse("[]").RootElement));
    }

    [Fact]
    public void Given_a_posts_metadata_then_the_post_is_found_again()
    {
        var written = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(written))
        {
            BlockKitData.WriteMetadata(json, 17);
        }

        Assert.Equal("""{"event_type":"patchbot_post","event_payload":{"post":17}}""", Encoding.UTF8.GetString(written.WrittenSpan));
        Assert.Equal(17, BlockKitData.ReadMetadata(JsonDocument.Parse(written.WrittenMemory).RootElement));
        Assert.Null(BlockKitData.ReadMetadata(JsonDocument.Parse("""{"event_type":"other","event_payload":{"post":17}}""").RootElement));
        Assert.Null(BlockKitData.ReadMetadata(JsonDocument.Parse("""{"event_type":"patchbot_post","event_payload":[]}""").RootElement));
    }

    [Fact]
    public void Given_metadata_that_slack_does_not_take_then_the_caller_is_told() =>
        Assert.Throws<ArgumentException>(() => new BlockKitViewOptions { PrivateMetadata = new string('m', 3_001) });

    private static JsonArray Buttons(long? post, params CardAction[] actions) =>
        JsonNode.Parse(BlockKitRenderer.Message(new ChatCard { Title = "T", Summary = "S", Actions = actions }, new BlockKitOptions { PostId = post }).Blocks.Span)!.AsArray()
            .Single(block => (string?)block!["type"] == "actions")!["elements"]!.AsArray();

    private static JsonObject Pressed(string kind, string value) => new JsonObject { ["type"] = "button", ["action_id"] = $"patchbot/{kind}/0", ["value"] = value };

    private static ButtonPress? Read(JsonNode button) => Read(JsonDocument.Parse(button.ToJsonString()).RootElement);

    private static ButtonPress? Read(JsonElement action) => BlockKitData.Read(action);

    private static string?[] Words(JsonNode part, params string[] names) => [.. names.Select(name => (string?)part[name])];
}
