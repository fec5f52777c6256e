using System.Text.Json;
using PatchBot.Cards;
using PatchBot.Cards.AdaptiveCards;
using PatchBot.Cards.BlockKit;
using PatchBot.Core.Conversation;
using PatchBot.Core.Delivery;
using PatchBot.Tests.Cards;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.WebChat;

/// <summary>What the web chat says of a card's look in Slack and in Teams is what their renderers make of it.</summary>
public sealed class LookTests
{
    private const long Post = 17;

    [Theory, InlineData("rich"), InlineData("patch-large"), InlineData("patch-two-rings"), InlineData("patch-late"), InlineData("help")]
    public async Task Given_a_post_then_both_platforms_get_what_their_renderers_make_of_it(string name)
    {
        var card = await Gallery.Cards[name]();
        await using var chat = await RunningChat.StartAsync();
        var id = await chat.PostAsync(card, postId: Post);
        var looks = await LooksAsync(chat, id);

        var message = BlockKitRenderer.Message(card, new BlockKitOptions { PostId = Post });
        Assert.Equal((id, 1), (looks["id"].GetInt64(), looks["version"].GetInt32()));
        Assert.Equal(message.Text, looks["slack"].GetProperty("text").GetString());
        AssertSame(message.Blocks, looks["slack"].GetProperty("blocks"));
        AssertSame(AdaptiveCardRenderer.Render(card, new AdaptiveCardOptions { PostId = Post }), looks["teams"].GetProperty("card"));
    }

    [Theory, InlineData("rich"), InlineData("patch-large"), InlineData("patch-late")]
    public async Task Given_a_post_then_each_button_that_opens_something_has_it_on_both_platforms(string name)
    {
        var card = await Gallery.Cards[name]();
        await using var chat = await RunningChat.StartAsync();
        var looks = await LooksAsync(chat, await chat.PostAsync(card, postId: Post));
        var (modals, dialogs) = (looks["slack"].GetProperty("modals"), looks["teams"].GetProperty("dialogs"));

        var forms = card.Actions.Index().Where(action => action.Item is FormAction).ToList();
        Assert.NotEmpty(forms);
        foreach (var (index, action) in forms)
        {
            var form = ((FormAction)action).Form;
            AssertSame(BlockKitRenderer.View(form, new BlockKitViewOptions()), modals.GetProperty($"patchbot/form/{index}"));
            AssertSame(AdaptiveCardRenderer.Render(form, new AdaptiveCardFormOptions { PostId = Post }), dialogs.GetProperty(form.Id));
        }

        AssertSame(BlockKitRenderer.Details(card), modals.GetProperty($"patchbot/details/{card.Actions.Count}"));

        // Slack asks "Are you sure?" by itself; in Teams that is a dialog too.
        var questions = card.Actions.OfType<PressAction>().Where(press => press.Confirm.Length > 0).ToList();
        Assert.All(questions, press => AssertSame(AdaptiveCardRenderer.Render(press.Question(), new AdaptiveCardFormOptions { PostId = Post }), dialogs.GetProperty(press.Id)));
        Assert.Equal(forms.Count + 1, modals.EnumerateObject().Count());
        Assert.Equal(forms.Count + questions.Count, dialogs.EnumerateObject().Count());
    }

