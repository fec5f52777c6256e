using System.Text.Json.Nodes;
using PatchBot.Cards;
using PatchBot.Cards.AdaptiveCards;

namespace PatchBot.Tests.Cards.AdaptiveCards;

/// <summary>What Teams gets to send back, and the parts of a card that only Teams knows.</summary>
public sealed class ActionDataTests
{
    private static readonly CardForm Form = new("report/KB1", "Lab result", [new TextInput("patchbot", "Host")], "Record");

    [Fact]
    public void Given_a_press_then_new_clients_execute_it_and_old_ones_submit_the_same()
    {
        var action = Actions(17, new PressAction("approve/42/9f", "Approve", ActionStyle.Primary))[0]!;
        Assert.Equal(["Action.Execute", "patchbot.press", "none", "positive"], Words(action, "type", "verb", "associatedInputs", "style"));
        Assert.Equal("""{"patchbot":{"action":"approve/42/9f","post":17}}""", action["data"]!.ToJsonString());

        var old = action["fallback"]!;
        Assert.Equal(["Action.Submit", "Approve", "none", "positive"], Words(old, "type", "title", "associatedInputs", "style"));
        Assert.Equal("""{"patchbot":{"action":"approve/42/9f","post":17,"verb":"patchbot.press"}}""", old["data"]!.ToJsonString());
        Assert.Equal("""{"feedback":{"hide":true}}""", old["msteams"]!.ToJsonString());
    }

    [Fact]
    public void Given_no_post_then_none_is_sent() =>
        Assert.Equal("""{"patchbot":{"action":"undo/7"}}""", Actions(null, new PressAction("undo/7", "Undo"))[0]!["data"]!.ToJsonString());

    [Fact]
    public void Given_a_press_that_the_bot_answers_with_a_form_then_it_asks_for_a_dialog()
    {
        var action = Actions(17, new PressAction("change/7", "Change") { OpensForm = true })[0]!;
        Assert.Equal("Action.Submit", (string?)action["type"]);
        Assert.Equal("""{"msteams":{"type":"task/fetch"},"patchbot":{"action":"change/7","post":17}}""", action["data"]!.ToJsonString());
    }

    [Fact]
    public void Given_a_form_then_its_button_carries_it_so_that_the_dialog_needs_nothing_else()
    {
        var action = Actions(17, new FormAction("Record", Form))[0]!;
        Assert.Equal(["Action.Submit", "none"], Words(action, "type", "associatedInputs"));
        Assert.Equal("task/fetch", (string?)action["data"]!["msteams"]!["type"]);
        Assert.Equal(17, (int?)action["data"]!["patchbot"]!["post"]);
        Assert.Null(action["data"]!["patchbot"]!["action"]);
        Assert.Equal(CardJson.WriteForm(Form), CardJson.WriteForm(CardJson.ReadForm(action["data"]!["patchbot"]!["form"]!.ToJsonString())));
    }

    [Fact]
    public void Given_a_press_that_asks_first_then_the_question_is_a_dialog_whose_button_is_the_press()
    {
        var action = Actions(17, new PressAction("emergency/42/9f", "Approve slot") { Confirm = "Outside the calendar?" })[0]!;
        var question = CardJson.ReadForm(action["data"]!["patchbot"]!["form"]!.ToJsonString());
        Assert.Equal(("emergency/42/9f", "Outside the calendar?", "Approve slot"), (question.Id, question.Text, question.Submit));
        Assert.Empty(question.Inputs);

        var submit = Submit(AdaptiveCardRenderer.Render(question, new AdaptiveCardFormOptions { PostId = 17 }));
        Assert.Equal("emergency/42/9f", (string?)submit["data"]!["patchbot"]!["action"]);
    }

    [Fact]
    public void Given_a_dialog_then_it_sends_the_action_and_itself_and_no_input_can_take_their_place()
    {
        var dialog = AdaptiveCardRenderer.Render(Form, new AdaptiveCardFormOptions { PostId = 17 });
        Assert.Equal("in.patchbot", (string?)JsonNode.Parse(dialog)!["body"]!.AsArray().Single(part => (string?)part!["type"] == "Input.Text")!["id"]);
        var submit = Submit(dialog);
        Assert.Equal(["Action.Submit", "auto"], Words(submit, "type", "associatedInputs"));
        var data = submit["data"]!["patchbot"]!;
        Assert.Equal(["report/KB1", "17", null], [(string?)data["action"], data["post"]!.ToJsonString(), (string?)data["verb"]]);
        Assert.Equal(CardJson.WriteForm(Form), CardJson.WriteForm(CardJson.ReadForm(data["form"]!.ToJsonString())));
        Assert.Null(submit["data"]!["msteams"]);
    }

    [Fact]
    public void Given_a_form_that_is_a_message_then_new_clients_execute_it_and_old_ones_submit_the_same()
    {
        var submit = Submit(AdaptiveCardRenderer.Render(Form, new AdaptiveCardFormOptions { StandsAlone = true }));
        Assert.Equal(["Action.Execute", "patchbot.submit", "auto"], Words(submit, "type", "verb", "associatedInputs"));
        Assert.Equal("report/KB1", (string?)submit["data"]!["patchbot"]!["action"]);
        Assert.Equal(["Action.Submit", "auto"], Words(submit["fallback"]!, "type", "associatedInputs"));
        Assert.Equal("patchbot.submit", (string?)submit["fallback"]!["data"]!["patchbot"]!["verb"]);
    }

