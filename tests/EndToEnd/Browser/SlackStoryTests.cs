using Microsoft.Playwright;
using PatchBot.Tests.EndToEnd.Support;
using static Microsoft.Playwright.Assertions;

namespace PatchBot.Tests.EndToEnd.Browser;

/// <summary>A Slack on this machine drives the bot, over sockets and over HTTP, in the page that people see.</summary>
[Collection<BrowserTests>]
public sealed class SlackStoryTests(Chromium chromium)
{
    /// <summary>Made up for Windows Server 2022, which needs nothing first.</summary>
    private const int Index = 2;

    private static readonly string Patch = MadeUpMonth.Kb(Index);
    private static readonly string Ada = PersonOf(LocalSlack.Ada), Erin = PersonOf(LocalSlack.Erin), Max = PersonOf(LocalSlack.Max);

    [Theory(Timeout = 180_000), InlineData("sockets"), InlineData("HTTP")]
    public async Task Given_Slack_then_a_patch_goes_from_its_release_to_its_announcement(string way)
    {
        await using var here = new Installation();
        here.Configure(Settings);
        var port = FreePort.Take();
        await using var slack = await LocalSlack.StartAsync(way == "HTTP" ? new Uri($"http://127.0.0.1:{port}/slack/events") : null, Installation.Token);
        await here.ServeAsync([$"--Urls=http://127.0.0.1:{port}", .. slack.Settings]);
        await using var chat = await chromium.OpenAsync(slack.Page);
        var page = new LocalSlackPage(chat.Page);

        await FollowAsync(page);
        await ReleaseAsync(here);
        await page.GoToAsync("patching");
        var card = page.Card($"{Patch}:");
        await Expect(card).ToContainTextAsync("Not tested");
        await Expect(card).ToContainTextAsync("Production servers: awaits approval");

        await RefuseAsync(page, card);
        await ReplyAsync(page, card);
        await FillInAsync(page, card);
        await LookHomeAsync(page);

        await page.GoToAsync("patching");
        await page.SayAsync("/patchbot status");
        await Expect(page.Whispers("Open patches")).ToContainTextAsync(Patch);
        await Approve(card).ClickAsync();
        await Expect(card).ToContainTextAsync("Production servers: approved");
        await Expect(Approve(card)).ToHaveCountAsync(0);

        await page.GoToAsync("announcements");
        await Expect(page.Card("Maintenance planned: Production servers")).ToContainTextAsync(Patch);
        await RecordedOnceAsync(here);
        Assert.Empty(chat.Faults);
    }

    [Fact(Timeout = 120_000)]
    public async Task Given_nothing_configured_when_a_newcomer_asks_for_the_demo_then_its_people_hold_the_roles()
    {
        await using var here = new Installation();
        await using var slack = await LocalSlack.StartAsync(null, Installation.Token);
        await here.ServeAsync(slack.Settings);
        await using var chat = await chromium.OpenAsync(slack.Page);
        var page = new LocalSlackPage(chat.Page);
        await page.BeAsync("Otto Outsider");
        await page.MentionAsync("show me a demo");
        var card = page.Card("KB5032198:");
        await Expect(card).ToBeVisibleAsync();
        await page.PictureAsync(card, "card");

        await page.BeAsync("Erin Engineer");
        await page.OpenThreadAsync(card);
        await page.ReplyAsync("pass on hv-lab-02, backups ok");
        await Expect(card).ToContainTextAsync("Lab passed");
        await page.CloseThreadAsync();
        await page.BeAsync("Max Manager");
        await Approve(card).ClickAsync();
        await Expect(card).ToContainTextAsync("Production servers: approved");
        await page.PictureAsync(card, "approved");
        Assert.Equal([Max], await here.QueryAsync("SELECT person_id FROM decision"));
    }

