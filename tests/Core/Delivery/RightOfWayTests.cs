using Microsoft.Extensions.Time.Testing;
using PatchBot.Core.Delivery;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Core.Delivery;

public sealed class RightOfWayTests
{
    private static readonly ChannelRef Channel = new("chat", "first");

    private readonly FakeTimeProvider clock = new(Some.Noon);

    [Fact]
    public async Task Given_nobody_waits_for_a_turn_then_nothing_stands_back()
    {
        var people = new RightOfWay(clock);
        Assert.True(people.StandBackAsync(Some.Token).IsCompleted);
        people.TurnBegins();
        people.TurnEnds();
        Assert.True(people.StandBackAsync(Some.Token).IsCompleted);
        await people.StandBackAsync(Some.Token);
    }

    [Fact]
    public async Task Given_turns_are_under_way_then_it_stands_back_until_the_last_has_ended()
    {
        var people = new RightOfWay(clock);
        people.TurnBegins();
        people.TurnBegins();
        var back = people.StandBackAsync(Some.Token);
        people.TurnEnds();
        Assert.False(back.IsCompleted);
        people.TurnEnds();
        await back;
    }

    [Fact]
    public async Task Given_turns_without_end_then_it_stands_back_a_moment_and_goes_on()
    {
        var people = new RightOfWay(clock);
        people.TurnBegins();
        var back = people.StandBackAsync(Some.Token);
        clock.Advance(RightOfWay.Moment / 2);
        Assert.False(back.IsCompleted);
        clock.Advance(RightOfWay.Moment / 2);
        await back;
    }

    [Fact]
    public async Task Given_a_turn_under_way_then_the_worker_posts_after_it_and_posts_that_someone_waits_for_at_once()
    {
        await using var delivery = await Delivering.StartAsync();
        await delivery.WantAsync(Channel, "a");
        delivery.People.TurnBegins();
        var working = delivery.RunAsync();
        Assert.Empty(delivery.Platform.Messages);
        delivery.People.TurnEnds();
        await working;
        Assert.Single(delivery.Platform.Messages);

        delivery.People.TurnBegins();
        await delivery.WantAsync(Channel, "b");
        await delivery.Deliverer.DeliverAsync(Channel, Some.Token);
        Assert.Equal(2, delivery.Platform.Messages.Count);
    }
}
