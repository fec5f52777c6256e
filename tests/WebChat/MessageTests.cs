using System.Text.Json;
using PatchBot.Cards;
using PatchBot.Core.Conversation;
using PatchBot.Core.Delivery;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.WebChat;

public sealed class MessageTests
{
    [Fact]
    public async Task Given_nothing_configured_then_there_are_two_channels_and_four_people()
    {
        await using var chat = await RunningChat.StartAsync();
        Assert.Equal(["patching", "announcements"], Ids((await chat.GetAsync("channels")).Body));
        Assert.Equal(["engineer", "manager", "admin", "outsider"], Ids((await chat.GetAsync("people")).Body));
    }

    [Fact]
    public async Task Given_configured_channels_then_they_stand_in_place_of_the_defaults()
    {
        await using var chat = await RunningChat.StartAsync(("WebChat:Channels:0:Id", "ops"), ("WebChat:Channels:0:Name", "Operations"));
        Assert.Equal(["ops"], Ids((await chat.GetAsync("channels")).Body));
    }

    [Fact]
    public async Task Given_a_new_message_when_the_bot_replies_then_the_reply_stands_in_its_thread()
    {
        await using var chat = await RunningChat.StartAsync();
        chat.Bot.Answers = _ => new ReplyAnswer(FakeBot.Card("Help"));

        var answer = await chat.SayAsync("engineer", "help");
        Assert.Equal(200, answer.Status);
        var id = answer["message"].GetProperty("id").GetInt64();
        var reply = Assert.Single(answer["answers"].EnumerateArray());
        Assert.Equal(id, reply.GetProperty("threadId").GetInt64());
        Assert.Equal("patchbot", reply.GetProperty("author").GetString());
        Assert.Contains("Help it is.", reply.GetProperty("summary").GetString(), StringComparison.Ordinal);

        var heard = Assert.IsType<MessagePosted>(Assert.Single(chat.Bot.Heard));
        Assert.Equal(new MessagePosted(RunningChat.Patching, Some.Engineer, $"message/{id}/1", $"{id}", null, "help", ToBot: true), heard);
        Assert.Equal(RunningChat.Patching, Assert.Single(chat.Bot.Delivered));
        Assert.Equal(2, (await chat.GetAsync("channels/patching/messages")).Body.GetArrayLength());
    }

    [Fact]
    public async Task Given_a_reply_to_a_reply_then_it_stands_in_the_thread_of_the_root()
    {
        await using var chat = await RunningChat.StartAsync();
        var root = await chat.PostAsync(FakeBot.Card("KB5032196"));
        var first = (await chat.SayAsync("engineer", "pass on hv-lab-02", root))["message"];
        var second = (await chat.SayAsync("manager", "thanks", first.GetProperty("id").GetInt64()))["message"];
        Assert.Equal(root, second.GetProperty("threadId").GetInt64());
        Assert.False(Assert.IsType<MessagePosted>(chat.Bot.Heard[1]).ToBot);
    }

    [Fact]
    public async Task Given_a_reply_when_posts_appear_and_change_in_its_thread_then_they_are_the_answers()
    {
        await using var chat = await RunningChat.StartAsync();
        var root = await chat.PostAsync(FakeBot.Card("KB5032196"));
        chat.Bot.Answers = _ => new ReplyAnswer(FakeBot.Card("Which host?"));
        chat.Bot.Delivers = async channel =>
        {
            await chat.Platform.EditAsync(new MessageRef(channel, $"{root}"), null, FakeBot.Card("KB5032196 tested"), postId: 1, Some.Token);
            await chat.PostAsync(FakeBot.Card("Echo"), $"{root}", postId: 2);
            await chat.PostAsync(FakeBot.Card("Elsewhere"), postId: 3);
        };

        var answers = (await chat.SayAsync("engineer", "pass", root))["answers"].EnumerateArray().Select(answer => answer.GetProperty("summary").GetString()!.Split(':')[0]);
        Assert.Equal(["Which host?", "Echo", "KB5032196 tested"], answers);
    }

    [Fact]
    public async Task Given_a_notice_then_only_the_caller_sees_it()
    {
        await using var chat = await RunningChat.StartAsync();
        chat.Bot.Answers = _ => new NoticeAnswer(Tone.Warning, "Only approvers can.");
        var answer = await chat.SayAsync("outsider", "approve");
        Assert.Equal("warning", answer["notice"].GetProperty("tone").GetString());
        Assert.Equal("Only approvers can.", answer["notice"].GetProperty("text").GetString());
        Assert.Equal(1, (await chat.GetAsync("channels/patching/messages")).Body.GetArrayLength());
    }

