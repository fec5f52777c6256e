using Microsoft.Extensions.Options;
using PatchBot.Adapters.WebChat;
using PatchBot.Core.Delivery;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.WebChat;

public sealed class PlatformTests
{
    [Fact]
    public async Task Given_a_post_that_was_made_before_then_it_is_one_message_that_shows_the_newest_card()
    {
        await using var chat = await RunningChat.StartAsync();
        var first = await chat.PostAsync(FakeBot.Card("Before the crash"), postId: 7);
        var second = await chat.PostAsync(FakeBot.Card("After the crash"), postId: 7);
        Assert.Equal(first, second);
        var message = Assert.Single((await chat.GetAsync("channels/patching/messages")).Body.EnumerateArray());
        Assert.Contains("After the crash", message.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_post_whose_message_people_can_reply_to_then_the_record_knows_already_which_it_is()
    {
        await using var chat = await RunningChat.StartAsync();
        string? known = null;
        chat.Record.Committed = () =>
        {
            known = chat.Record.Shown[7];
            return Task.CompletedTask;
        };
        Assert.Equal($"{await chat.PostAsync(FakeBot.Card("New"), postId: 7)}", known);
    }

    [Fact]
    public async Task Given_a_channel_that_is_not_configured_then_posting_to_it_fails_for_good()
    {
        await using var chat = await RunningChat.StartAsync();
        var fault = await Assert.ThrowsAsync<DeliveryException>(() =>
            chat.Platform.PostAsync(new ChannelRef("webchat", "gone"), null, FakeBot.Card("X"), 1, doubt: false, Some.Token));
        Assert.True(fault.Permanent);
    }

    [Fact]
    public async Task Given_a_database_that_does_not_answer_then_delivery_may_try_again()
    {
        await using var chat = await RunningChat.StartAsync();
        chat.Record.Down = true;
        Assert.False((await Assert.ThrowsAsync<DeliveryException>(() => chat.PostAsync(FakeBot.Card("X")))).Permanent);
    }

    [Theory]
    [InlineData("WebChat:Channels:0:Id", "Not An Id")]
    [InlineData("WebChat:People:0:Id", "patchbot")]
    [InlineData("WebChat:People:0:Name", "")]
    public async Task Given_a_wrong_setting_then_the_chat_does_not_start(string key, string value)
    {
        (string, string)[] settings =
        [
            ("WebChat:Channels:0:Id", "ops"), ("WebChat:Channels:0:Name", "Operations"),
            ("WebChat:People:0:Id", "eve"), ("WebChat:People:0:Name", "Eve"), (key, value),
        ];
        await Assert.ThrowsAsync<OptionsValidationException>(() => RunningChat.StartAsync([.. settings]));
    }

    [Fact]
    public async Task Given_one_id_twice_then_the_chat_does_not_start()
    {
        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => RunningChat.StartAsync(
            ("WebChat:Channels:0:Id", "ops"), ("WebChat:Channels:0:Name", "A"), ("WebChat:Channels:1:Id", "ops"), ("WebChat:Channels:1:Name", "B")));
        Assert.Contains("'ops' more than once", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, false, true)]
    [InlineData(null, true, false)]
    [InlineData(true, true, true)]
    [InlineData(false, false, false)]
    public void Given_other_platforms_then_the_chat_is_on_by_itself_only_without_them(bool? enabled, bool others, bool on) =>
        Assert.Equal(on, new WebChatOptions { Enabled = enabled }.IsOn(others));
}
