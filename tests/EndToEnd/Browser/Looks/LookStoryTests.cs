using System.Text.Json;
using Microsoft.Playwright;
using PatchBot.Tests.EndToEnd.Support;
using static Microsoft.Playwright.Assertions;

namespace PatchBot.Tests.EndToEnd.Browser.Looks;

/// <summary>Somebody in the web chat looks how a card comes out in Slack and in Teams.</summary>
[Collection<BrowserTests>]
public sealed class LookStoryTests(Chromium chromium)
{
    private const string Patch = "KB5032198:";
    private const int Window = 1240;

    private static readonly string[] Platforms = ["Slack", "Teams"];

    [Fact(Timeout = 150_000)]
    public async Task Given_a_card_when_someone_looks_then_both_platforms_show_it_and_nothing_pressed_there_acts()
    {
        await using var here = new Installation();
        await using var chat = await WithCardsAsync(here, Window);
        await LookAsync(chat);
        foreach (var platform in Platforms)
        {
            var side = Side(chat, platform);
            await Expect(side.GetByRole(AriaRole.Heading, new() { NameRegex = new($"^{Patch}") })).ToBeVisibleAsync();
            await side.GetByRole(AriaRole.Button, new() { NameRegex = new("^Approve Production servers") }).First.ClickAsync();
            await Expect(side.GetByRole(AriaRole.Status).First).ToContainTextAsync($"In {platform} this reaches PatchBot. Here nothing is sent");
        }

        await OpenAsync(Side(chat, "Slack"), "Record lab result", "Slack modal: Lab result");
        await OpenAsync(Side(chat, "Teams"), "Record lab result", "Teams dialog: Lab result");
        Assert.Equal(["0", "0"], [.. await here.QueryAsync("SELECT count(*) FROM decision"), .. await here.QueryAsync("SELECT count(*) FROM lab_result")]);
        await chat.Page.GetByRole(AriaRole.Button, new() { Name = "Close", Exact = true }).ClickAsync();
        await Expect(Opener(chat)).ToBeFocusedAsync();
        Assert.Empty(chat.Faults);
    }

    [Fact(Timeout = 150_000)]
    public async Task Given_a_press_that_asks_first_then_both_pictures_ask_the_same()
    {
        const string Press = "Approve emergency slot, Production servers";
        await using var here = new Installation();
        await using var chat = await WithCardsAsync(here, Window);
        await LookAsync(chat);
        var (slack, teams) = (await OpenedAsync(Side(chat, "Slack"), Press, $"Slack asks: {Press}"), await OpenedAsync(Side(chat, "Teams"), Press, $"Teams dialog: {Press}"));
        var question = await slack.Locator(".sl-blocks").InnerTextAsync();
        Assert.EndsWith("?", question.Trim(), StringComparison.Ordinal);
        await Expect(teams.GetByText(question.Trim())).ToBeVisibleAsync();
        foreach (var opened in (ILocator[])[slack, teams])
        {
            await opened.GetByRole(AriaRole.Button, new() { NameRegex = new("^Approve emergency slot") }).ClickAsync();
            await Expect(opened).ToBeVisibleAsync();
        }

        await slack.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Expect(slack).ToHaveCountAsync(0);
        await Expect(Side(chat, "Slack").GetByRole(AriaRole.Button, new() { Name = Press })).ToBeFocusedAsync();
        Assert.Equal(["0"], await here.QueryAsync("SELECT count(*) FROM decision"));
        Assert.Empty(chat.Faults);
    }

