using PatchBot.Core.Conversation;
using PatchBot.Core.Delivery;
using PatchBot.Core.Delivery.Stops;
using PatchBot.Core.People;
using PatchBot.Tests.Support;
using static PatchBot.Tests.Core.Delivery.Stops.StoppedChat;

namespace PatchBot.Tests.Core.Delivery.Stops;

/// <summary>A channel is stopped; whom the bot tells, and what becomes of that.</summary>
public sealed class StopNoticesTests
{
    [Fact]
    public async Task Given_a_permanent_failure_then_every_admin_is_told_once_in_their_own_chat()
    {
        await using var room = await StartAsync();
        await room.StopAsync();
        Assert.True(await room.Notices().TellAsync(Some.Token));
        await room.DeliverAsync();

        Assert.Equal(["direct-ada", "direct-ben"], room.Told().Select(message => message.Channel.Id).Order());
        var text = PatchBot.Cards.PlainText.PlainTextRenderer.Render(room.Told()[0].Card);
        Assert.All(["Stopped: Patching", "The bot was removed.", "1 post", "10 Nov 2026 12:00", "follow patches of production"], part => Assert.Contains(part, text, StringComparison.Ordinal));
        Assert.NotNull((await room.ChannelAsync()).ToldAt);

        Assert.True(await room.Notices().TellAsync(Some.Token));
        await room.DeliverAsync();
        Assert.Equal(2, room.Told().Count);
        Assert.Equal(["channel.stopped", "channel.told"], await room.AuditAsync());
    }

    [Fact]
    public async Task Given_a_channel_that_comes_back_then_what_waited_is_delivered_and_the_messages_say_so()
    {
        await using var room = await StartAsync();
        await room.StopAsync();
        await room.Notices().TellAsync(Some.Token);
        await room.DeliverAsync();
        Assert.DoesNotContain(room.Messages, message => message.Channel == Chat.Patching);

        await room.ReopenAsync();
        await room.DeliverAsync();
        Assert.Single(room.Messages, message => message.Channel == Chat.Patching);
        Assert.All(room.Told(), message => Assert.Equal("Active again: Patching", message.Card.Title));
    }

