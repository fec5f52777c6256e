using Microsoft.Extensions.Configuration;
using PatchBot.Adapters.Slack;
using PatchBot.Core.Conversation;
using PatchBot.Core.Delivery;
using PatchBot.Host.Settings;

namespace PatchBot.Tests.Slack;

/// <summary>What cannot work, or would let strangers in, stops the start with one line that says what to write.</summary>
public sealed class SlackSettingTests
{
    private const string Secret = "a-secret-that-nobody-may-see";
    private const string Token = "xoxb-1234-5678-thatnobodymaysee";
    private const string Socket = "xapp-1-A0123-5678-thatnobodymaysee";
    private const string OneWorkspace = $"\"BotToken\":\"{Token}\"";
    private const string Sockets = $"\"AppToken\":\"{Socket}\"";
    private const string Installed = $"\"ClientId\":\"12.34\",\"ClientSecret\":\"{Secret}\",\"PublicUrl\":\"https://patchbot.example.com\",{Sockets}";

    [Fact]
    public void Given_nothing_then_Slack_is_off_and_the_web_chat_on()
    {
        var settings = Read("");
        Assert.Equal((false, true), (settings.ServesSlack, settings.ServesWebChat));
    }

    [Theory]
    [InlineData($"{OneWorkspace},{Sockets}")]
    [InlineData($"{OneWorkspace},\"SigningSecret\":\"{Secret}\"")]
    [InlineData($"{OneWorkspace},{Sockets},\"SigningSecret\":\"{Secret}\",\"PreviousSigningSecret\":\"{Secret}\"")]
    public void Given_a_token_and_a_way_in_then_Slack_is_on_and_the_web_chat_off(string section)
    {
        var settings = Read(section);
        Assert.Equal((true, false), (settings.ServesSlack, settings.ServesWebChat));
    }

