using Microsoft.Playwright;
using PatchBot.Tests.EndToEnd.Support;
using static Microsoft.Playwright.Assertions;

namespace PatchBot.Tests.EndToEnd.Browser;

/// <summary>
/// Microsoft's own local Teams drives the bot, as a newcomer would try it out: the trial's rings, the demo, and the web chat
/// beside it for the people that the playground has not.
/// </summary>
[Collection<BrowserTests>]
public sealed class PlaygroundTests(Chromium chromium)
{
    private const string Channel = "My Team - Announcements";
    private const string Patch = "KB5032196";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_teams_then_a_patch_goes_from_its_card_to_its_announcement()
    {
        await using var installation = new Installation();
        var bot = await installation.ServeAsync("--environment", "Development", "--Teams:AllowEmulator=true");
        await using var playground = await PlaygroundProcess.StartAsync(new Uri(bot.Page, "/api/messages"), Token);
        await using var chat = await chromium.OpenAsync(playground.Page, width: 1500);
        using var web = new ChatCalls(bot.Page);
        var teams = new PlaygroundPage(chat.Page);

        // Installed: it greets, in the chat and in the channel.
        await Expect(teams.Card("I carry patches through lab")).ToBeVisibleAsync();
        await teams.GoToAsync(Channel);
        await Expect(teams.Card("PatchBot is here")).ToBeVisibleAsync();

        // The demo's cards come.
        await teams.PostAsync("show me a demo");
        await Expect(teams.Card("A real Patch Tuesday, replayed")).ToBeVisibleAsync();
        var card = teams.Card($"{Patch}:");
        await Expect(card).ToBeVisibleAsync();
        await Expect(card).ToContainTextAsync("Not tested");
        await Pictures.TakeAsync(card, "teams-playground-card");

        // Too early: the refusal says why, on the card.
        await card.GetByRole(AriaRole.Button, new() { Name = "Approve Pilot servers" }).ClickAsync();
        await Expect(chat.Page.GetByText("The lab has not passed")).ToBeVisibleAsync();

        // A reply becomes a lab result; the card is edited.
        await teams.ReplyAsync(card, "pass on hv-lab-02, backups ok");
        await Expect(teams.Card("Recorded: pass on hv-lab-02")).ToBeVisibleAsync();
        await Expect(card).ToContainTextAsync("Lab passed");

        // So does a form.
        await teams.ReplyAsync(card, "record a result");
        var form = teams.Card($"Lab result for {Patch}");
        await Expect(form).ToBeVisibleAsync();
        await form.GetByText("Pass: tested and OK").ClickAsync();
        await form.GetByLabel("Lab host").FillAsync("hv-lab-03");
        await Pictures.TakeAsync(form, "teams-playground-form");
        await form.GetByRole(AriaRole.Button, new() { Name = "Record result" }).ClickAsync();
        await Expect(card).ToContainTextAsync("hv-lab-03");

        // Someone else has tested too, in the other chat: one record, so the approver may decide here.
        await PassAsErinAsync(web);
        await Expect(card).ToContainTextAsync("hv-lab-04");

        // What must be installed first is.
        await teams.ReplyAsync(card, "confirm KB5005112 on pilot");
        await Expect(card).Not.ToContainTextAsync("Not known whether KB5005112 is installed on Pilot servers");
        await card.GetByRole(AriaRole.Button, new() { Name = "Approve Pilot servers" }).ClickAsync();
        await Expect(card).ToContainTextAsync("Pilot servers: approved");
        await Pictures.TakeAsync(card, "teams-playground-approved");

        // The window is announced here as well.
        var announced = teams.Card("Maintenance planned: Pilot servers");
        await Expect(announced).ToContainTextAsync(Patch);
        await Pictures.TakeAsync(announced, "teams-playground-announcement");

        // What waits for me? is a private matter.
        await teams.GoToAsync("Personal Chat");
        await teams.SayAsync("what waits for me?");
        await Expect(teams.Card("What waits for Alex Wilber")).ToBeVisibleAsync();

        Assert.Equal(["1"], await installation.QueryAsync("SELECT count(*) FROM decision WHERE person_id LIKE 'teams:%'"));
        Assert.Equal(["0"], await installation.QueryAsync("SELECT count(*) FROM (SELECT message FROM post WHERE platform = 'teams' GROUP BY message HAVING count(*) > 1)"));
    }

    private static async Task PassAsErinAsync(ChatCalls web)
    {
        await web.SayAsync("patching", "admin", "follow patches of pilot");
        await web.SayAsync("patching", "engineer", $"pass {Patch} on hv-lab-04, backups ok");
    }
}
