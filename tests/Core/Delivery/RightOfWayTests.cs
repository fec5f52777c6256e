using Microsoft.Extensions.Time.Testing;
using PatchBot.Core.Delivery;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Core.Delivery;

public sealed class RightOfWayTests
{
    private static readonly ChannelRef Channel = new("chat", "first");

    private readonly FakeTimeProvider clock = new(Some.Noon);

    private readonly RightOfWay people;

    public RightOfWayTests() => people = new RightOfWay(clock);

    [Fact]
    public async Task Given_nobody_waits_for_a_turn_then_nothing_stands_back()
    {
        Assert.True(people.StandBackAsync(Some.Token).IsCompleted);
        people.TurnBegins();
        people.TurnEnds();
        clock.Advance(RightOfWay.Lull);
        Assert.True(people.StandBackAsync(Some.Token).IsCompleted);
        await people.StandBackAsync(Some.Token);
    }

    [Fact]
    public async Task Given_turns_are_under_way_then_it_stands_back_until_none_was_for_a_lull()
    {
        people.TurnBegins();
        people.TurnBegins();
        var back = people.StandBackAsync(Some.Token);
        people.TurnEnds();
        clock.Advance(RightOfWay.Lull * 2);
        Assert.False(back.IsCompleted);
        people.TurnEnds();
        clock.Advance(RightOfWay.Lull);
        await back;
    }

    [Fact]
    public async Task Given_a_gap_between_two_turns_of_a_burst_then_it_still_stands_back()
    {
        people.TurnBegins();
        var back = people.StandBackAsync(Some.Token);
        clock.Advance(RightOfWay.Lull / 2);
        people.TurnEnds();
        clock.Advance(RightOfWay.Lull / 2);
        people.TurnBegins();
        clock.Advance(RightOfWay.Lull);
        Assert.False(back.IsCompleted);
        people.TurnEnds();
        clock.Advance(RightOfWay.Lull);
        await back;
    }

    [Fact]
    public async Task Given_turns_without_end_then_it_stands_back_a_moment_and_goes_on()
    {
        people.TurnBegins();
        var back = people.StandBackAsync(Some.Token);
        for (var passed = TimeSpan.Zero; passed < RightOfWay.Moment; passed += RightOfWay.Lull)
        {
            Assert.False(back.IsCompleted);
            clock.Advance(RightOfWay.Lull);
        }

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
        await delivery.UntilAsync(() => working.IsCompleted);
        await working;
        Assert.Single(delivery.Platform.Messages);

        delivery.People.TurnBegins();
        await delivery.WantAsync(Channel, "b");
        await delivery.Deliverer.DeliverAsync(Channel, Some.Token);
        Assert.Equal(2, delivery.Platform.Messages.Count);
    }
}
