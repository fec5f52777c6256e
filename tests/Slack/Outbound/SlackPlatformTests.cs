using PatchBot.Adapters.Slack;
using PatchBot.Adapters.Slack.Outbound;
using PatchBot.Adapters.Slack.Protocol;
using PatchBot.Cards;
using PatchBot.Core.Delivery;
using PatchBot.Core.People;
using PatchBot.Core.Record;
using PatchBot.Tests.Slack.Outbound.Stub;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Slack.Outbound;

public sealed class SlackPlatformTests
{
    private static readonly ChannelRef Channel = new(SlackOptions.Platform, "C1");

    [Fact]
    public async Task Given_a_channel_then_a_post_and_its_replies_stand_in_it_and_edits_replace_them()
    {
        await using var room = await Room.OpenAsync();
        var root = await room.Platform.PostAsync(Channel, null, Card(), 7, doubt: false, Some.Token);
        var reply = await room.Platform.PostAsync(Channel, root, Card("Two"), 8, doubt: false, Some.Token);
        Assert.Equal([(null, root, 7L), (root, reply, 8L)], room.Shown.Select(message => (message.Thread, (string?)message.Ts, message.Post!.Value)));

        await room.Platform.EditAsync(new MessageRef(Channel, root!), null, Card("One, edited"), 7, Some.Token);
        Assert.StartsWith("One, edited", room.Shown[0].Text, StringComparison.Ordinal);
        Assert.DoesNotContain(room.Slack.Stub.Requests, request => request.Path.StartsWith("conversations.", StringComparison.Ordinal));
    }

