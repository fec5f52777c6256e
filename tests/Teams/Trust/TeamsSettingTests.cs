using Microsoft.Extensions.Configuration;
using PatchBot.Adapters.Teams;
using PatchBot.Adapters.Teams.Trust;
using PatchBot.Host.Settings;

namespace PatchBot.Tests.Teams.Trust;

/// <summary>What cannot work, or would let strangers in, stops the start with one line that says what to write.</summary>
public sealed class TeamsSettingTests
{
    private const string Secret = "a-secret-that-nobody-may-see";

    [Fact]
    public void Given_nothing_then_Teams_is_off_and_the_web_chat_on()
    {
        var settings = Read("{}");
        Assert.Equal((false, true), (settings.ServesTeams, settings.ServesWebChat));
    }

    [Fact]
    public void Given_a_bot_with_a_secret_then_Teams_is_on_and_the_web_chat_off()
    {
        var settings = Read(Bot($"\"ClientSecret\":\"{Secret}\""));
        Assert.Equal((true, false), (settings.ServesTeams, settings.ServesWebChat));
    }

    [Fact]
    public void Given_an_emulator_alone_in_Development_then_both_are_on()
    {
        var settings = Read("""{"AllowEmulator":true}""", development: true);
        Assert.Equal((true, true), (settings.ServesTeams, settings.ServesWebChat));
    }