    [Fact]
    public async Task Given_a_direct_answer_then_it_names_no_post_and_its_details_stand_in_their_place()
    {
        await using var chat = await RunningChat.StartAsync();
        chat.Bot.Answers = _ => new ReplyAnswer(RichCard.Card);
        var answer = (await chat.SayAsync("engineer", "status"))["answers"][0].GetProperty("id").GetInt64();
        var looks = await LooksAsync(chat, answer);
        AssertSame(BlockKitRenderer.Message(RichCard.Card, new BlockKitOptions()).Blocks, looks["slack"].GetProperty("blocks"));
        AssertSame(AdaptiveCardRenderer.Render(RichCard.Card, new AdaptiveCardOptions()), looks["teams"].GetProperty("card"));
        Assert.DoesNotContain(looks["slack"].GetProperty("modals").EnumerateObject(), modal => modal.Name.Contains("details", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Given_a_card_that_changed_then_it_is_shown_as_it_stands_now()
    {
        await using var chat = await RunningChat.StartAsync();
        var id = await chat.PostAsync(FakeBot.Card("Asked"), postId: Post);
        await chat.Platform.EditAsync(new(RunningChat.Patching, $"{id}"), null, FakeBot.Card("Approved"), Post, Some.Token);
        var looks = await LooksAsync(chat, id);
        Assert.Equal(2, looks["version"].GetInt32());
        Assert.StartsWith("Approved: ", looks["slack"].GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_stand_in_of_slack_then_it_gets_its_sections()
    {
        await using var chat = await RunningChat.StartAsync();
        var slack = (await LooksAsync(chat, await chat.PostAsync(RichCard.Card, postId: Post), "?classic=true"))["slack"];
        AssertSame(ClassicBlocks.Of(BlockKitRenderer.Message(RichCard.Card, new BlockKitOptions { PostId = Post }).Blocks), slack.GetProperty("blocks"));
        AssertSame(ClassicBlocks.Of(BlockKitRenderer.Details(RichCard.Card)), slack.GetProperty("modals").GetProperty($"patchbot/details/{RichCard.Card.Actions.Count}"));
    }

    [Fact]
    public async Task Given_no_message_or_one_without_a_card_then_it_says_so()
    {
        await using var chat = await RunningChat.StartAsync();
        var said = (await chat.SayAsync("engineer", "hello"))["message"].GetProperty("id").GetInt64();
        Assert.Equal((404, $"Message {said} has no card, so there is nothing that Slack or Teams would draw."), Refusal(await chat.GetAsync($"messages/{said}/looks")));
        Assert.Equal((404, "There is no message 99; it may have been deleted."), Refusal(await chat.GetAsync("messages/99/looks")));
        await chat.SendAsync(HttpMethod.Delete, $"messages/{said}?user=engineer");
        Assert.Equal((404, $"There is no message {said}; it may have been deleted."), Refusal(await chat.GetAsync($"messages/{said}/looks")));

        var card = await chat.PostAsync(RichCard.Card);
        var wrong = await chat.GetAsync($"messages/{card}/looks?classic=perhaps");
        Assert.Equal((400, "classic"), (wrong.Status, wrong.Field));
    }

    [Fact]
    public async Task Given_a_card_in_a_channel_that_is_no_longer_configured_then_it_is_not_shown()
    {
        await using var chat = await RunningChat.StartAsync();
        var hidden = await chat.Record.Messages.AddAsync(
            new(0, new ChannelRef("webchat", "closed"), null, "patchbot", "PatchBot", "Secret", CardJson.Write(RichCard.Card), 1, null, Some.Noon, Deleted: false), Some.Token);
        Assert.Equal(404, (await chat.GetAsync($"messages/{hidden.Id}/looks")).Status);
    }

    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("X-Forwarded-For", "10.0.0.1")]
    public async Task Given_a_foreign_caller_then_nothing_is_shown(string header, string value)
    {
        await using var chat = await RunningChat.StartAsync();
        var id = await chat.PostAsync(RichCard.Card);
        var refused = await chat.SendAsync(HttpMethod.Get, $"messages/{id}/looks", null, (header, value));
        Assert.Equal(403, refused.Status);
        Assert.False(refused.Body.TryGetProperty("slack", out _));
    }

    [Fact]
    public async Task Given_a_database_that_does_not_answer_then_it_says_so()
    {
        await using var chat = await RunningChat.StartAsync();
        var id = await chat.PostAsync(RichCard.Card);
        chat.Record.Down = true;
        Assert.Equal(503, (await chat.GetAsync($"messages/{id}/looks")).Status);
    }

    private static async Task<Reply> LooksAsync(RunningChat chat, long id, string query = "")
    {
        var looks = await chat.GetAsync($"messages/{id}/looks{query}");
        Assert.Equal(200, looks.Status);
        return looks;
    }

    private static (int, string) Refusal(Reply reply) => (reply.Status, reply.Error);

    private static void AssertSame(ReadOnlyMemory<byte> rendered, JsonElement shown) =>
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(rendered.Span), shown), $"The renderer made {System.Text.Encoding.UTF8.GetString(rendered.Span)}, shown is {shown}.");
}
