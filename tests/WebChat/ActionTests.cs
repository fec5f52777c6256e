using PatchBot.Cards;
using PatchBot.Core.Conversation;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.WebChat;

public sealed class ActionTests
{
    private static readonly ChatCard Card = FakeBot.Card(
        "KB5032196",
        new PressAction("approve/42/a", "Approve Production", ActionStyle.Primary),
        new FormAction("Report a result", new CardForm("report/42", "Lab result",
            [new ChoiceInput("outcome", "Outcome", [new("pass", "Passed")]), new TextInput("host", "Host", MaxLength: 60)], "Record")),
        new LinkAction("Open the advisory", new Uri("https://example.com/")));

    [Fact]
    public async Task Given_a_card_then_its_message_lists_what_can_be_pressed()
    {
        await using var chat = await RunningChat.StartAsync();
        await chat.PostAsync(Card);
        var message = Assert.Single((await chat.GetAsync("channels/patching/messages")).Body.EnumerateArray());
        var actions = message.GetProperty("actions").EnumerateArray().ToArray();
        Assert.Equal(["approve/42/a", "report/42"], actions.Select(action => action.GetProperty("id").GetString()));
        Assert.Equal(["primary", "default"], actions.Select(action => action.GetProperty("style").GetString()));
        var form = actions[1].GetProperty("form");
        Assert.Equal(["choice", "text"], form.GetProperty("inputs").EnumerateArray().Select(input => input.GetProperty("type").GetString()));
        Assert.Contains("<article class=\"card\"", message.GetProperty("html").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("approve/42/a", "approve/42/a")]
    [InlineData("Approve Production", "approve/42/a")]
    [InlineData("Report a result", "report/42")]
    [InlineData("approve/42/older", "approve/42/older")]
    public async Task Given_an_action_by_id_or_title_then_the_bot_hears_its_id(string action, string heard)
    {
        await using var chat = await RunningChat.StartAsync();
        var id = await chat.PostAsync(Card);
        chat.Bot.Delivers = _ => chat.Platform.EditAsync(new(RunningChat.Patching, $"{id}"), null, FakeBot.Card("Approved"), postId: 1, Some.Token);

        var answer = await chat.PressAsync(id, "manager", action, new { host = "hv-lab-02", count = 3, sure = true });
        Assert.Equal(200, answer.Status);
        var press = Assert.IsType<ActionPressed>(Assert.Single(chat.Bot.Heard));
        Assert.Equal((heard, $"{id}", $"{id}"), (press.Action, press.Message, press.Thread));
        Assert.Equal(Some.Manager, press.By);
        Assert.Equal(("hv-lab-02", "3"), (press.Inputs["host"], press.Inputs["count"]));
        Assert.Equal(2, answer["message"].GetProperty("version").GetInt32());
        Assert.Equal(0, answer["answers"].GetArrayLength());
    }

    [Fact]
    public async Task Given_a_press_that_asks_for_more_then_the_form_comes_back_and_is_not_kept()
    {
        await using var chat = await RunningChat.StartAsync();
        var id = await chat.PostAsync(Card);
        chat.Bot.Answers = _ => new FormAnswer(new CardForm("report/42/change", "Change it", [new TextInput("host", "Host") { Value = "hv-lab-02" }], "Save"));
        var form = (await chat.PressAsync(id, "engineer", "approve/42/a"))["form"];
        Assert.Equal("report/42/change", form.GetProperty("id").GetString());
        Assert.Contains("value=\"hv-lab-02\"", form.GetProperty("html").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, (await chat.GetAsync("channels/patching/messages")).Body.GetArrayLength());
    }

    [Fact]
    public async Task Given_the_same_press_twice_then_both_carry_one_key()
    {
        await using var chat = await RunningChat.StartAsync();
        var id = await chat.PostAsync(Card);
        await chat.PressAsync(id, "manager", "approve/42/a", pressId: "p1");
        await chat.PressAsync(id, "manager", "approve/42/a", pressId: "p1");
        await chat.PressAsync(id, "manager", "approve/42/a");
        Assert.Equal(chat.Bot.Heard[0].DeliveryKey, chat.Bot.Heard[1].DeliveryKey);
        Assert.NotEqual(chat.Bot.Heard[0].DeliveryKey, chat.Bot.Heard[2].DeliveryKey);
    }

    [Fact]
    public async Task Given_a_faulty_press_then_the_fault_is_named()
    {
        await using var chat = await RunningChat.StartAsync();
        var id = await chat.PostAsync(Card);
        var unknown = await chat.PressAsync(id, "manager", "Aprove Production");
        Assert.Equal((400, "action"), (unknown.Status, unknown.Field));
        Assert.Contains("'Approve Production'", unknown.Error, StringComparison.Ordinal);
        Assert.Equal((400, "user"), Fault(await chat.PressAsync(id, "nobody", "approve/42/a")));
        Assert.Equal((400, "inputs.host"), Fault(await chat.PressAsync(id, "manager", "approve/42/a", new { host = new { } })));
        Assert.Equal((400, "inputs.host"), Fault(await chat.SendAsync(HttpMethod.Post, $"messages/{id}/actions", """{"user":"manager","action":"approve/42/a","inputs":{"host":"\ud83d"}}""")));
        Assert.Equal((413, "inputs.host"), Fault(await chat.PressAsync(id, "manager", "approve/42/a", new { host = new string('x', 4001) })));
        Assert.Equal(404, (await chat.PressAsync(99, "manager", "approve/42/a")).Status);
        Assert.Empty(chat.Bot.Heard);
    }

    private static (int Status, string? Field) Fault(Reply reply) => (reply.Status, reply.Field);
}
