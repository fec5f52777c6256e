using Microsoft.AspNetCore.Http;
using PatchBot.Adapters.Slack;
using PatchBot.Adapters.Slack.Manifest;
using PatchBot.Adapters.Slack.Protocol;
using PatchBot.Core;
using PatchBot.Core.Delivery;
using PatchBot.Core.People;
using PatchBot.Tests.Slack.Install;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Slack;

/// <summary>What the doctor says of Slack, with a Slack of our own on loopback.</summary>
public sealed class SlackDoctorTests : InstallScene
{
    private const string Token = "xoxb-1-thatnobodymaysee", Secret = "signing-secret-that-nobody-may-see";
    private const string Ada = "slack:T0CONTOSO:U0ADA", Erin = "slack:T0CONTOSO:U0ERIN";

    private static readonly Grant Contoso = new("T0CONTOSO", "Contoso");

    [Fact]
    public async Task Given_a_bot_that_is_heard_and_can_write_then_all_is_well()
    {
        Slack.Know(Token, Contoso);
        var findings = await ExamineAsync(recordIsReadable: false);
        Assert.All(findings, finding => Assert.Equal(Gravity.Ok, finding.Gravity));
        Assert.Equal(
            [
                "Slack is on: for one workspace, called over HTTP and over 2 sockets.",
                "Slack takes Slack:BotToken: workspace Contoso (T0CONTOSO), bot user U0BOT.",
                "Slack would open a socket.",
            ],
            findings.Select(finding => finding.What));
    }

