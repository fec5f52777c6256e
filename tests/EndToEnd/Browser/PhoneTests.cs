using Microsoft.Playwright;
using PatchBot.Tests.EndToEnd.Support;
using static Microsoft.Playwright.Assertions;

namespace PatchBot.Tests.EndToEnd.Browser;

[Collection<BrowserTests>]
public sealed class PhoneTests(Chromium chromium)
{
    [Fact(Timeout = 120_000)]
    public async Task Given_a_phone_then_nothing_needs_scrolling_sideways()
    {
        await using var here = new Installation();
        var server = await here.ServeAsync();
        await using var chat = await chromium.OpenAsync(server.Page, Chromium.Phone);
        Assert.Equal(0, await chat.OverhangAsync());
        await chat.DemoButton.ClickAsync();
        await Expect(chat.Replies).Not.ToHaveCountAsync(0);
        Assert.Equal(0, await chat.OverhangAsync());
        await chat.Page.GetByRole(AriaRole.Button, new() { Name = "Close the thread" }).ClickAsync();
        var card = chat.Card("KB5032196:");
        await Expect(card).ToBeVisibleAsync();

        Assert.Equal(0, await chat.OverhangAsync());
        await card.EvaluateAsync("card => card.scrollIntoView()");
        await chat.PictureAsync("phone-card");
        foreach (var fold in await card.Locator("summary").AllAsync())
        {
            await fold.ClickAsync();
        }

        await Expect(card.GetByRole(AriaRole.Button, new() { Name = "Record result" })).ToBeVisibleAsync();
        Assert.Equal(0, await chat.OverhangAsync());
        await card.Locator("form").First.ScrollIntoViewIfNeededAsync();
        await chat.PictureAsync("phone-form");
        Assert.Empty(chat.Faults);
    }

    [Fact(Timeout = 120_000)]
    public async Task Given_a_phone_when_another_channel_has_news_then_their_number_is_seen_whole()
    {
        await using var here = new Installation();
        var server = await here.ServeAsync();
        await using var chat = await chromium.OpenAsync(server.Page, Chromium.Phone);
        await chat.BeAsync("engineer");
        using var calls = new ChatCalls(server.Page);
        for (var news = 0; news < 12; news++)
        {
            await calls.SayAsync("announcements", "manager", "The lift is out of order.");
        }

        await Expect(chat.Page.Locator(".unread")).ToContainTextAsync("12");
        Assert.Equal(0, await chat.Page.Locator(".channels").EvaluateAsync<int>("channels => channels.scrollWidth - channels.clientWidth"));
    }
}
