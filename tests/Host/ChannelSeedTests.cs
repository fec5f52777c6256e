using Microsoft.Extensions.Options;
using PatchBot.Adapters.WebChat;
using PatchBot.Core.Delivery;
using PatchBot.Core.Windows;
using PatchBot.Host;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Host;

public sealed class ChannelSeedTests
{
    private static readonly ChannelRef Patching = new("webchat", "patching");

    [Fact]
    public async Task Given_a_new_channel_then_it_follows_every_ring_once_and_what_an_admin_changes_stays_changed()
    {
        await using var record = await TestRecord.CreateAsync();
        await SeedAsync(record, Some.Ring("pilot"), Some.Ring());
        Assert.Equal(
            ["announcements pilot Announcements", "announcements production Announcements", "patching pilot Patches", "patching production Patches"],
            await FollowedAsync(record));

        await record.WriteAsync((session, token) => session.Channels.UnsubscribeAsync(new Subscription(Patching, "pilot", Topic.Patches), token), Some.Token);
        await SeedAsync(record, Some.Ring("pilot"), Some.Ring());
        Assert.DoesNotContain("patching pilot Patches", await FollowedAsync(record));
    }

    [Fact]
    public async Task Given_a_ring_that_is_added_later_then_no_channel_follows_it_until_an_admin_says_so()
    {
        await using var record = await TestRecord.CreateAsync();
        await SeedAsync(record, Some.Ring());
        await SeedAsync(record, Some.Ring(), Some.Ring("added"));
        Assert.Equal(["announcements production Announcements", "patching production Patches"], await FollowedAsync(record));
    }

    [Fact]
    public async Task Given_a_channel_that_was_stopped_while_it_was_missing_then_it_is_active_again()
    {
        await using var record = await TestRecord.CreateAsync();
        await record.WriteAsync(
            async (session, token) =>
            {
                await session.Channels.SaveAsync(new Channel(Patching, "Patching", ChannelState.Active), token);
                await session.Channels.StopAsync(Patching, Some.Noon, "It is not in the settings.", token);
                return true;
            },
            Some.Token);
        await SeedAsync(record, Some.Ring());
        Assert.Equal("channel.activated", await record.ByHandAsync("SELECT action FROM audit_entry"));
        Assert.Equal(ChannelState.Active, (await record.ReadAsync((session, token) => session.Channels.FindAsync(Patching, token), Some.Token))!.State);
    }

    private static Task SeedAsync(TestRecord record, params Ring[] rings)
    {
        var options = new WebChatOptions();
        options.FillDefaults();
        return new ChannelSeed(record, Options.Create(options), new Rings(rings), new ChannelDesk(TimeProvider.System)).SowAsync(Some.Token);
    }

    private static async Task<IEnumerable<string>> FollowedAsync(TestRecord record) =>
        (await record.ReadAsync((session, token) => session.Channels.SubscriptionsAsync(token), Some.Token))
            .Select(follows => $"{follows.Channel.Id} {follows.Ring} {follows.Topic}");
}
