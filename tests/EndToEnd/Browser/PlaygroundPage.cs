using Microsoft.Playwright;

namespace PatchBot.Tests.EndToEnd.Browser;

/// <summary>The playground's page, by what a person sees of it.</summary>
internal sealed class PlaygroundPage(IPage page)
{
    public ILocator Cards => page.Locator(".ac-adaptiveCard");

    /// <summary>The newest card that holds these words.</summary>
    public ILocator Card(string text) => Cards.Filter(new() { HasText = text }).First;

    public async Task GoToAsync(string conversation)
    {
        await page.GetByRole(AriaRole.Treeitem, new() { Name = conversation }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Textbox).First).ToBeVisibleAsync();
    }

    /// <summary>Begins a thread of a channel with a mention of the bot.</summary>
    public async Task PostAsync(string text)
    {
        await MentionAsync(page.GetByRole(AriaRole.Textbox).First, text);
        await page.GetByRole(AriaRole.Button, new() { Name = "Post", Exact = true }).ClickAsync();
    }

    /// <summary>Answers in the thread that a card stands in, with a mention of the bot.</summary>
    public async Task ReplyAsync(ILocator card, string text)
    {
        var thread = ThreadOf(card);
        await MentionAsync(thread.GetByRole(AriaRole.Textbox).Last, text);
        await thread.GetByRole(AriaRole.Button, new() { Name = "Send Message" }).Last.ClickAsync();
    }

    /// <summary>Says something where no mention is needed.</summary>
    public async Task SayAsync(string text)
    {
        await page.GetByRole(AriaRole.Textbox).Last.ClickAsync();
        await page.Keyboard.TypeAsync(text);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send Message" }).Last.ClickAsync();
    }

    /// <summary>The nearest part of the page that holds the card and a place to write.</summary>
    private static ILocator ThreadOf(ILocator card) => card.Locator("xpath=ancestor::*[.//*[@role='textbox']][1]");

    private async Task MentionAsync(ILocator box, string text)
    {
        await box.ClickAsync();
        await page.Keyboard.TypeAsync("@Test", new() { Delay = 40 });
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Test Bot" }).First.ClickAsync();
        await page.Keyboard.TypeAsync($" {text}");
    }
}
