using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PatchBot.Tests.EndToEnd.Support;
using static Microsoft.Playwright.Assertions;

namespace PatchBot.Tests.EndToEnd.Browser;

/// <summary>What a newcomer does in the first two minutes, on the page itself.</summary>
[Collection<BrowserTests>]
public sealed class StoryTests(Chromium chromium)
{
    private const string Patch = "KB5032198";
    private const string Report = "pass on hv-lab-02, backups ok";

    [Fact(Timeout = 150_000)]
    public async Task Given_nothing_configured_when_a_newcomer_plays_the_demo_then_one_patch_goes_from_release_to_announcement()
    {
        await using var here = new Installation();
        var server = await here.ServeAsync();
        await using var chat = await chromium.OpenAsync(server.Page);

        await Expect(chat.DemoButton).ToBeVisibleAsync();
        await chat.PictureAsync("web-chat-empty");
        await chat.DemoButton.ClickAsync();
        await Expect(chat.Card($"{Patch}:")).ToBeVisibleAsync();
        await Expect(chat.Replies.First).ToBeVisibleAsync();
        await Expect(chat.Card("KB5032249:").GetByText("First, before this patch")).ToBeVisibleAsync();
        await CloseThreadAsync(chat);
        await Pictures.TakeAsync(chat.Card("KB5032249:"), "card-dependency");

        await ReportAsync(chat);
        await RefuseOutsiderAsync(chat);
        await ApproveAsync(chat);
        await ReadAnnouncementAsync(chat);

        Assert.Equal(
            [$"{Patch}|Pass|hv-lab-02|webchat:local:engineer|Standing"],
            await here.QueryAsync("SELECT patch_id, outcome, host, person_id, state FROM lab_result"));
        Assert.Equal(
            [$"{Patch}|production|Approve|webchat:local:manager|1"],
            await here.QueryAsync("SELECT patch_id, ring, kind, person_id, is_standing FROM decision JOIN rollout ON rollout.id = rollout_id"));
        var audit = await here.RunAsync("audit", "verify");
        Assert.True(audit.Code == 0, audit.ToString());
        Assert.Empty(chat.Faults);
    }

    [Fact(Timeout = 150_000)]
    public async Task Given_a_report_when_it_is_undone_then_the_card_is_untested_again()
    {
        await using var here = new Installation();
        var server = await here.ServeAsync();
        await using var chat = await chromium.OpenAsync(server.Page);
        await chat.DemoButton.ClickAsync();
        await chat.BeAsync("engineer");
        await chat.OpenThreadAsync($"{Patch}:");
        await chat.ReplyAsync(Report);

        await chat.Replies.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();

        await Expect(chat.Replies.Filter(new() { HasText = "Undone" })).ToHaveCountAsync(1);
        await Expect(chat.Card($"{Patch}:").Locator(".badges")).ToContainTextAsync("Not tested");
        Assert.Equal(["Undone"], await here.QueryAsync("SELECT state FROM lab_result"));
    }

    [Fact(Timeout = 150_000)]
    public async Task Given_a_dialog_that_is_refused_then_the_refusal_stands_in_it_until_it_is_dismissed_or_mended()
    {
        await using var here = new Installation();
        var server = await here.ServeAsync();
        await using var chat = await chromium.OpenAsync(server.Page);
        await chat.DemoButton.ClickAsync();
        await chat.BeAsync("engineer");
        await chat.OpenThreadAsync($"{Patch}:");
        await chat.ReplyAsync(Report);
        await chat.Replies.GetByRole(AriaRole.Button, new() { Name = "Change result" }).ClickAsync();
        var dialog = chat.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Outcome").SelectOptionAsync("blocked");
        await dialog.GetByLabel("Note (optional)").FillAsync("");

        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save result" }).ClickAsync();
        await Expect(dialog.GetByText("Note: say what blocks the test.")).ToBeVisibleAsync();
        await Expect(dialog).ToHaveAccessibleDescriptionAsync(new Regex("say what blocks the test"));
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Dismiss this notice" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save result" }).ClickAsync();
        await Expect(dialog.GetByText("Note: say what blocks the test.")).ToBeVisibleAsync();

        await dialog.GetByLabel("Note (optional)").FillAsync("no disk space");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save result" }).ClickAsync();
        await Expect(chat.Page.Locator(".toasts")).ToContainTextAsync("blocked on hv-lab-02");
        await Expect(chat.Alerts).ToBeEmptyAsync();
        Assert.Empty(chat.Faults);
    }

    private static async Task ReportAsync(ChatPage chat)
    {
        await chat.BeAsync("engineer");
        await chat.OpenThreadAsync($"{Patch}:");
        await chat.ReplyAsync(Report);
        var echo = chat.Replies.Filter(new() { HasText = $"Recorded: pass on hv-lab-02 for {Patch} by Erin Engineer." });
        await Expect(echo).ToHaveCountAsync(1);
        await Expect(echo.GetByRole(AriaRole.Button, new() { Name = "Undo" })).ToBeVisibleAsync();
        await Expect(echo.GetByRole(AriaRole.Button, new() { Name = "Change result" })).ToBeVisibleAsync();
        await Expect(chat.Card($"{Patch}:").Locator(".badges")).ToContainTextAsync("Lab passed");
        await echo.ScrollIntoViewIfNeededAsync();
        await chat.PictureAsync("thread-lab-result");
        await CloseThreadAsync(chat);
    }

    private static async Task RefuseOutsiderAsync(ChatPage chat)
    {
        await chat.BeAsync("outsider");
        await Approve(chat).ClickAsync();
        await Expect(chat.Alerts).ToContainTextAsync("Only approvers of Production servers can decide; you are not one of them.");
        await Expect(chat.Card($"{Patch}:").Locator(".badges")).ToContainTextAsync("Production servers: awaits approval");
        await chat.Alerts.GetByRole(AriaRole.Button).ClickAsync();
    }

    private static async Task ApproveAsync(ChatPage chat)
    {
        await chat.BeAsync("manager");
        await Approve(chat).ClickAsync();
        await Expect(chat.Card($"{Patch}:").Locator(".badges")).ToContainTextAsync("Production servers: approved");
        await Expect(chat.Notices).ToContainTextAsync($"Recorded: {Patch} is approved for Production servers");
        await Expect(Approve(chat)).ToHaveCountAsync(0);
        await Pictures.TakeAsync(chat.Card($"{Patch}:"), "card-approved");
    }

    private static async Task ReadAnnouncementAsync(ChatPage chat)
    {
        await chat.GoToChannelAsync("Announcements");
        await Expect(chat.Cards).ToHaveCountAsync(1);
        await Expect(chat.Cards).ToContainTextAsync("Maintenance planned: Production servers");
        await Expect(chat.Cards).ToContainTextAsync(Patch);
        await Pictures.TakeAsync(chat.Cards.First, "announcement");
    }

    private static async Task CloseThreadAsync(ChatPage chat)
    {
        await chat.Page.GetByRole(AriaRole.Button, new() { Name = "Close the thread" }).ClickAsync();
        await Expect(chat.Page.Locator("#thread")).ToBeHiddenAsync();
    }

    private static ILocator Approve(ChatPage chat) =>
        chat.Card($"{Patch}:").GetByRole(AriaRole.Button, new() { Name = "Approve Production servers", Exact = true });
}
