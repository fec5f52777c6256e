using Microsoft.Playwright;

namespace PatchBot.Tests.EndToEnd.Browser;

/// <summary>The local Slack's page, by what a person sees of it.</summary>
internal sealed class LocalSlackPage(IPage page)
{
    public ILocator Thread => page.Locator(".thread-pane");

    public ILocator Modal => page.Locator(".modal");

    public ILocator Home => page.Locator(".home-inner");

    /// <summary>The one message in the channel whose blocks begin with this title.</summary>
    public ILocator Card(string title) => page.Locator(".messages > .msg").Filter(new() { Has = page.Locator(".bk-header", new() { HasText = title }) });

    /// <summary>What stands in the open thread and holds these words.</summary>
    public ILocator Replies(string text) => Thread.Locator(".msg").Filter(new() { HasText = text });

    /// <summary>Messages that the page shows as for one person alone.</summary>
    public ILocator Whispers(string text) => page.Locator(".msg").Filter(new() { Has = page.Locator(".badge-eph") }).Filter(new() { HasText = text });

    public Task BeAsync(string name) => page.GetByLabel("Act as").SelectOptionAsync(new SelectOptionValue { Label = name });

    public Task GoToAsync(string place) => page.Locator(".sidebar-item", new() { HasText = place }).ClickAsync();

    public Task SayAsync(string text) => SayAsync(page.Locator(".main .composer-input"), text);

    /// <summary>Says it to the bot: with a mention picked from the list that the page offers.</summary>
    public async Task MentionAsync(string text)
    {
        var box = page.Locator(".main .composer-input");
        await box.PressSequentiallyAsync("@Patch");
        await page.Locator(".mention-option", new() { HasText = "PatchBot" }).ClickAsync();
        await Assertions.Expect(box).ToHaveValueAsync("@PatchBot ");

        // At once: the page moves the cursor back behind the mention a moment later, amid what is being typed.
        await SayAsync(box, $"@PatchBot {text}");
    }

    public async Task OpenThreadAsync(ILocator message)
    {
        // Not a click: it is shown under the mouse alone, and new messages move what lies there.
        await message.GetByTitle("Reply in thread").DispatchEventAsync("click");
        await Assertions.Expect(Thread).ToBeVisibleAsync();
    }

    public Task ReplyAsync(string text) => SayAsync(Thread.Locator(".composer-input"), text);

    public Task CloseThreadAsync() => Thread.Locator(".thread-x").ClickAsync();

    /// <summary>A picture without what the page shows under the mouse.</summary>
    public async Task PictureAsync(ILocator element, string name)
    {
        await page.Mouse.MoveAsync(0, 0);
        await Pictures.TakeAsync(element, $"slack-local-{name}");
    }

    private static async Task SayAsync(ILocator box, string text)
    {
        await box.FillAsync(text);
        await box.PressAsync("Enter");
    }
}
