using PatchBot.Core.Delivery;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Db;

public abstract class ChannelStoreContract(TestEngine engine) : StoreContract(engine)
{
    [Fact]
    public async Task Given_a_channel_saved_twice_then_name_and_state_are_the_newest()
    {
        await WriteAsync(session => session.Channels.SaveAsync(new Channel(Ops, "Patching", ChannelState.Active), Token));
        var stopped = new Channel(Ops, "Patching (old)", ChannelState.Stopped);
        await WriteAsync(session => session.Channels.SaveAsync(stopped, Token));

        Assert.Equal(stopped, await ReadAsync(session => session.Channels.FindAsync(Ops, Token)));
        Assert.Equal([stopped], await ReadAsync(session => session.Channels.ListAsync("webchat", Token)));
        Assert.Empty(await ReadAsync(session => session.Channels.ListAsync("slack", Token)));
        Assert.Null(await ReadAsync(session => session.Channels.FindAsync(Lab, Token)));
    }

    [Fact]
    public async Task Given_a_subscription_then_only_a_change_counts()
    {
        var subscription = new Subscription(Ops, "production", Topic.Announcements);
        Assert.True(await WriteAsync(session => session.Channels.SubscribeAsync(subscription, Token)));
        Assert.False(await WriteAsync(session => session.Channels.SubscribeAsync(subscription, Token)));
        Assert.Equal([subscription], await ReadAsync(session => session.Channels.SubscriptionsAsync(Token)));
        Assert.True(await WriteAsync(session => session.Channels.UnsubscribeAsync(subscription, Token)));
        Assert.False(await WriteAsync(session => session.Channels.UnsubscribeAsync(subscription, Token)));
    }

    [Fact]
    public async Task Given_channels_that_follow_rings_then_each_is_found_from_either_side()
    {
        await WriteAsync(async session =>
        {
            await session.Channels.SubscribeAsync(new Subscription(Ops, "production", Topic.Patches), Token);
            await session.Channels.SubscribeAsync(new Subscription(Ops, "pilot", Topic.Announcements), Token);
            await session.Channels.SubscribeAsync(new Subscription(Lab, "production", Topic.Patches), Token);
        });

        Assert.Equal(["production"], await ReadAsync(session => session.Channels.FollowedAsync(Ops, Topic.Patches, Token)));
        Assert.Empty(await ReadAsync(session => session.Channels.FollowedAsync(Lab, Topic.Announcements, Token)));
        var followers = await ReadAsync(session => session.Channels.FollowersAsync(["production", "pilot", "nobody's"], Topic.Patches, Token));
        Assert.Equal([Lab, Ops], followers["production"]);
        Assert.Empty(followers["pilot"]);
    }
}