    [Theory]
    [InlineData("https://example.com/a", true)]
    [InlineData("http://example.com/a", false)]
    [InlineData("javascript:alert(1)", false)]
    public void Given_a_link_then_only_a_safe_one_becomes_a_button(string address, bool shown) =>
        Assert.Equal(shown ? 2 : 1, Actions(17, new PressAction("a/1", "A"), new LinkAction("Open", new Uri(address))).Count);

    [Fact]
    public void Given_more_than_six_actions_then_the_rest_goes_into_the_menu()
    {
        var actions = Actions(17, [.. Enumerable.Range(1, 9).Select(number => new PressAction($"a/{number}", $"Do {number}"))]);
        Assert.Equal([null, null, null, null, null, null, "secondary", "secondary", "secondary"], actions.Select(action => (string?)action!["mode"]));
    }

    [Fact]
    public void Given_approvers_then_their_view_is_refreshed_and_sixty_at_most()
    {
        var card = JsonNode.Parse(AdaptiveCardRenderer.Render(RichCard.Card, new AdaptiveCardOptions
        {
            PostId = 17,
            RefreshUserIds = [.. Enumerable.Range(1, 61).Select(number => $"29:{number}")],
        }))!;
        Assert.Equal("""{"type":"Action.Execute","verb":"patchbot.refresh","data":{"patchbot":{"post":17}}}""", card["refresh"]!["action"]!.ToJsonString());
        Assert.Equal(60, card["refresh"]!["userIds"]!.AsArray().Count);
    }

    [Theory, InlineData(null, 1), InlineData(17L, 0)]
    public void Given_no_post_or_nobody_to_refresh_then_there_is_no_refresh(long? post, int users) =>
        Assert.Null(JsonNode.Parse(AdaptiveCardRenderer.Render(RichCard.Card, new AdaptiveCardOptions { PostId = post, RefreshUserIds = [.. Enumerable.Repeat("29:a", users)] }))!["refresh"]);

    [Fact]
    public void Given_a_card_then_it_is_wide_and_says_itself_in_one_sentence()
    {
        var card = JsonNode.Parse(AdaptiveCardRenderer.Render(RichCard.Card, new AdaptiveCardOptions()))!;
        Assert.Equal("Full", (string?)card["msteams"]!["width"]);
        Assert.Equal("KB5032196: Cumulative update for Windows Server 2019: Patch fast: one of the holes it closes is exploited.", (string?)card["speak"]);
        Assert.Equal(["1.5", "en"], Words(card, "version", "lang"));
    }

    [Fact]
    public void Given_badges_then_a_client_without_them_gets_one_line_that_holds_them_all()
    {
        var badges = JsonNode.Parse(AdaptiveCardRenderer.Render(RichCard.Card, new AdaptiveCardOptions()))!["body"]![0]!["items"]![1]!["items"]!.AsArray();
        Assert.Equal(RichCard.Card.Badges.Select(badge => badge.Text), badges.Select(badge => (string?)badge!["text"]));
        Assert.Equal(["attention", "attention", "warning", "accent", "good", "informative"], badges.Select(badge => (string?)badge!["style"]));
        var line = string.Concat(badges[0]!["fallback"]!["inlines"]!.AsArray().Select(run => (string?)run!["text"]));
        Assert.Equal("Critical  ·  Exploited  ·  Lab open  ·  Security  ·  Signed  ·  Restart", line);
        Assert.All(badges.Skip(1), badge => Assert.Equal("drop", (string?)badge!["fallback"]));
    }

    [Theory]
    [InlineData(false, "Reply in this thread, for example: pass on hv-lab-02")]
    [InlineData(true, "Reply in this thread and mention @Patchy, for example: @Patchy pass on hv-lab-02; or press Record")]
    public void Given_an_invitation_to_reply_then_it_says_whether_to_mention_the_bot(bool mention, string said)
    {
        var card = new ChatCard { Title = "T", Summary = "S", Body = [new ReplyHintBlock("pass on hv-lab-02")], Actions = [new FormAction("Record", Form)] };
        var body = JsonNode.Parse(AdaptiveCardRenderer.Render(card, new AdaptiveCardOptions { MentionNeeded = mention, BotName = "Patchy" }))!["body"]!;
        Assert.Equal(said, string.Concat(body[1]!["inlines"]!.AsArray().Select(run => (string?)run!["text"])));
    }

    private static JsonArray Actions(long? post, params CardAction[] actions)
    {
        var card = new ChatCard { Title = "T", Summary = "S", Actions = actions };
        return JsonNode.Parse(AdaptiveCardRenderer.Render(card, new AdaptiveCardOptions { PostId = post }))!["body"]!.AsArray()
            .Single(part => (string?)part!["type"] == "ActionSet")!["actions"]!.AsArray();
    }

    private static JsonNode Submit(byte[] form) => JsonNode.Parse(form)!["body"]!.AsArray()[^1]!["actions"]![0]!;

    private static string?[] Words(JsonNode part, params string[] names) => [.. names.Select(name => (string?)part[name])];
}
