using PatchBot.Core.Delivery;
using PatchBot.Tests.Support;
using PatchBot.Tests.Support.Posts;
using PatchBot.Tests.Teams.Outbound.Stub;

namespace PatchBot.Tests.Teams.Outbound;

/// <summary>From the record to what people see, at the platform's own rates.</summary>
public sealed class DeliveryRunTests
{
    // The platform's seconds take longer here, so that a pause of a busy machine is not taken for one of the network.
    private static readonly SlowClock Clock = new(times: 4);

    [Fact]
    public async Task Given_a_thousand_posts_to_two_hundred_conversations_then_each_is_shown_once_and_no_limit_is_broken()
    {
        await using var record = await TestRecord.CreateAsync(Clock);
        await using var run = await TeamsPostRun.PrepareAsync(new TeamsPostRunSize(1_000, 200, RequestsPerSecond: 200), record, Clock);
        run.Stub.Latency = TimeSpan.FromMilliseconds(50);

        await run.DeliverAsync(Some.Token);

        Assert.Equal((0, 0), (run.Lost, run.Doubled));
        Assert.Empty(run.Stub.Limits.Violations);
        Assert.Equal(1_000, run.Stub.Limits.Requests);
    }

    [Fact]
    public async Task Given_a_storm_then_in_the_end_each_post_is_shown_once_and_no_limit_was_broken()
    {
        await using var record = await TestRecord.CreateAsync(Clock);
        var delivery = new DeliveryOptions
        {
            AtOnce = 16,
            LookEvery = TimeSpan.FromMilliseconds(250),
            FirstWait = TimeSpan.FromMilliseconds(250),
            LongestWait = TimeSpan.FromSeconds(1),
            Doubt = TimeSpan.FromMilliseconds(500),
        };
        await using var run = await TeamsPostRun.PrepareAsync(new TeamsPostRunSize(200, 40, RequestsPerSecond: 200), record, Clock, delivery, longestCall: TimeSpan.FromMilliseconds(500));
        run.Stub.Weather = Weather.Storm(seed: 4, share: 0.25);

        await run.DeliverAsync(Some.Token);
        await run.SettleAsync(Some.Token);

        Assert.Equal((0, 0), (run.Lost, run.Doubled));
        Assert.Empty(run.Stub.Limits.Violations);
    }
}