    [Fact(Timeout = 150_000)]
    public async Task Given_no_mouse_then_one_can_look_open_a_form_and_come_back_step_by_step()
    {
        await using var here = new Installation();
        await using var chat = await WithCardsAsync(here, Window);
        await Opener(chat).FocusAsync();
        await chat.Page.Keyboard.PressAsync("Enter");
        await Expect(Dialog(chat).GetByRole(AriaRole.Heading, new() { Level = 2 })).ToBeFocusedAsync();
        foreach (var (platform, form) in Platforms.Zip((string[])["Slack modal: Details", "Teams dialog: Defer"]))
        {
            var button = Side(chat, platform).GetByRole(AriaRole.Button, new() { Name = platform == "Slack" ? "Details" : "Defer", Exact = true });
            await button.FocusAsync();
            await chat.Page.Keyboard.PressAsync("Enter");
            await Expect(Side(chat, platform).GetByRole(AriaRole.Group, new() { Name = form })).ToBeFocusedAsync();
            await chat.Page.Keyboard.PressAsync("Escape");
            await Expect(Side(chat, platform).GetByRole(AriaRole.Group, new() { Name = form })).ToHaveCountAsync(0);
            await Expect(button).ToBeFocusedAsync();
        }

        await chat.Page.Keyboard.PressAsync("Escape");
        await Expect(Dialog(chat)).ToBeHiddenAsync();
        await Expect(Opener(chat)).ToBeFocusedAsync();
        Assert.Empty(chat.Faults);
    }

