using PatchBot.Cards.PlainText;
using PatchBot.Core.Conversation;
using PatchBot.Core.Delivery;
using PatchBot.Host.Demo;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Host;

public sealed class DemoTests
{
    private static readonly ChannelRef Room = new("webchat", "patching");

    [Fact]
    public async Task Given_an_empty_trial_then_the_demo_is_recorded_and_posted_once()
    {
        await using var chat = await Chat.StartAsync(["production"]);
        Assert.StartsWith("A real Patch Tuesday", Chat.Text(await chat.SayAsync(Some.Manager, "Show me a demo", toBot: true, channel: Room)), StringComparison.Ordinal);
        await chat.DeliverAsync();
        var cards = chat.Platform.Messages.Count;
        Assert.NotEqual(0, cards);
        Assert.Contains(await chat.ReadAsync(session => session.Audit.ReadFromAsync(1, 500, Some.Token)), entry => entry.Event.Action == "patch.recorded" && entry.Event.Actor == Some.Manager.Id);

        chat.Clock.Advance(TimeSpan.FromDays(40));
        Assert.StartsWith("The demo has been played here already", Chat.Text(await chat.SayAsync(Some.Manager, "demo", toBot: true, channel: Room)), StringComparison.Ordinal);
        await chat.DeliverAsync();
        Assert.Equal(cards, chat.Platform.Messages.Count);
    }

    [Fact]
    public async Task Given_a_greeting_that_says_nothing_is_followed_then_it_is_drawn_anew_once_the_demo_is_followed()
    {
        await using var chat = await Chat.StartAsync([]);
        var greeting = WelcomeCard.SubjectFor(alone: false);
        await chat.WriteAsync(session => session.Posts.WantAsync(Room, greeting, null, Some.Token));

        await chat.SayAsync(Some.Manager, "demo", toBot: true, channel: Room);

        Assert.Equal(2, (await chat.ReadAsync(session => session.Posts.FindAsync(Room, greeting, Some.Token)))?.WantedVersion);
    }

    [Theory, InlineData("webchat", "As Max the manager, press Approve"), InlineData("slack", "As Max the manager, press Approve"), InlineData("teams", "only you have tested it")]
    public void Given_who_one_can_be_on_a_platform_then_the_demo_says_what_to_try_there(string platform, string step) =>
        Assert.Contains(step, PlainTextRenderer.Render(DemoCard.For(new ChannelRef(platform, "room"), 11, 8)), StringComparison.Ordinal);

    [Fact]
    public async Task Given_talk_of_a_demo_that_nobody_addressed_to_the_bot_then_nothing_is_played()
    {
        await using var chat = await Chat.StartAsync(["production"]);
        Assert.Equal("", Chat.Text(await chat.SayAsync(Some.Manager, "demo", channel: Room)));
        await chat.DeliverAsync();
        Assert.Empty(chat.Platform.Messages);
    }

    [Fact]
    public async Task Given_a_configured_installation_then_no_demo_is_offered()
    {
        await using var chat = await Chat.StartAsync([], ("People:Admins:0", "webchat:local:admin"));
        Assert.Equal(
            "The demo is shown only where nothing is configured yet.", Chat.Text(await chat.SayAsync(Some.Manager, "demo", toBot: true, channel: Room)));
    }
}
