using Microsoft.Playwright;

namespace PatchBot.Tests.EndToEnd.Browser;

/// <summary>The web chat's page, by what a person sees of it.</summary>
public sealed class ChatPage : IAsyncDisposable
{
    private readonly List<string> faults = [];

    public ChatPage(IPage page)
    {
        Page = page;
        page.PageError += (_, fault) => faults.Add(fault);
        page.Console += (_, line) =>
        {
            if (line.Type == "error")
            {
                faults.Add(line.Text);
            }
        };
    }

    public IPage Page { get; }

    /// <summary>What scripts of the page threw, and what the browser blocked or could not load.</summary>
    public IReadOnlyList<string> Faults => faults;

    public ILocator Messages => Page.Locator("#messages > .message");

    public ILocator Cards => Page.Locator("#messages > .message .card");

    public ILocator Replies => Page.Locator("#replies > .message");

    public ILocator Alerts => Page.GetByRole(AriaRole.Alert);

    public ILocator Notices => Page.Locator("#notices");

    public ILocator DemoButton => Page.GetByRole(AriaRole.Button, new() { Name = "Show me a demo" });

    /// <summary>The card in the channel whose title begins so.</summary>
    public ILocator Card(string title) => Cards.Filter(new() { Has = Page.Locator(".card-title", new() { HasText = title }) }).First;

    public ILocator MessageOf(string title) => Messages.Filter(new() { Has = Page.Locator(".card-title", new() { HasText = title }) }).First;

    public Task BeAsync(string person) => Page.GetByLabel("You are").SelectOptionAsync(person);

    public async Task OpenThreadAsync(string title)
    {
        var message = MessageOf(title);
        await message.ScrollIntoViewIfNeededAsync();
        await message.HoverAsync();
        await message.GetByRole(AriaRole.Button, new() { NameRegex = new("^Reply") }).First.ClickAsync();
        await Assertions.Expect(Page.Locator("#thread")).ToBeVisibleAsync();
    }

    public async Task ReplyAsync(string text)
    {
        await Page.GetByLabel("Reply in the thread").FillAsync(text);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Reply", Exact = true }).Last.ClickAsync();
    }

    public async Task GoToChannelAsync(string name)
    {
        await Page.GetByRole(AriaRole.Link, new() { Name = name }).ClickAsync();
        await Assertions.Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(name);
    }

    /// <summary>How far the page is wider than its window, in CSS pixels.</summary>
    public Task<int> OverhangAsync() => Page.EvaluateAsync<int>(
        "() => Math.max(document.documentElement.scrollWidth, document.body.scrollWidth, ...[...document.querySelectorAll('.scroll')].map(e => e.scrollWidth - e.clientWidth + innerWidth)) - innerWidth");

    public Task PictureAsync(string name) => Pictures.TakeAsync(Page, name);

    public async ValueTask DisposeAsync() => await Page.Context.CloseAsync();
}