    [Fact(Timeout = 150_000)]
    public async Task Given_the_pictures_then_what_is_read_aloud_and_what_is_sent_stand_under_them_and_can_be_copied()
    {
        await using var here = new Installation();
        await using var chat = await WithCardsAsync(here, Window);
        await chat.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await LookAsync(chat);
        foreach (var platform in Platforms)
        {
            await Side(chat, platform).GetByText("What is heard").ClickAsync();
            await Expect(Side(chat, platform).GetByText($"{Patch} Cumulative update for Windows Server 2022: ").First).ToBeVisibleAsync();
            await Side(chat, platform).GetByText("JSON, for").ClickAsync();
            await Side(chat, platform).GetByRole(AriaRole.Button, new() { Name = "Copy" }).ClickAsync();
            await Expect(Side(chat, platform).GetByText("Copied.")).ToBeVisibleAsync();
            using var copied = JsonDocument.Parse(await chat.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()"));
            Assert.True(copied.RootElement.TryGetProperty(platform == "Slack" ? "blocks" : "body", out _));
        }

        // Sections say what rich text says, but for the reader's own time.
        var rich = await Side(chat, "Slack").Locator(".sl-blocks").InnerTextAsync();
        await Side(chat, "Slack").GetByLabel("As classic sections").CheckAsync();
        await Expect(Side(chat, "Slack").Locator(".sl-rich")).ToHaveCountAsync(0);
        await Expect(Side(chat, "Slack").GetByLabel("As classic sections")).ToBeFocusedAsync();
        var classic = await Side(chat, "Slack").Locator(".sl-blocks").InnerTextAsync();
        Assert.Equal(WithoutTimes(rich), WithoutTimes(classic));
        Assert.Empty(chat.Faults);
    }

    [Fact(Timeout = 150_000)]
    public async Task Given_a_card_that_changes_meanwhile_then_it_is_said_and_can_be_seen_anew()
    {
        await using var here = new Installation();
        await using var chat = await WithCardsAsync(here, Window);
        await LookAsync(chat);
        await Expect(Side(chat, "Slack")).ToContainTextAsync("Not tested");
        await Expect(Dialog(chat).GetByText("has changed")).ToHaveCountAsync(0);
        using var other = new ChatCalls(new Uri(chat.Page.Url));
        var card = Assert.Single(await other.MessagesAsync("patching"), message => message.Summary.StartsWith(Patch, StringComparison.Ordinal));
        await other.SayAsync("patching", "engineer", "pass on hv-lab-02, backups ok", card.Id);

        await Expect(Dialog(chat).GetByText("The card has changed meanwhile.")).ToBeVisibleAsync();
        await Dialog(chat).GetByRole(AriaRole.Button, new() { Name = "Show it anew" }).ClickAsync();
        foreach (var platform in Platforms)
        {
            await Expect(Side(chat, platform)).ToContainTextAsync("Lab passed");
        }

        await Expect(Dialog(chat).GetByText("has changed")).ToHaveCountAsync(0);
        Assert.Empty(chat.Faults);
    }

    [Fact(Timeout = 150_000)]
    public async Task Given_a_wide_window_then_the_pictures_stand_side_by_side_in_the_theme_that_is_chosen()
    {
        await using var here = new Installation();
        await using var chat = await WithCardsAsync(here, Chromium.Desktop);
        await LookAsync(chat);
        Assert.Equal(await TopAsync(chat, "Slack"), await TopAsync(chat, "Teams"));
        await chat.PictureAsync("looks");

        var light = await GroundAsync(chat);
        await chat.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        var dark = await GroundAsync(chat);
        Assert.NotEqual(light, dark);
        await chat.Page.GetByLabel("Theme").SelectOptionAsync("light");
        Assert.Equal(light, await GroundAsync(chat));
    }

    [Fact(Timeout = 150_000)]
    public async Task Given_a_phone_then_the_pictures_stand_one_below_the_other_and_nothing_hangs_over()
    {
        await using var here = new Installation();
        await using var chat = await WithCardsAsync(here, Chromium.Phone);
        await chat.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await Opener(chat).TapAsync();
        await Expect(Dialog(chat)).ToBeVisibleAsync();
        await OpenedAsync(Side(chat, "Slack"), "Record lab result", "Slack modal: Lab result");
        Assert.Equal(0, await chat.OverhangAsync());
        Assert.Equal(0, await Dialog(chat).EvaluateAsync<int>("dialog => Math.max(...[...dialog.children].map(part => part.scrollWidth - part.clientWidth))"));
        Assert.True(await TopAsync(chat, "Teams") > await TopAsync(chat, "Slack") + await Side(chat, "Slack").EvaluateAsync<double>("side => side.getBoundingClientRect().height"));
        await chat.Page.EvaluateAsync("document.getElementById('looks-pair').scrollTop = 0");
        await chat.PictureAsync("looks-phone");
        Assert.Empty(chat.Faults);
    }

    private async Task<ChatPage> WithCardsAsync(Installation here, int width)
    {
        var server = await here.ServeAsync();
        var chat = await chromium.OpenAsync(server.Page, width);
        await chat.DemoButton.ClickAsync();
        await Expect(chat.Card(Patch)).ToBeVisibleAsync();
        await chat.Page.GetByRole(AriaRole.Button, new() { Name = "Close the thread" }).ClickAsync();
        return chat;
    }

    private static async Task LookAsync(ChatPage chat)
    {
        await chat.MessageOf(Patch).HoverAsync();
        await Opener(chat).ClickAsync();
        await Expect(Dialog(chat)).ToBeVisibleAsync();
    }

    private static ILocator Dialog(ChatPage chat) => chat.Page.GetByRole(AriaRole.Dialog, new() { Name = "In Slack and in Teams" });

    private static ILocator Side(ChatPage chat, string platform) => Dialog(chat).GetByRole(AriaRole.Region, new() { Name = platform, Exact = true });

    private static ILocator Opener(ChatPage chat) => chat.MessageOf(Patch).GetByRole(AriaRole.Button, new() { NameRegex = new("^Slack and Teams") });

    private static Task<double> TopAsync(ChatPage chat, string platform) => Side(chat, platform).EvaluateAsync<double>("side => side.getBoundingClientRect().top");

    private static async Task<string> GroundAsync(ChatPage chat) =>
        string.Join(' ', await Task.WhenAll(new[] { ".sl", ".tm-card" }.Select(part => Dialog(chat).Locator(part).First.EvaluateAsync<string>("part => getComputedStyle(part).backgroundColor"))));

    /// <summary>Opens something in a picture; the focus goes there.</summary>
    private static async Task<ILocator> OpenedAsync(ILocator side, string button, string name)
    {
        await side.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
        var opened = side.GetByRole(AriaRole.Group, new() { Name = name });
        await Expect(opened).ToBeFocusedAsync();
        return opened;
    }

    /// <summary>Opens something in a picture and closes it; the focus comes back.</summary>
    private static async Task OpenAsync(ILocator side, string button, string name)
    {
        var opened = await OpenedAsync(side, button, name);
        await opened.GetByRole(AriaRole.Button, new() { NameRegex = new("^Close the") }).ClickAsync();
        await Expect(opened).ToHaveCountAsync(0);
        await Expect(side.GetByRole(AriaRole.Button, new() { Name = button })).ToBeFocusedAsync();
    }

    private static string WithoutTimes(string text) => System.Text.RegularExpressions.Regex.Replace(text, @" \([^)]*(your time|UTC)\)|\s", "");
}
