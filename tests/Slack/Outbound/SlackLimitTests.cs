using Microsoft.Extensions.Time.Testing;
using PatchBot.Adapters.Slack.Outbound.Calls;
using PatchBot.Core.Delivery;
using PatchBot.Tests.Slack.Outbound.Stub;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Slack.Outbound;

/// <summary>Room for calls, before Slack has to say that there is none.</summary>
public sealed class SlackLimitTests
{
    private readonly FakeTimeProvider clock = new(Some.Noon);

    [Fact]
    public async Task Given_a_message_a_second_ago_then_the_same_channel_has_room_again_and_other_channels_had_it_at_once()
    {
        await using var slack = await SlackOnStub.StartAsync(clock);
        await slack.PostAsync();
        var later = await Assert.ThrowsAsync<DeliveryPostponedException>(() => slack.PostAsync());
        Assert.InRange(later.Wait, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(1));
        await slack.PostAsync(channel: "C2");
        clock.Advance(TimeSpan.FromSeconds(1));
        await slack.PostAsync();
        Assert.Empty(slack.Stub.Arrivals.Violations);
    }

    [Fact]
    public async Task Given_many_channels_then_the_workspace_gets_no_more_than_its_messages_a_minute_and_another_workspace_has_its_own()
    {
        var limits = new SlackLimits(processes: 1, clock);
        Assert.InRange(await SentInAMinuteAsync(limits, "T1"), 0.95 * SlackMethod.MessagesPerMinute, SlackMethod.MessagesPerMinute);
        Assert.InRange(await SentInAMinuteAsync(limits, "T2"), 0.95 * SlackMethod.MessagesPerMinute, SlackMethod.MessagesPerMinute);
    }

    [Fact]
    public async Task Given_several_processes_then_each_takes_its_part()
    {
        var share = SlackMethod.MessagesPerMinute / 3;
        Assert.InRange(await SentInAMinuteAsync(new SlackLimits(processes: 3, clock), "T1"), 0.9 * share, share);
    }

    [Theory, InlineData("chat.update", 50), InlineData("chat.postEphemeral", 100), InlineData("usergroups.users.list", 20), InlineData("conversations.history", 50)]
    public async Task Given_another_method_then_it_has_its_tier_in_each_workspace(string name, int tier)
    {
        var limits = new SlackLimits(processes: 1, clock);
        var method = Assert.Single(SlackMethod.All, method => method.Name == name);
        for (var call = 0; call < tier; call++)
        {
            await EnterAsync(limits, method, "T1");
        }

        var later = await Assert.ThrowsAsync<DeliveryPostponedException>(() => EnterAsync(limits, method, "T1"));
        Assert.InRange(later.Wait, TimeSpan.FromSeconds(59), TimeSpan.FromMinutes(1));
        await EnterAsync(limits, method, "T2");
        clock.Advance(TimeSpan.FromMinutes(1));
        await EnterAsync(limits, method, "T1");
    }

    [Fact]
    public async Task Given_a_channel_that_has_enough_then_it_is_silent_for_as_long_as_it_asks_and_others_are_not()
    {
        await using var slack = await SlackOnStub.StartAsync(clock);
        slack.Stub.Weather = () => new SlackWeather(WeatherKind.Throttled);
        Assert.Equal(TimeSpan.FromSeconds(1), (await Assert.ThrowsAsync<DeliveryException>(() => slack.PostAsync())).RetryAfter);

        slack.Stub.Weather = () => SlackWeather.Fine;
        await Assert.ThrowsAsync<DeliveryPostponedException>(() => slack.PostAsync());
        await slack.PostAsync(channel: "C2");
        clock.Advance(TimeSpan.FromSeconds(1));
        await slack.PostAsync();
        Assert.Equal(3, slack.Stub.Requests.Count);
    }

    [Fact]
    public async Task Given_refusals_in_several_channels_then_the_whole_workspace_is_silent_and_other_workspaces_are_not()
    {
        await using var slack = await SlackOnStub.StartAsync(clock);
        slack.Stub.Weather = () => new SlackWeather(WeatherKind.Throttled);
        for (var number = 0; number < 6; number++)
        {
            await Assert.ThrowsAsync<DeliveryException>(() => slack.PostAsync(channel: $"C{number}"));
            clock.Advance(TimeSpan.FromMilliseconds(210));
        }

        slack.Stub.Weather = () => SlackWeather.Fine;
        await Assert.ThrowsAsync<DeliveryPostponedException>(() => slack.PostAsync(channel: "C9"));
        await slack.PostAsync(workspace: "T2");
        clock.Advance(TimeSpan.FromSeconds(1));
        await slack.PostAsync(channel: "C9");
    }

    [Fact]
    public async Task Given_a_method_that_was_asked_too_often_then_that_method_is_silent_and_posts_are_not()
    {
        await using var slack = await SlackOnStub.StartAsync(clock);
        slack.Stub.Weather = () => new SlackWeather(WeatherKind.ThrottledWithoutWord);
        await Assert.ThrowsAsync<DeliveryException>(() => slack.Api.UpdateAsync("T1", "C1", "1.5", SlackOnStub.Message(), TimeSpan.Zero, Some.Token));
        slack.Stub.Weather = () => SlackWeather.Fine;
        await Assert.ThrowsAsync<DeliveryPostponedException>(() => slack.Api.UpdateAsync("T1", "C2", "1.5", SlackOnStub.Message(), TimeSpan.Zero, Some.Token));
        await slack.PostAsync();
    }

    private async Task<int> SentInAMinuteAsync(SlackLimits limits, string workspace)
    {
        var (sent, end) = (0, clock.GetUtcNow() + TimeSpan.FromMinutes(1));
        while (clock.GetUtcNow() < end)
        {
            try
            {
                await EnterAsync(limits, SlackMethod.PostMessage, workspace, channel: $"C{sent}");
                sent++;
            }
            catch (DeliveryPostponedException)
            {
                clock.Advance(TimeSpan.FromMilliseconds(10));
            }
        }

        return sent;
    }

    private static async Task EnterAsync(SlackLimits limits, SlackMethod method, string workspace, string channel = "C1")
    {
        using var pass = await limits.EnterAsync(new SlackCall(method, workspace, channel, "a call") { Body = default }, TimeSpan.Zero, Some.Token);
        pass.Sent();
    }
}