    [Fact]
    public async Task Given_another_stop_later_then_it_is_another_message()
    {
        await using var room = await StartAsync();
        await room.StopAsync();
        await room.Notices().TellAsync(Some.Token);
        await room.DeliverAsync();
        await room.ReopenAsync();
        await room.DeliverAsync();

        room.Chat.Clock.Advance(TimeSpan.FromHours(1));
        await room.Chat.HandleAsync(new ChannelClosed(Chat.Patching, Chat.Admin, "gone-again", "The channel was archived."));
        await room.Notices().TellAsync(Some.Token);
        await room.DeliverAsync();

        Assert.Equal(
            ["Active again: Patching", "Stopped: Patching"],
            room.Told().Where(message => message.Channel.Id == "direct-ada").Select(message => message.Card.Title));
        Assert.Contains("The channel was archived.", room.Told()[^1].Card.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_several_processes_that_look_at_once_then_every_admin_is_told_once()
    {
        await using var room = await StartAsync();
        await room.StopAsync();
        var processes = Enumerable.Range(0, 4).Select(_ => room.Notices(room.Chat.Record.OpenAnother())).ToList();
        await Task.WhenAll(processes.Select(process => Task.Run(() => process.TellAsync(Some.Token), Some.Token)));
        await room.DeliverAsync();
        Assert.Equal(2, room.Told().Count);
        Assert.Single(await room.AuditAsync(), action => action == "channel.told");
    }

    [Fact]
    public async Task Given_a_platform_that_opens_chats_by_writing_to_the_record_then_nobody_holds_it_meanwhile()
    {
        await using var room = await StartAsync();
        await room.StopAsync();
        room.Chat.Platform.Doors = (person, _) => room.Chat.WriteAsync(session => session.People.SaveAsync(new KnownPerson(person, "", ""), Some.Token));
        Assert.True(await room.Notices().TellAsync(Some.Token));
        await room.DeliverAsync();
        Assert.Equal(2, room.Told().Count);
    }

    [Fact]
    public async Task Given_a_platform_that_does_not_answer_then_other_admins_are_told_now_and_its_own_later()
    {
        await using var room = await StartAsync();
        await room.StopAsync();
        var away = new FakeChat("away") { Doors = (_, _) => throw new DeliveryException("no answer", permanent: false) };
        var notices = room.Notices(platforms: [room.Chat.Platform, away], admins: [Ada, "away:t:cy"]);
        Assert.False(await notices.TellAsync(Some.Token));
        Assert.False(await notices.TellAsync(Some.Token));
        await room.DeliverAsync();
        Assert.Single(room.Told());
        Assert.Null((await room.ChannelAsync()).ToldAt);

        away.Doors = (_, _) => Task.CompletedTask;
        Assert.True(await notices.TellAsync(Some.Token));
        await room.DeliverAsync();
        Assert.Single(room.Told());
        Assert.NotNull(await room.PostInAsync(new ChannelRef("away", "direct-cy")));
        Assert.NotNull((await room.ChannelAsync()).ToldAt);
        Assert.Empty(room.Log.Warnings);
    }

    [Fact]
    public async Task Given_a_platform_that_is_silent_for_a_day_then_it_is_given_up_and_said_once()
    {
        await using var room = await StartAsync();
        await room.StopAsync();
        room.Chat.Platform.Doors = (_, _) => throw new HttpRequestException("nobody there");
        Assert.False(await room.Notices().TellAsync(Some.Token));
        Assert.Null((await room.ChannelAsync()).ToldAt);

        room.Chat.Clock.Advance(StopNotices.GiveUpAfter);
        await room.Notices().TellAsync(Some.Token);
        await room.Notices().TellAsync(Some.Token);
        Assert.NotNull((await room.ChannelAsync()).ToldAt);
        Assert.Equal(2, room.Log.Warnings.Count);
    }

    [Fact]
    public async Task Given_a_platform_that_hangs_then_it_holds_up_nobody_for_longer_than_its_patience()
    {
        await using var room = await StartAsync();
        await room.StopAsync();
        room.Chat.Platform.Doors = (person, _) => person.Value == Ada ? new TaskCompletionSource().Task : Task.CompletedTask;
        var telling = room.Notices().TellAsync(Some.Token);
        while (!telling.IsCompleted)
        {
            room.Chat.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5, Some.Token);
        }

        Assert.False(await telling);
        await room.DeliverAsync();
        Assert.Equal("direct-ben", Assert.Single(room.Told()).Channel.Id);
    }

    [Fact]
    public async Task Given_an_admin_who_cannot_be_reached_then_that_is_logged_once_and_the_others_are_told()
    {
        await using var room = await StartAsync();
        await room.StopAsync();
        room.Chat.Platform.Strangers.Add(new PersonId(Ada));
        Assert.True(await room.Notices().TellAsync(Some.Token));
        Assert.True(await room.Notices().TellAsync(Some.Token));
        await room.DeliverAsync();
        Assert.Equal("direct-ben", Assert.Single(room.Told()).Channel.Id);
        Assert.Contains(Ada, Assert.Single(room.Log.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_no_admin_then_nobody_is_told_until_there_is_one()
    {
        await using var room = await StartAsync();
        await room.StopAsync();
        Assert.True(await room.Notices(admins: []).TellAsync(Some.Token));
        Assert.Null((await room.ChannelAsync()).ToldAt);
        await room.Notices().TellAsync(Some.Token);
        Assert.NotNull((await room.ChannelAsync()).ToldAt);
    }

    [Fact]
    public async Task Given_an_admins_own_chat_is_stopped_then_the_others_are_told_of_it()
    {
        await using var room = await StartAsync();
        var own = new ChannelRef("chat", "direct-ada");
        await room.Chat.WriteAsync(session => session.Channels.SaveAsync(new Channel(own, "Ada", ChannelState.Active), Some.Token));
        await room.Chat.HandleAsync(new ChannelClosed(own, Chat.Admin, "gone", "The app was removed."));
        await room.Notices().TellAsync(Some.Token);
        await room.DeliverAsync();
        Assert.Equal("direct-ben", Assert.Single(room.Told()).Channel.Id);
        Assert.Null(await room.PostInAsync(own, own));
    }

    [Fact]
    public async Task Given_the_worker_runs_then_it_finds_the_stop_by_itself()
    {
        await using var room = await StartAsync();
        using var worker = room.Worker();
        await worker.StartAsync(Some.Token);
        await room.StopAsync();
        while ((await room.ChannelAsync()).ToldAt is null)
        {
            room.Chat.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5, Some.Token);
        }

        await worker.StopAsync(Some.Token);
    }
}