    [Fact]
    public void Given_an_app_that_workspaces_install_then_Slack_is_on_and_checking_makes_nothing()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"patchbot-keys-{Guid.NewGuid():N}");
        Assert.True(Read($"{Installed},\"KeyFolder\":\"{folder.Replace('\\', '/')}\"").ServesSlack);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void Given_the_environment_then_its_names_do_as_well()
    {
        Environment.SetEnvironmentVariable("SLACKTEST_Slack__BotToken", Token);
        Environment.SetEnvironmentVariable("SLACKTEST_Slack__AppToken", Socket);
        var (settings, faults) = PatchBotSettings.Read(new ConfigurationBuilder().AddEnvironmentVariables("SLACKTEST_").Build(), AppContext.BaseDirectory);
        Assert.Empty(faults);
        Assert.Equal((Token, Socket), (settings.Slack.BotToken, settings.Slack.AppToken));
    }

    [Theory]
    [InlineData(OneWorkspace, "Slack:SigningSecret = \"\": Slack has no way in")]
    [InlineData(Sockets, "Slack:BotToken = \"\": Slack is half set up")]
    [InlineData($"\"SigningSecret\":\"{Secret}\"", "Slack:BotToken = \"\": Slack is half set up")]
    [InlineData($"{OneWorkspace},{Installed}", "Slack:BotToken = \"\": the bot serves one workspace by its token, or")]
    [InlineData($"\"ClientId\":\"12.34\",\"PublicUrl\":\"https://a.example\",{Sockets}", "Slack:ClientSecret = \"\": write the Client Secret")]
    [InlineData($"\"ClientId\":\"12.34\",\"ClientSecret\":\"{Secret}\",{Sockets}", "Slack:PublicUrl = \"\": write where people's browsers reach the bot")]
    [InlineData($"{Installed},\"KeyFolder\":\"/dev/null/keys\"", "Slack:KeyFolder = \"/dev/null/keys\": this user cannot write there")]
    [InlineData($"{OneWorkspace},{Sockets},\"PreviousSigningSecret\":\"{Secret}\"", "Slack:PreviousSigningSecret = \"\": this is accepted beside a new one")]
    [InlineData($"{OneWorkspace},{Sockets},\"Connections\":4,\"Processes\":3", "Slack:Connections = \"4\": Slack allows an app 10 sockets over all processes; with Slack:Processes 3, write at most 3")]
    [InlineData($"\"BotToken\":\"xoxp-1-{Secret}\",{Sockets}", "Slack:BotToken = \"\": write the Bot User OAuth Token")]
    [InlineData($"\"BotToken\":\"xoxe.xoxb-1-{Secret}\",{Sockets}", "Slack:BotToken = \"\": this token rotates and ends within twelve hours")]
    [InlineData($"{OneWorkspace},\"AppToken\":\"{Token}\"", "Slack:AppToken = \"\": write an app-level token with connections:write")]
    [InlineData($"{OneWorkspace},\"SigningSecret\":\"two words {Secret}\"", "Slack:SigningSecret = \"\": write the Signing Secret")]
    [InlineData($"{OneWorkspace},{Sockets},\"AllowedWorkspaces\":[\"contoso\"]", "'contoso' is no id; write a workspace's (T…) or an organisation's (E…)")]
    [InlineData($"{OneWorkspace},{Sockets},\"Command\":\"patch bot\"", "Slack:Command = \"patch bot\": write a slash")]
    [InlineData($"{OneWorkspace},{Sockets},\"ReadsBack\":\"2.00:00:01\"", "Slack:ReadsBack = \"2.00:00:01\": ")]
    [InlineData($"{OneWorkspace},{Sockets},\"ReadsBack\":\"-00:00:01\"", "Slack:ReadsBack = \"-00:00:01\": ")]
    public void Given_a_bot_that_cannot_work_then_one_line_says_why(string section, string said) =>
        Assert.Contains(said, Assert.Single(Faults(section)), StringComparison.Ordinal);

    [Theory, InlineData("00:00:00"), InlineData("2.00:00:00")]
    public void Given_a_time_to_read_back_then_it_may_be_none_and_is_shorter_than_what_the_inbox_remembers(string time)
    {
        var readsBack = Read($"{OneWorkspace},{Sockets},\"ReadsBack\":\"{time}\"").Slack.ReadsBack;
        Assert.Equal(time, readsBack.ToString());
        Assert.InRange(readsBack, TimeSpan.Zero, IInbox.Memory - TimeSpan.FromHours(12));
    }

    [Theory]
    [InlineData("\"ApiUrl\":\"http://slack.example/api/\"", "Slack:ApiUrl = \"http://slack.example/api/\": write an address with https")]
    [InlineData("\"ApiUrl\":\"http://127.0.0.1:4600/api/\"", "Slack:ApiUrl")]
    [InlineData("\"ApiUrl\":\"https://slack.com/api\"", "end it with a slash")]
    [InlineData("\"AuthorizeUrl\":\"http://slack.example/\"", "Slack:AuthorizeUrl")]
    [InlineData("\"PublicUrl\":\"http://patchbot.example.com\"", "Slack:PublicUrl")]
    [InlineData("\"PublicUrl\":\"https://example.com/patchbot\"", "write it without a path")]
    [InlineData("\"PublicUrl\":\"https://example.com/?a=b\"", "write the address without a query")]
    [InlineData("\"PublicUrl\":\"https://ada:word@example.com/\"", "Slack:PublicUrl = \"\": write the address without a user name or password")]
    [InlineData("\"ResponseHosts\":[\"*.com\"]", "Slack:ResponseHosts:0 = \"*.com\": write a host name")]
    [InlineData("\"ResponseHosts\":[\"hooks.slack.com\",\"https://a.example/\"]", "Slack:ResponseHosts:1")]
    public void Given_an_address_that_tokens_must_not_go_to_then_it_is_refused(string more, string said) =>
        Assert.Contains(said, Assert.Single(Faults($"{OneWorkspace},{Sockets},{more}")), StringComparison.Ordinal);

    [Fact]
    public void Given_Development_then_this_machines_own_addresses_may_be_used() =>
        Assert.Empty(Faults($"{OneWorkspace},{Sockets},\"ApiUrl\":\"http://127.0.0.1:4600/api/\",\"AuthorizeUrl\":\"http://localhost:4600/\",\"PublicUrl\":\"http://[::1]:5080\"", development: true));

    [Theory]
    [InlineData("http://127.0.0.1:4600/api/", true, true)]
    [InlineData("https://localhost:4600/api/", true, true)]
    [InlineData("https://localhost:4600/api/", false, false)]
    [InlineData("https://slack.com/api/", true, false)]
    [InlineData("https://127.0.0.1.evil.example/api/", true, false)]
    public void Given_a_Slack_of_this_machine_in_Development_then_and_only_then_its_people_hold_the_roles_of_a_trial(string address, bool development, bool hold)
    {
        var (settings, faults) = PatchBotSettings.Read(Configuration($"{OneWorkspace},{Sockets},\"ApiUrl\":\"{address}\""), AppContext.BaseDirectory, development);
        Assert.Empty(faults);
        Assert.Equal(
            (hold, hold, hold, hold, hold),
            (settings.People.Admins.Contains("slack:T01PATCH:U01ADA"), settings.People.Engineers.Contains("slack:T01PATCH:U02ERIN"),
                settings.Rings.All(ring => ring.Approvers.Contains(SlackEmulator.Approver)), settings.IsEmulated(new ChannelRef("slack", "C01PATCH")), settings.ServesWebChat));
    }

    [Fact]
    public void Given_rings_or_people_then_nobody_of_a_local_Slack_holds_a_role_by_itself()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Slack:BotToken"] = Token,
            ["Slack:AppToken"] = Socket,
            ["Slack:ApiUrl"] = "http://127.0.0.1:4600/api/",
            ["People:Engineers:0"] = "webchat:local:engineer",
        }).Build();
        var settings = PatchBotSettings.Read(configuration, AppContext.BaseDirectory, development: true).Settings;
        Assert.False(settings.IsTrial);
        Assert.Empty(settings.People.Admins);
        Assert.DoesNotContain(settings.Rings, ring => ring.Approvers.Contains(SlackEmulator.Approver));
    }

    [Fact]
    public void Given_Development_then_http_to_other_machines_is_still_refused() =>
        Assert.Single(Faults($"{OneWorkspace},{Sockets},\"ApiUrl\":\"http://127.0.0.1.evil.example/\"", development: true));

    [Theory, InlineData(OneWorkspace), InlineData(Sockets), InlineData("\"ClientId\":\"12.34\"")]
    public void Given_a_command_that_does_not_serve_then_it_asks_for_no_token_and_for_everything_else(string section)
    {
        Assert.Empty(PatchBotSettings.Read(Configuration(section), AppContext.BaseDirectory, serves: false).Faults);
        var wrong = Configuration($"{section},\"ResponseHosts\":[\"*.com\"]");
        Assert.Equal("Slack:ResponseHosts:0", Assert.Single(PatchBotSettings.Read(wrong, AppContext.BaseDirectory, serves: false).Faults).Key);
    }

    [Fact]
    public void Given_wrong_settings_beside_secrets_then_no_line_repeats_one()
    {
        var faults = Faults($"\"BotToken\":\"x {Secret}\",\"AppToken\":\"y {Secret}\",\"SigningSecret\":\"z {Secret}\",\"ClientId\":\"{Secret}\",\"ClientSecrett\":\"{Secret}\"");
        Assert.True(faults.Count >= 4, string.Join('\n', faults));
        Assert.All(faults.Where(line => !line.StartsWith("Slack:ClientId ", StringComparison.Ordinal)), line => Assert.DoesNotContain(Secret, line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "T1", "E1", true)]
    [InlineData("T1", "T1", null, true)]
    [InlineData("E1", "T1", "E1", true)]
    [InlineData("T2", "T1", "E1", false)]
    [InlineData("T2", null, null, false)]
    public void Given_allowed_workspaces_then_their_own_and_their_organisations_ids_count(string allowed, string? team, string? enterprise, bool may) =>
        Assert.Equal(may, new SlackOptions { AllowedWorkspaces = [.. allowed.Split(',', StringSplitOptions.RemoveEmptyEntries)] }.Allows(team, enterprise));

    private static PatchBotSettings Read(string section)
    {
        var (settings, faults) = PatchBotSettings.Read(Configuration(section), AppContext.BaseDirectory);
        Assert.Empty(faults);
        return settings;
    }

    private static IReadOnlyList<string> Faults(string section, bool development = false) =>
        [.. PatchBotSettings.Read(Configuration(section), AppContext.BaseDirectory, development).Faults.Select(fault => fault.ToString())];

    private static IConfigurationRoot Configuration(string section) =>
        new ConfigurationBuilder().AddJsonStream(new MemoryStream(System.Text.Encoding.UTF8.GetBytes($"{{\"Slack\":{{{section}}}}}"))).Build();
}