    [Fact]
    public async Task Given_settings_that_cannot_serve_then_each_is_a_fault()
    {
        Slack.Know(Token, Contoso);
        var fault = Fault(await ExamineAsync(options => (options.AppToken, options.SigningSecret) = ("", "")));
        Assert.StartsWith("Slack:SigningSecret cannot be used", fault.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_token_that_Slack_refuses_then_the_remedy_is_said()
    {
        var fault = Fault(await ExamineAsync());
        Assert.Equal("Slack refuses Slack:BotToken (invalid_auth).", fault.What);
        Assert.Contains("Compare Slack:BotToken with the app's page", fault.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_an_app_token_that_Slack_refuses_then_the_remedy_is_said()
    {
        Slack.Know(Token, Contoso);
        Slack.Answers["apps.connections.open"] = http => http.Response.WriteAsJsonAsync(new { ok = false, error = "missing_scope" });
        Assert.Contains("needs connections:write", Fault(await ExamineAsync()).Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_rights_that_are_missing_then_they_are_named_with_what_they_are_for()
    {
        Slack.Know(Token, Contoso);
        Slack.Scopes = SlackScopes.Asked.Replace("commands,", "", StringComparison.Ordinal);
        Assert.Contains("lacks rights: commands (to the slash command", Fault(await ExamineAsync()).What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_clock_that_is_off_then_that_is_told_before_calls_are_refused_and_is_a_fault_after()
    {
        Slack.Know(Token, Contoso);
        var off = TimeSpan.FromMinutes(2);
        Slack.Answers["auth.test"] = http =>
        {
            http.Response.Headers.Date = (Clock.GetUtcNow() - off).ToString("R");
            return http.Response.WriteAsJsonAsync(new { ok = true, team = "Contoso", team_id = "T0CONTOSO", user_id = "U0BOT" });
        };
        Assert.Contains(await ExamineAsync(), finding => finding.Gravity == Gravity.Note && finding.What.Contains("clock is 2 minutes off", StringComparison.Ordinal));
        off = TimeSpan.FromMinutes(-6);
        Assert.Contains("every call of Slack is refused", Fault(await ExamineAsync()).What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_Slack_that_does_not_answer_then_that_is_told_of_both_tokens()
    {
        var findings = await ExamineAsync(options => options.ApiUrl = new("http://127.0.0.1:1/api/"));
        Assert.Equal(2, findings.Count(finding => finding.Gravity == Gravity.Fault));
        Assert.Contains(findings, finding => finding.Remedy.Contains("Open the way there in proxy and firewall", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Given_workspaces_that_installed_the_app_then_each_is_examined()
    {
        var room = await OpenAsync();
        await room.InstallAsync(Slack, Contoso);
        await room.InstallAsync(Slack, new Grant("T0OTHER", "Other"));
        await room.Workspaces.UnusableAsync("T0OTHER", "Slack says that the token was revoked.", Some.Token);
        var said = Said(await room.Get<IDoctor>().ExamineAsync(recordIsReadable: true, Some.Token));
        Assert.Contains(said, line => line.StartsWith("Ok: Slack takes the token of Contoso (T0CONTOSO)", StringComparison.Ordinal));
        Assert.Contains(said, line => line.StartsWith("Fault: Other cannot be reached: Slack says that the token was revoked.", StringComparison.Ordinal));

        Directory.Delete(Keys, recursive: true);
        said = Said(await (await OpenAsync()).Get<IDoctor>().ExamineAsync(recordIsReadable: true, Some.Token));
        Assert.Contains(said, line => line.Contains("do not open the token of Contoso (T0CONTOSO)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Given_an_app_that_nobody_installed_then_the_way_is_told()
    {
        var said = Said(await (await OpenAsync()).Get<IDoctor>().ExamineAsync(recordIsReadable: true, Some.Token));
        Assert.Contains(said, line => line.Contains("Open https://patchbot.example.com/slack/install in a browser.", StringComparison.Ordinal));
        Assert.Contains(said, line => line.Contains("/invite @PatchBot", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Given_keys_that_others_can_read_then_that_is_told()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Directory.CreateDirectory(Keys);
        File.SetUnixFileMode(Keys, (UnixFileMode)0b111_101_101);
        Assert.Contains(Said(await (await OpenAsync()).Get<IDoctor>().ExamineAsync(recordIsReadable: false, Some.Token)), line => line.Contains("chmod 700", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Given_a_record_then_channels_strangers_and_what_nobody_follows_are_named()
    {
        Slack.Know(Token, Contoso);
        await WriteAsync(async session =>
        {
            await AddAsync("C1", "patching", ConversationKind.Channel);
            await AddAsync("C2", "idle", ConversationKind.Channel);
            await AddAsync("C3", "old", ConversationKind.Channel);
            await AddAsync("D1", "Erin", ConversationKind.Direct);
            await session.Channels.StopAsync(new("slack", "C3"), Some.Noon, "The bot was removed.", Some.Token);
            await session.Channels.SubscribeAsync(new Subscription(new("slack", "C1"), "production", Topic.Patches), Some.Token);
            await session.People.SaveAsync(new KnownPerson(new PersonId(Erin), "Erin", new PersonAddress("T0CONTOSO", "U0ERIN").Write()), Some.Token);

            Task AddAsync(string id, string name, ConversationKind kind) => session.Channels.SaveAsync(
                new Channel(new("slack", id), name, ChannelState.Active) { Address = new ConversationAddress("T0CONTOSO", kind).Write() }, Some.Token);
        });

        var said = Said(await ExamineAsync(recordIsReadable: true));
        Assert.Contains("Ok: Known in Slack: idle, old (stopped), patching; chats with one person: 1. ", said);
        Assert.Contains(said, line => line.StartsWith("Note: People of the settings", StringComparison.Ordinal) && line.Contains($"{Ada} (admin).", StringComparison.Ordinal));
        Assert.Contains(said, line => line.StartsWith("Note: Channels of Slack that follow nothing: idle.", StringComparison.Ordinal));
        Assert.Contains(said, line => line.Contains("No channel in Slack follows pilot,", StringComparison.Ordinal));
    }

    private async Task<IReadOnlyList<Finding>> ExamineAsync(Action<SlackOptions>? change = null, bool recordIsReadable = false)
    {
        var room = await OpenAsync(
            options =>
            {
                (options.ClientId, options.ClientSecret, options.BotToken, options.AppToken, options.SigningSecret) = ("", "", Token, "xapp-1-thatnobodymaysee", Secret);
                change?.Invoke(options);
            },
            Ada, Erin, "slack:T0CONTOSO:S0GROUP", "teams:t:max");
        var findings = await room.Get<IDoctor>().ExamineAsync(recordIsReadable, Some.Token);
        Assert.All(findings, finding => Assert.DoesNotContain("thatnobodymaysee", finding.ToString(), StringComparison.Ordinal));
        Assert.All(findings, finding => Assert.DoesNotContain(Secret, finding.ToString(), StringComparison.Ordinal));
        return findings;
    }

    private static IReadOnlyList<string> Said(IEnumerable<Finding> findings) => [.. findings.Select(finding => $"{finding.Gravity}: {finding.What} {finding.Remedy}")];

    private static Finding Fault(IEnumerable<Finding> findings) => Assert.Single(findings, finding => finding.Gravity == Gravity.Fault);
}