    [Fact]
    public async Task Given_own_messages_then_they_can_be_edited_and_deleted_and_the_bot_hears_of_it()
    {
        await using var chat = await RunningChat.StartAsync();
        var id = (await chat.SayAsync("engineer", "fail"))["message"].GetProperty("id").GetInt64();

        var edited = await chat.SendAsync(HttpMethod.Put, $"messages/{id}", new { user = "engineer", text = "pass" });
        Assert.Equal(2, edited["message"].GetProperty("version").GetInt32());
        Assert.Equal(new MessageEdited(RunningChat.Patching, Some.Engineer, $"message/{id}/2", $"{id}", null, "pass", ToBot: true), chat.Bot.Heard[1]);

        Assert.Equal(200, (await chat.SendAsync(HttpMethod.Delete, $"messages/{id}?user=engineer")).Status);
        Assert.Equal(new MessageDeleted(RunningChat.Patching, Some.Engineer, $"message/{id}/deleted", $"{id}"), chat.Bot.Heard[2]);
        Assert.Equal(0, (await chat.GetAsync("channels/patching/messages")).Body.GetArrayLength());
        Assert.Equal(404, (await chat.SendAsync(HttpMethod.Delete, $"messages/{id}", new { user = "engineer" })).Status);
    }

    [Fact]
    public async Task Given_someone_elses_message_then_it_stays_as_it_is()
    {
        await using var chat = await RunningChat.StartAsync();
        var theirs = (await chat.SayAsync("engineer", "pass"))["message"].GetProperty("id").GetInt64();
        var card = await chat.PostAsync(FakeBot.Card("KB5032196"));
        Assert.Equal(403, (await chat.SendAsync(HttpMethod.Put, $"messages/{theirs}", new { user = "manager", text = "fail" })).Status);
        Assert.Equal(403, (await chat.SendAsync(HttpMethod.Delete, $"messages/{theirs}", new { user = "manager" })).Status);
        Assert.Equal(403, (await chat.SendAsync(HttpMethod.Put, $"messages/{card}", new { user = "admin", text = "mine" })).Status);
    }

    [Theory]
    [InlineData("""{"text":"hello"}""", 400, "user")]
    [InlineData("""{"user":"root","text":"hello"}""", 400, "user")]
    [InlineData("""{"user":"engineer"}""", 400, "text")]
    [InlineData("""{"user":"engineer","text":"  "}""", 400, "text")]
    [InlineData("""{"user":"engineer","text":7}""", 400, "text")]
    [InlineData("""{"user":"engineer","text":"x","threadId":99}""", 400, "threadId")]
    [InlineData("""{"user":"engineer","text":"x","threadId":"y"}""", 400, "threadId")]
    [InlineData("""{"user":""", 400, null)]
    [InlineData("[]", 400, null)]
    [InlineData("null", 400, null)]
    public async Task Given_a_faulty_message_then_the_fault_is_named_and_nothing_is_said(string body, int status, string? field)
    {
        await using var chat = await RunningChat.StartAsync();
        var reply = await chat.SendAsync(HttpMethod.Post, "channels/patching/messages", body);
        Assert.Equal(status, reply.Status);
        Assert.NotEmpty(reply.Error);
        Assert.Equal(field, reply.Field);
        Assert.Empty(chat.Bot.Heard);
        Assert.Equal(0, (await chat.GetAsync("channels/patching/messages")).Body.GetArrayLength());
    }

    [Fact]
    public async Task Given_too_much_text_then_it_is_refused_by_its_size()
    {
        await using var chat = await RunningChat.StartAsync();
        Assert.Equal(413, (await chat.SayAsync("engineer", new string('x', 4001))).Status);
        Assert.Equal(413, (await chat.SayAsync("engineer", new string('x', 100_000))).Status);
        Assert.Equal(404, (await chat.GetAsync("channels/nowhere/messages")).Status);
    }

    [Fact]
    public async Task Given_markup_and_hidden_characters_in_a_message_then_they_are_harmless()
    {
        await using var chat = await RunningChat.StartAsync();
        var message = (await chat.SayAsync("engineer", "<img src=x onerror=alert(1)>\u202E"))["message"];
        Assert.Equal("<p>&lt;img src=x onerror=alert(1)&gt;</p>", message.GetProperty("html").GetString());
    }

    [Fact]
    public async Task Given_a_database_that_does_not_answer_then_the_caller_is_told_what_was_not_recorded()
    {
        await using var chat = await RunningChat.StartAsync();
        chat.Record.Down = true;
        var said = await chat.SayAsync("engineer", "pass");
        Assert.Equal(503, said.Status);
        Assert.Contains("not recorded", said.Error, StringComparison.Ordinal);
        Assert.Equal(503, (await chat.GetAsync("channels/patching/messages")).Status);

        chat.Record.Down = false;
        chat.Bot.Answers = _ => throw new PatchBot.Core.Record.RecordUnavailableException("The database is down.", new IOException());
        var handled = await chat.SayAsync("engineer", "pass");
        Assert.Equal(503, handled.Status);
        Assert.Contains("Your message is in the chat", handled.Error, StringComparison.Ordinal);

        chat.Bot.Answers = _ =>
        {
            chat.Record.Down = true;
            return new ReplyAnswer(FakeBot.Card("Recorded"));
        };
        var recorded = await chat.SayAsync("engineer", "pass");
        Assert.Equal(200, recorded.Status);
        Assert.Contains("It is recorded", recorded["notice"].GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    private static IEnumerable<string?> Ids(JsonElement list) => list.EnumerateArray().Select(item => item.GetProperty("id").GetString());
}