    private static object Settings => new
    {
        People = new { Engineers = new[] { Erin }, Admins = new[] { Ada } },
        Rings = new[]
        {
            new
            {
                Key = "production",
                Title = "Production servers",
                Products = new[] { "Windows Server *" },
                Calendar = new { Rule = "FREQ=WEEKLY;BYDAY=SA", Start = "2020-01-04T22:00", Zone = "Europe/Berlin", Duration = "04:00:00" },
                LabTime = "2.00:00:00",
                Notice = "1.00:00:00",
                Approvers = new[] { Max },
            },
        },
    };

    private static async Task FollowAsync(LocalSlackPage page)
    {
        await page.BeAsync("Ada Admin");
        await page.GoToAsync("patching");
        await page.MentionAsync("follow patches of production");
        await Expect(page.Whispers("This channel now follows patches of Production servers.")).ToHaveCountAsync(1);
        await page.GoToAsync("announcements");
        await page.MentionAsync("follow announcements of production");
        await Expect(page.Whispers("This channel now follows announcements of Production servers.")).ToHaveCountAsync(1);
    }

    private static async Task ReleaseAsync(Installation here)
    {
        await File.WriteAllTextAsync(here.PathOf("month.json"), MadeUpMonth.Json(1, first: Index), Installation.Token);
        var import = await here.RunAsync("import", "month.json");
        Assert.True(import.Code == 0, import.ToString());
    }

    private static async Task RefuseAsync(LocalSlackPage page, ILocator card)
    {
        await page.BeAsync("Otto Outsider");
        await Approve(card).ClickAsync();
        await Expect(page.Whispers("Only approvers of Production servers can decide; you are not one of them.")).ToHaveCountAsync(1);
        await Expect(card).ToContainTextAsync("Production servers: awaits approval");
    }

    private static async Task ReplyAsync(LocalSlackPage page, ILocator card)
    {
        await page.BeAsync("Erin Engineer");
        await page.OpenThreadAsync(card);
        await page.ReplyAsync("pass on hv-lab-02, backups ok");
        await Expect(page.Replies($"Recorded: pass on hv-lab-02 for {Patch} by Erin Engineer.")).ToHaveCountAsync(1);
        await Expect(card).ToContainTextAsync("Lab passed");
        await page.CloseThreadAsync();
    }

    private static async Task FillInAsync(LocalSlackPage page, ILocator card)
    {
        await card.GetByRole(AriaRole.Button, new() { Name = "Record lab result" }).ClickAsync();
        await Expect(page.Modal).ToContainTextAsync($"Lab result for {Patch}");
        await page.Modal.GetByText("Pass: tested and OK").ClickAsync();
        await page.Modal.GetByPlaceholder("hv-lab-02").FillAsync("hv-lab-03");
        await page.PictureAsync(page.Modal, "modal");
        await page.Modal.GetByRole(AriaRole.Button, new() { Name = "Record result" }).ClickAsync();
        await Expect(page.Modal).ToHaveCountAsync(0);
        await Expect(card).ToContainTextAsync("hv-lab-03");
    }

    private static async Task LookHomeAsync(LocalSlackPage page)
    {
        await page.BeAsync("Max Manager");
        await page.GoToAsync("PatchBot");
        await Expect(page.Home).ToContainTextAsync("What waits for Max Manager");
        await Expect(page.Home).ToContainTextAsync(Patch);
        await page.PictureAsync(page.Home, "home");
    }

    private static async Task RecordedOnceAsync(Installation here)
    {
        Assert.Equal(
            [$"hv-lab-02|{Erin}", $"hv-lab-03|{Erin}"],
            await here.QueryAsync("SELECT host, person_id FROM lab_result ORDER BY host"));
        Assert.Equal([$"Approve|{Max}"], await here.QueryAsync("SELECT kind, person_id FROM decision"));
        var audit = await here.RunAsync("audit", "verify");
        Assert.True(audit.Code == 0, audit.ToString());
    }

    private static string PersonOf(string user) => $"slack:{LocalSlack.Team}:{user}";

    private static ILocator Approve(ILocator card) => card.GetByRole(AriaRole.Button, new() { Name = "Approve Production servers", Exact = true });
}
