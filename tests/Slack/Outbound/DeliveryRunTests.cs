using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using PatchBot.Adapters.Slack;
using PatchBot.Adapters.Slack.Outbound;
using PatchBot.Adapters.Slack.Protocol;
using PatchBot.Core.Delivery;
using PatchBot.Core.Record;
using PatchBot.Tests.Slack.Outbound.Stub;
using PatchBot.Tests.Support;
using PatchBot.Tests.Support.Posts;

namespace PatchBot.Tests.Slack.Outbound;

/// <summary>From the record to what people see, at Slack's own rates.</summary>
public sealed class DeliveryRunTests
{
    // Slack's seconds take longer here, so that a pause of a busy machine is not taken for one of the network.
    private static readonly SlowClock Slow = new(times: 4);

    [Fact]
    public async Task Given_posts_to_channels_of_many_workspaces_then_each_is_shown_once_and_no_limit_is_broken()
    {
        await using var record = await TestRecord.CreateAsync(Slow);
        await using var run = await SlackPostRun.PrepareAsync(new SlackPostRunSize(160, 80, Workspaces: 16), record, Slow, new DeliveryOptions { AtOnce = 80 });
        run.Stub.Latency = TimeSpan.FromMilliseconds(50);

        await run.DeliverAsync(Some.Token);

        Assert.Equal((0, 0), (run.Lost, run.Doubled));
        Assert.Empty(run.Stub.Arrivals.Violations);
        Assert.Equal(160, run.Stub.Arrivals.Requests);
    }

    [Fact]
    public async Task Given_a_storm_and_messages_that_show_late_then_in_the_end_each_post_is_shown_once_and_no_limit_was_broken()
    {
        await using var record = await TestRecord.CreateAsync(Slow);
        var delivery = new DeliveryOptions
        {
            AtOnce = 64,
            LookEvery = TimeSpan.FromMilliseconds(250),
            FirstWait = TimeSpan.FromMilliseconds(250),
            LongestWait = TimeSpan.FromSeconds(1),
            Doubt = TimeSpan.FromMilliseconds(500),
        };
        await using var run = await SlackPostRun.PrepareAsync(new SlackPostRunSize(128, 64, Workspaces: 16), record, Slow, delivery, longestCall: TimeSpan.FromMilliseconds(500));
        run.Stub.Weather = SlackWeather.Storm(seed: 4, share: 0.3);
        run.Stub.Workspace.Lag = TimeSpan.FromMilliseconds(300);

        await run.DeliverAsync(Some.Token);

        Assert.Equal((0, 0), (run.Lost, run.Doubled));
        Assert.Empty(run.Stub.Arrivals.Violations);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Given_a_process_that_was_killed_before_it_noted_its_message_then_the_next_one_looks_and_there_is_one(bool sent)
    {
        var (clock, channel) = (new FakeTimeProvider(Some.Noon), new ChannelRef(SlackOptions.Platform, "C1"));
        await using var record = await TestRecord.CreateAsync(clock);
        await using var slack = await SlackOnStub.StartAsync(clock);
        await record.WriteAsync(
            async (session, token) =>
            {
                var address = new ConversationAddress("T1", ConversationKind.Channel).Write();
                await session.Channels.SaveAsync(new Channel(channel, "patching", ChannelState.Active) { Address = address }, token);
                await session.Posts.WantAsync(channel, new PostSubject("note/a"), null, token);
                return true;
            },
            Some.Token);

        // From its call on, the record hears nothing of the first one any more.
        slack.Stub.Weather = () => new SlackWeather(WeatherKind.Hangs, Taken: sent);
        var dying = new UnsteadyRecord(record.OpenAnother()) { Line = (writes, _) => writes && !slack.Stub.Requests.IsEmpty ? Task.Delay(Timeout.Infinite, CancellationToken.None) : Task.CompletedTask };
        using var killed = Over(dying);
        var cutOff = killed.DeliverNextAsync(null, Some.Token);
        while (slack.Stub.Requests.IsEmpty)
        {
            Assert.False(cutOff.IsCompleted);
            await Task.Delay(10, Some.Token);
        }

        slack.Stub.Weather = () => SlackWeather.Fine;
        clock.Advance(new DeliveryOptions().Lease);
        using var next = Over(record.OpenAnother());
        var taken = next.DeliverNextAsync(null, Some.Token);
        while (!taken.IsCompleted)
        {
            // The channel's second may not be over yet.
            clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(10, Some.Token);
        }

        Assert.True(await taken);
        var post = await record.ReadAsync((session, token) => session.Posts.FindAsync(channel, new PostSubject("note/a"), token), Some.Token);
        Assert.Equal((post!.Message, false), (Assert.Single(slack.Stub.Workspace.Shown).Ts, post.Doubt));
        Assert.Equal(
            sent ? ["chat.postMessage", "conversations.history", "chat.update"] : ["chat.postMessage", "conversations.history", "chat.postMessage"],
            slack.Stub.Requests.Select(request => request.Path));

        Deliverer Over(IRecord database) => new(
            database, [new SlackPlatform(database, slack.Api, slack.Workspaces, clock)], [new Delivering.FakeCards()], new RightOfWay(clock),
            Options.Create(new DeliveryOptions()), clock, NullLogger<Deliverer>.Instance);
    }
}