    [Theory]
    [InlineData("""{"AllowEmulator":true}""", "Teams:AllowEmulator = \"True\": this lets callers in without a token")]
    [InlineData("""{"OpenIdMetadata":"http://keys.example/"}""", "Teams:OpenIdMetadata = \"http://keys.example/\": write an address with https")]
    [InlineData("""{"OpenIdMetadata":"http://127.0.0.1:9999/"}""", "Teams:OpenIdMetadata")]
    [InlineData("""{"LoginAuthority":"http://127.0.0.1:9999/"}""", "Teams:LoginAuthority")]
    [InlineData("""{"LoginAuthority":"https://login.example/tenant"}""", "without the tenant")]
    [InlineData("""{"ServiceUrl":"http://127.0.0.1:9999/"}""", "Teams:ServiceUrl")]
    public void Given_production_then_what_is_for_Development_is_refused(string section, string said) =>
        Assert.Contains(said, Assert.Single(Faults(section)), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"AllowEmulator":true}""")]
    [InlineData("""{"OpenIdMetadata":"http://127.0.0.1:9999/openid","LoginAuthority":"http://localhost:9999","ServiceUrl":"http://[::1]:9999/"}""")]
    public void Given_Development_then_this_machines_own_addresses_may_be_used(string section) => Assert.Empty(Faults(section, development: true));

    [Theory]
    [InlineData("""{"OpenIdMetadata":"http://keys.example/"}""")]
    [InlineData("""{"LoginAuthority":"http://127.0.0.1.evil.example/"}""")]
    public void Given_Development_then_http_to_other_machines_is_still_refused(string section) => Assert.Single(Faults(section, development: true));

    [Theory]
    [InlineData("", "Teams:ClientSecret = \"\": the bot has no credential")]
    [InlineData($"\"ClientSecret\":\"{Secret}\",\"ManagedIdentity\":true", "Teams:ClientSecret = \"\": the bot has more than one credential")]
    [InlineData("\"CertificateFile\":\"/nowhere/bot.pfx\"", "Teams:CertificateFile = \"/nowhere/bot.pfx\": there is no such file")]
    [InlineData("\"ManagedIdentity\":true,\"TrustedServiceHosts\":[\"*.com\"]", "Teams:TrustedServiceHosts:0 = \"*.com\": write a host name")]
    [InlineData("\"ManagedIdentity\":true,\"TrustedServiceHosts\":[\"https://a.example\"]", "Teams:TrustedServiceHosts:0")]
    [InlineData("\"ManagedIdentity\":true,\"Cloud\":\"China\"", "Teams:TrustedServiceHosts = \"\": this cloud has no default")]
    [InlineData("\"ManagedIdentity\":true,\"Cloud\":\"Moon\"", "Teams:Cloud = \"Moon\"")]
    [InlineData("\"ManagedIdentity\":true,\"AllowedTenants\":[\"contoso\"]", "Teams:AllowedTenants:0")]
    [InlineData("\"ManagedIdentity\":true,\"ServiceUrl\":\"https://ada:word@a.example/\"", "Teams:ServiceUrl = \"\": write the address without")]
    public void Given_a_bot_that_cannot_work_then_one_line_says_why(string more, string said) =>
        Assert.Contains(said, Assert.Single(Faults(Bot(more))), StringComparison.Ordinal);

    [Theory, InlineData(""), InlineData("\"CertificateFile\":\"/nowhere/bot.pfx\"")]
    public void Given_a_command_that_does_not_serve_then_it_asks_for_no_credential_and_for_everything_else(string more)
    {
        Assert.Empty(PatchBotSettings.Read(Configuration(Bot(more)), AppContext.BaseDirectory, serves: false).Faults);
        var wrong = Configuration(Bot($"{more}{(more.Length > 0 ? "," : "")}\"TrustedServiceHosts\":[\"*.com\"]"));
        Assert.Equal("Teams:TrustedServiceHosts:0", Assert.Single(PatchBotSettings.Read(wrong, AppContext.BaseDirectory, serves: false).Faults).Key);
    }

    [Fact]
    public void Given_a_certificate_file_that_is_none_then_the_line_says_so_without_its_password()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "no certificate");
            var line = Assert.Single(Faults(Bot($"\"CertificateFile\":\"{file}\",\"CertificatePassword\":\"{Secret}\"")));
            Assert.Contains("Teams:CertificatePassword", line, StringComparison.Ordinal);
            Assert.DoesNotContain(Secret, line, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Given_wrong_settings_beside_a_secret_then_no_line_repeats_it()
    {
        var faults = Faults($$"""{"AppId":"x","TenantId":"y","ClientSecret":"{{Secret}}","CertificateFile":"/nowhere","ManagedIdentity":true,"AllowEmulator":true}""");
        Assert.Equal(5, faults.Count);
        Assert.All(faults, line => Assert.DoesNotContain(Secret, line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(TeamsCloud.Public, "https://login.botframework.com/v1/.well-known/openidconfiguration", "https://api.botframework.com", "https://login.microsoftonline.com/", "https://smba.trafficmanager.net/teams/")]
    [InlineData(TeamsCloud.GccHigh, "https://login.botframework.azure.us/v1/.well-known/openidconfiguration", "https://api.botframework.us", "https://login.microsoftonline.us/", "https://smba.infra.gov.teams.microsoft.us/teams/")]
    [InlineData(TeamsCloud.Dod, "https://login.botframework.azure.us/v1/.well-known/openidconfiguration", "https://api.botframework.us", "https://login.microsoftonline.us/", "https://smba.infra.dod.teams.microsoft.us/teams/")]
    [InlineData(TeamsCloud.China, "https://login.botframework.azure.cn/v1/.well-known/openidconfiguration", "https://api.botframework.azure.cn", "https://login.partner.microsoftonline.cn/", null)]
    public void Given_a_cloud_then_all_its_addresses_follow(TeamsCloud cloud, string metadata, string issuer, string login, string? service)
    {
        var addresses = TeamsAddresses.Of(new TeamsOptions { Cloud = cloud });
        Assert.Equal((metadata, issuer, login, $"{issuer}/.default", service),
            (addresses.OpenIdMetadata.AbsoluteUri, addresses.Issuer, addresses.LoginAuthority.AbsoluteUri, addresses.Scope, addresses.ServiceUrl?.AbsoluteUri));
    }

    [Fact]
    public void Given_an_address_of_our_own_then_it_alone_replaces_the_clouds()
    {
        var addresses = TeamsAddresses.Of(new TeamsOptions { Cloud = TeamsCloud.GccHigh, Issuer = "https://issuer.example" });
        Assert.Equal(("https://issuer.example", "https://api.botframework.us/.default"), (addresses.Issuer, addresses.Scope));
    }

    private static string Bot(string more) => $$"""{"AppId":"{{TestToken.AppId}}","TenantId":"{{TeamsDoor.Tenant}}"{{(more.Length > 0 ? "," : "")}}{{more}}}""";

    private static PatchBotSettings Read(string section, bool development = false)
    {
        var (settings, faults) = PatchBotSettings.Read(Configuration(section), AppContext.BaseDirectory, development);
        Assert.Empty(faults);
        return settings;
    }

    private static IReadOnlyList<string> Faults(string section, bool development = false) =>
        [.. PatchBotSettings.Read(Configuration(section), AppContext.BaseDirectory, development).Faults.Select(fault => fault.ToString())];

    private static IConfigurationRoot Configuration(string section) =>
        new ConfigurationBuilder().AddJsonStream(new MemoryStream(System.Text.Encoding.UTF8.GetBytes($$"""{"Teams":{{section}}}"""))).Build();
}
