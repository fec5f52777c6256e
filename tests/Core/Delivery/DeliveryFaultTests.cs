using PatchBot.Core.Delivery;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Core.Delivery;

public sealed class DeliveryFaultTests
{
    private static readonly ChannelRef First = new("chat", "first");
    private static readonly ChannelRef Second = new("chat", "second");

    [Fact]
    public async Task Given_a_platform_that_fails_then_the_channel_waits_twice_as_long_each_time_up_to_the_longest()
    {
        await using var delivery = await Delivering.StartAsync();
        await delivery.WantAsync(First, "a");
        delivery.Platform.Weather = (_, _, _) => throw new DeliveryException("Server error.", permanent: false);
        foreach (var wait in (int[])[2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900])
        {
            Assert.True(await delivery.Deliverer.DeliverNextAsync(null, Some.Token));
            delivery.Clock.Advance(TimeSpan.FromSeconds(wait) - TimeSpan.FromMilliseconds(1));
            Assert.False(await delivery.Deliverer.DeliverNextAsync(null, Some.Token), $"tried before {wait} s");
            delivery.Clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        delivery.Platform.Weather = (_, _, _) => Task.CompletedTask;
        await delivery.RunAsync();
        Assert.Single(delivery.Platform.Messages);
    }

    [Fact]
    public async Task Given_a_throttled_channel_then_it_alone_waits_as_long_as_it_was_asked_to()
    {
        await using var delivery = await Delivering.StartAsync();
        await delivery.WantAsync(First, "a", "b");
        await delivery.WantAsync(Second, "a");
        delivery.Platform.Weather = (channel, _, _) =>
            channel == First ? throw new DeliveryException("Slow down.", permanent: false, TimeSpan.FromSeconds(40)) : Task.CompletedTask;
        await delivery.RunAsync();
        Assert.Equal(Second, Assert.Single(delivery.Platform.Messages).Channel);

        delivery.Platform.Weather = (_, _, _) => Task.CompletedTask;
        delivery.Clock.Advance(TimeSpan.FromSeconds(39));
        await delivery.RunAsync();
        Assert.Single(delivery.Platform.Messages);
        delivery.Clock.Advance(TimeSpan.FromSeconds(1));
        await delivery.RunAsync();
        Assert.Equal(3, delivery.Platform.Messages.Count);
    }

    [Theory, InlineData(0), InlineData(-5), InlineData(1e12)]
    public async Task Given_a_senseless_wish_to_wait_then_the_worker_neither_spins_nor_falls_silent_for_good(double seconds)
    {
        await using var delivery = await Delivering.StartAsync();
        await delivery.WantAsync(First, "a");
        var wish = TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.MaxValue.TotalSeconds - 1));
        delivery.Platform.Weather = (_, _, _) => throw new DeliveryException("Slow down.", permanent: false, wish);
        Assert.True(await delivery.Deliverer.DeliverNextAsync(null, Some.Token));
        Assert.False(await delivery.Deliverer.DeliverNextAsync(null, Some.Token));
        delivery.Clock.Advance(TimeSpan.FromDays(1));
        Assert.True(await delivery.Deliverer.DeliverNextAsync(null, Some.Token));
    }

    [Fact]
    public async Task Given_a_permanent_failure_then_its_channel_stops_with_an_audit_entry_and_others_go_on()
    {
        await using var delivery = await Delivering.StartAsync();
        await delivery.WantAsync(First, "a", "b");
        await delivery.WantAsync(Second, "a");
        delivery.Platform.Weather = (channel, _, _) =>
            channel == First ? throw new DeliveryException("The bot was removed.\nBye.", permanent: true) : Task.CompletedTask;
        await delivery.RunAsync();

        Assert.Equal(Second, Assert.Single(delivery.Platform.Messages).Channel);
        Assert.Equal(ChannelState.Stopped, (await delivery.ReadAsync(session => session.Channels.FindAsync(First, Some.Token)))!.State);
        var entry = Assert.Single(await delivery.ReadAsync(session => session.Audit.ReadFromAsync(1, 10, Some.Token)));
        Assert.Equal(("channel.stopped", "channel/chat:first", "The bot was removed. Bye."), (entry.Event.Action, entry.Event.Subject, entry.Event.Detail));
        delivery.Clock.Advance(TimeSpan.FromDays(30));
        Assert.False(await delivery.Deliverer.DeliverNextAsync(null, Some.Token));
    }

    [Fact]
    public async Task Given_a_card_that_cannot_be_drawn_then_it_waits_alone_and_everything_else_goes_on()
    {
        await using var delivery = await Delivering.StartAsync();
        await delivery.WantAsync(First, "a", "b");
        await delivery.WantAsync(Second, "a", "b");
        delivery.Cards.Broken.Add("a");
        await delivery.RunAsync();
        Assert.Equal([First, Second], delivery.Platform.Messages.Select(message => message.Channel).OrderBy(channel => channel.Id));
        Assert.Equal("Cannot draw a.", await delivery.FaultOfAsync("a"));
        Assert.False(await delivery.Deliverer.DeliverNextAsync(null, Some.Token));

        delivery.Cards.Broken.Clear();
        delivery.Clock.Advance(TimeSpan.FromSeconds(2));
        await delivery.RunAsync();
        Assert.Equal(4, delivery.Platform.Messages.Count);
    }

    [Fact]
    public async Task Given_one_message_that_the_platform_never_takes_then_it_does_not_hold_up_the_rest_for_good()
    {
        await using var delivery = await Delivering.StartAsync();
        await delivery.WantAsync(First, "a", "b");
        delivery.Platform.Weather = (_, card, _) => card.Title == "a 1" ? throw new DeliveryException("Bad blocks.", permanent: false) : Task.CompletedTask;
        for (var look = 0; look < 4; look++)
        {
            await delivery.RunAsync();
            delivery.Clock.Advance(TimeSpan.FromSeconds(20));
        }

        Assert.Equal("b 1", Assert.Single(delivery.Platform.Messages).Card.Title);
    }

    [Fact]
    public async Task Given_a_subject_without_a_card_then_nothing_is_posted_until_there_is_one()
    {
        await using var delivery = await Delivering.StartAsync();
        delivery.Cards["a"] = null;
        await delivery.WantAsync(First, "a");
        await delivery.RunAsync();
        Assert.Empty(delivery.Platform.Messages);

        delivery.Cards["a"] = "a 1";
        await delivery.RefreshAsync("a");
        await delivery.RunAsync();
        Assert.Single(delivery.Platform.Messages);

        delivery.Cards["a"] = null;
        await delivery.RefreshAsync("a");
        await delivery.RunAsync();
        Assert.Equal("a 1", Assert.Single(delivery.Platform.Messages).Card.Title);
    }

    [Fact]
    public async Task Given_a_channel_of_a_platform_that_is_not_configured_then_it_waits_and_others_go_on()
    {
        await using var delivery = await Delivering.StartAsync();
        await delivery.WantAsync(new ChannelRef("absent", "x"), "a");
        await delivery.WantAsync(First, "a");
        await delivery.RunAsync();
        Assert.Single(delivery.Platform.Messages);
        Assert.False(await delivery.Deliverer.DeliverNextAsync(null, Some.Token));
    }
}
