using PatchBot.Core.Delivery;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Db;

public abstract class ChannelStoreContract(TestEngine engine) : StoreContract(engine)
{
    private static readonly DateTimeOffset Noon = Some.Noon;

    [Fact]
    public async Task Given_a_channel_saved_twice_then_name_and_address_are_the_newest()
    {
        await WriteAsync(session => session.Channels.SaveAsync(new Channel(Ops, "Patching", ChannelState.Active), Token));
        var renamed = new Channel(Ops, "Patching (old)", ChannelState.Active) { Address = "{}" };
        await WriteAsync(session => session.Channels.SaveAsync(renamed, Token));

        Assert.Equal(renamed, await ReadAsync(session => session.Channels.FindAsync(Ops, Token)));
        Assert.Equal([renamed], await ReadAsync(session => session.Channels.ListAsync("webchat", Token)));
        Assert.Empty(await ReadAsync(session => session.Channels.ListAsync("slack", Token)));
        Assert.Null(await ReadAsync(session => session.Channels.FindAsync(Lab, Token)));
    }

    [Fact]
    public async Task Given_a_channel_that_is_stopped_and_comes_back_then_each_counts_once_and_saving_it_changes_neither()
    {
        var channel = new Channel(Ops, "Patching", ChannelState.Active);
        Assert.False(await WriteAsync(session => session.Channels.StopAsync(Ops, Noon, "gone", Token)));
        await WriteAsync(session => session.Channels.SaveAsync(channel, Token));
        Assert.False(await WriteAsync(session => session.Channels.ActivateAsync(Ops, Token)));
        Assert.Equal([true, false], (await RaceAsync(2, (session, _) => session.Channels.StopAsync(Ops, Noon, new string('x', 600), Token))).OrderDescending());
        await WriteAsync(session => session.Channels.SaveAsync(channel with { Name = "Patch desk" }, Token));

        var stopped = channel with { Name = "Patch desk", State = ChannelState.Stopped, StoppedAt = Noon, StoppedWhy = $"{new string('x', 499)}…" };
        Assert.Equal(stopped, await ReadAsync(session => session.Channels.FindAsync(Ops, Token)));
        Assert.Equal([stopped], await ReadAsync(session => session.Channels.StoppedAsync(Token)));

        Assert.Equal([true, false], (await RaceAsync(2, (session, _) => session.Channels.ActivateAsync(Ops, Token))).OrderDescending());
        Assert.Equal([stopped with { State = ChannelState.Active }], await ReadAsync(session => session.Channels.StoppedAtAsync(Noon, Token)));
        Assert.Empty(await ReadAsync(session => session.Channels.StoppedAsync(Token)));
    }

    [Fact]
    public async Task Given_stops_that_nobody_was_told_of_then_the_latest_comes_first_and_each_is_told_once()
    {
        foreach (var (channel, at) in ((ChannelRef, DateTimeOffset)[])[(Ops, Noon), (Lab, Noon.AddMilliseconds(1))])
        {
            await WriteAsync(session => session.Channels.SaveAsync(new Channel(channel, channel.Id, ChannelState.Active), Token));
            await WriteAsync(session => session.Channels.StopAsync(channel, at, "gone", Token));
        }

        Assert.Equal([Lab, Ops], await UntoldAsync(9));
        Assert.Equal([Lab], await UntoldAsync(1));

        // Another stop than the one that was told of.
        Assert.False(await WriteAsync(session => session.Channels.ToldAsync(Lab, Noon, Noon.AddMinutes(1), Token)));
        Assert.Equal([true, false], (await RaceAsync(2, (session, _) => session.Channels.ToldAsync(Ops, Noon, Noon.AddMinutes(1), Token))).OrderDescending());
        Assert.Equal([Lab], await UntoldAsync(9));
        Assert.Equal(Noon.AddMinutes(1), (await ReadAsync(session => session.Channels.FindAsync(Ops, Token)))!.ToldAt);

        await WriteAsync(session => session.Channels.ActivateAsync(Ops, Token));
        await WriteAsync(session => session.Channels.StopAsync(Ops, Noon.AddHours(1), "gone again", Token));
        Assert.Equal([Ops, Lab], await UntoldAsync(9));
        await WriteAsync(session => session.Channels.ActivateAsync(Lab, Token));
        Assert.False(await WriteAsync(session => session.Channels.ToldAsync(Lab, Noon.AddMilliseconds(1), Noon.AddHours(1), Token)));
        Assert.Equal([Ops], await UntoldAsync(9));
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

    private async Task<IEnumerable<ChannelRef>> UntoldAsync(int limit) =>
        (await ReadAsync(session => session.Channels.UntoldAsync(limit, Token))).Select(channel => channel.Ref);
}