    [Theory, InlineData(null), InlineData("1.5")]
    public async Task Given_a_post_in_doubt_whose_message_is_there_then_that_is_brought_up_to_date_and_none_is_created(string? thread)
    {
        await using var room = await Room.OpenAsync();
        var ts = await room.Platform.PostAsync(Channel, thread, Card(), 7, doubt: false, Some.Token);
        Assert.Equal(ts, await room.Platform.PostAsync(Channel, thread, Card("Newer"), 7, doubt: true, Some.Token));
        Assert.StartsWith("Newer", Assert.Single(room.Shown).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_post_in_doubt_that_stands_there_twice_then_one_stays_and_the_other_goes()
    {
        await using var room = await Room.OpenAsync();
        await room.Platform.PostAsync(Channel, null, Card(), 7, doubt: false, Some.Token);
        await room.Platform.PostAsync(Channel, null, Card(), 7, doubt: false, Some.Token);
        var kept = await room.Platform.PostAsync(Channel, null, Card("Newer"), 7, doubt: true, Some.Token);
        var shown = Assert.Single(room.Shown);
        Assert.Equal(kept, shown.Ts);
        Assert.StartsWith("Newer", shown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_post_in_doubt_whose_message_is_not_there_then_it_is_created()
    {
        await using var room = await Room.OpenAsync();
        await room.Platform.PostAsync(Channel, null, Card(), 7, doubt: true, Some.Token);
        Assert.Equal(7, Assert.Single(room.Shown).Post);
    }

    [Fact]
    public async Task Given_a_post_in_doubt_then_nobody_elses_message_is_taken_for_it()
    {
        await using var room = await Room.OpenAsync();
        var foreign = System.Text.Json.JsonDocument.Parse("""{"text":"mine","metadata":{"event_type":"patchbot_post","event_payload":{"post":7}}}""").RootElement;
        room.Slack.Stub.Workspace.Add("C1", null, "B0OTHER", foreign);
        room.Slack.Stub.Workspace.Add("C2", null, SlackStub.Bot, foreign);
        await room.Platform.PostAsync(Channel, null, Card(), 8, doubt: false, Some.Token);
        var ts = await room.Platform.PostAsync(Channel, null, Card(), 7, doubt: true, Some.Token);
        Assert.Equal((4, ts), (room.Shown.Count, room.Shown.Single(message => message is { Channel: "C1", Post: 7, By: SlackStub.Bot }).Ts));
    }

    [Fact]
    public async Task Given_a_busy_channel_and_an_app_that_gets_few_messages_a_page_then_the_message_is_found_all_the_same()
    {
        await using var room = await Room.OpenAsync();
        room.Slack.Stub.Answers.MostOnAPage = 15;
        var ts = await room.Platform.PostAsync(Channel, null, Card(), 7, doubt: false, Some.Token);
        for (var number = 0; number < 100; number++)
        {
            room.Slack.Stub.Workspace.Add("C1", null, "B0OTHER", System.Text.Json.JsonDocument.Parse("""{"text":"chatter"}""").RootElement);
        }

        Assert.Equal(ts, await room.Platform.PostAsync(Channel, null, Card(), 7, doubt: true, Some.Token));
        Assert.Equal(7, room.Slack.Stub.Requests.Count(request => request.Path == "conversations.history"));
    }

    [Fact]
    public async Task Given_a_message_that_is_there_and_can_no_longer_be_edited_then_no_second_one_is_made()
    {
        await using var room = await Room.OpenAsync();
        var ts = await room.Platform.PostAsync(Channel, null, Card(), 7, doubt: false, Some.Token);
        room.Slack.Stub.Refusal = path => path == "chat.update" ? (200, SlackStub.Error("edit_window_closed")) : null;
        Assert.Equal(ts, await room.Platform.PostAsync(Channel, null, Card("Newer"), 7, doubt: true, Some.Token));
        Assert.Single(room.Shown);
    }

    [Fact]
    public async Task Given_a_look_that_fails_then_nothing_is_created()
    {
        await using var room = await Room.OpenAsync();
        room.Slack.Stub.Refusal = path => path == "conversations.history" ? (200, """{"ok":false,"error":"missing_scope","needed":"channels:history"}""") : null;
        var fault = await Assert.ThrowsAsync<DeliveryException>(() => room.Platform.PostAsync(Channel, null, Card(), 7, doubt: true, Some.Token));
        Assert.Contains("channels:history", fault.Message, StringComparison.Ordinal);
        Assert.Empty(room.Shown);
    }

    [Fact]
    public async Task Given_a_channel_of_which_the_workspace_is_not_known_then_its_posts_wait_and_say_what_to_do()
    {
        await using var room = await Room.OpenAsync();
        var fault = await Assert.ThrowsAsync<DeliveryException>(() => room.Platform.PostAsync(Channel with { Id = "C9" }, null, Card(), 7, doubt: false, Some.Token));
        Assert.False(fault.Permanent);
        Assert.Contains("mention the bot there", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_someone_of_the_workspace_then_the_chat_is_opened_once_even_if_they_never_spoke_to_the_bot()
    {
        await using var room = await Room.OpenAsync();
        var ana = PersonId.Of("slack", "T1", "U1");
        var chat = await room.Platform.DirectAsync(ana, Some.Token);
        Assert.Equal((new ChannelRef("slack", "DU1"), chat), (chat!.Value, await room.Platform.DirectAsync(ana, Some.Token)));
        Assert.Single(room.Slack.Stub.Requests, request => request.Path == "conversations.open");

        var channel = await room.ReadAsync(session => session.Channels.FindAsync(chat.Value, Some.Token));
        Assert.Equal(("Ana Approver", new ConversationAddress("T1", ConversationKind.Direct)), (channel!.Name, ConversationAddress.Read(channel.Address)));
        await room.Platform.PostAsync(chat.Value, null, Card(), 7, doubt: false, Some.Token);
        Assert.Equal("DU1", Assert.Single(room.Shown).Channel);
    }

    [Fact]
    public async Task Given_nobody_or_a_group_or_someone_of_another_workspace_or_platform_then_there_is_no_way()
    {
        await using var room = await Room.OpenAsync();
        Assert.Null(await room.Platform.DirectAsync(PersonId.Of("slack", "T1", "U9"), Some.Token));
        Assert.Null(await room.Platform.DirectAsync(PersonId.Of("slack", "T9", "U1"), Some.Token));
        Assert.Null(await room.Platform.DirectAsync(Some.Engineer.Id, Some.Token));
        Assert.Single(room.Slack.Stub.Requests);
        Assert.Null(await room.Platform.DirectAsync(PersonId.Of("slack", "T1", "S0APPROVERS"), Some.Token));
        Assert.Single(room.Slack.Stub.Requests);
    }

    private static ChatCard Card(string title = "One") => new() { Title = title, Summary = "What matters", Actions = [new PressAction("note/1", "Take note")] };

    /// <summary>The platform over a record with a channel, and the stub that it posts to.</summary>
    private sealed class Room : IAsyncDisposable
    {
        private readonly TestRecord record;

        private Room(TestRecord record, SlackOnStub slack)
        {
            (this.record, Slack) = (record, slack);
            Platform = new SlackPlatform(record, slack.Api, slack.Workspaces, TimeProvider.System);
        }

        public SlackOnStub Slack { get; }

        public SlackPlatform Platform { get; }

        public IReadOnlyList<StubMessage> Shown => Slack.Stub.Workspace.Shown;

        public static async Task<Room> OpenAsync()
        {
            var room = new Room(await TestRecord.CreateAsync(), await SlackOnStub.StartAsync());
            await room.record.WriteAsync(
                async (session, token) =>
                {
                    var address = new ConversationAddress("T1", ConversationKind.Channel).Write();
                    await session.Channels.SaveAsync(new Channel(Channel, "patching", ChannelState.Active) { Address = address }, token);
                    return true;
                },
                Some.Token);
            return room;
        }

        public Task<T> ReadAsync<T>(Func<IRecordSession, Task<T>> work) => record.ReadAsync((session, _) => work(session), Some.Token);

        public async ValueTask DisposeAsync()
        {
            await Slack.DisposeAsync();
            await record.DisposeAsync();
        }
    }
}
