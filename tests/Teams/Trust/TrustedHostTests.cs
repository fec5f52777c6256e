using Microsoft.Extensions.Options;
using PatchBot.Adapters.Teams;
using PatchBot.Adapters.Teams.Trust;
using PatchBot.Adapters.Wire;

namespace PatchBot.Tests.Teams.Trust;

/// <summary>The token goes to hosts that are named, by https, and nowhere else.</summary>
public sealed class TrustedHostTests
{
    [Theory]
    [InlineData("https://smba.trafficmanager.net/emea/")]
    [InlineData("https://smba.trafficmanager.net")]
    [InlineData("https://SMBA.TrafficManager.NET:443/amer/")]
    [InlineData("https://smba.infra.gcc.teams.microsoft.com/teams")]
    public void Given_an_address_of_the_cloud_then_it_is_trusted(string address) => Assert.Equal(ServiceTrust.WithToken, Trust(address));

    [Theory]
    [InlineData("http://smba.trafficmanager.net/emea/")]
    [InlineData("https://smba.trafficmanager.net:8443/")]
    [InlineData("https://smba.trafficmanager.net.evil.com/")]
    [InlineData("https://evil.com/smba.trafficmanager.net/")]
    [InlineData("https://evil.com/?https://smba.trafficmanager.net/")]
    [InlineData("https://evil.com#smba.trafficmanager.net")]
    [InlineData("https://evil.com\\@smba.trafficmanager.net/")]
    [InlineData("https://smba.trafficmanager.net@evil.com/")]
    [InlineData("https://smba.trafficmanager.net:443@evil.com/")]
    [InlineData("https://user@smba.trafficmanager.net/")]
    [InlineData("https://user:word@smba.trafficmanager.net/")]
    [InlineData("https://smba.trafficmanager.net./")]
    [InlineData("https://.smba.trafficmanager.net/")]
    [InlineData("https://evil.smba.trafficmanager.net/")]
    [InlineData("https://evilsmba.trafficmanager.net/")]
    [InlineData("https://trafficmanager.net/")]
    [InlineData("https://smba.trafficmanager.net/?to=evil")]
    [InlineData("https://smba.trafficmanager.net/#evil")]
    [InlineData("https://ѕmba.trafficmanager.net/")]
    [InlineData("https://ſmba.trafficmanager.net/")]
    [InlineData("https://smba。trafficmanager。net/")]
    [InlineData("https://ｓｍｂａ.trafficmanager.net/")]
    [InlineData("https://xn--mba-4ve.trafficmanager.net/")]
    [InlineData("https://smba.trafficmanager.net%2eevil.com/")]
    [InlineData("https://smba.trafficmanager.net%00.evil.com/")]
    [InlineData("https://smba.infra.gov.teams.microsoft.us/teams")]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://localhost/")]
    [InlineData("https://169.254.169.254/")]
    [InlineData("ftp://smba.trafficmanager.net/")]
    [InlineData("file:///smba.trafficmanager.net")]
    [InlineData("/smba.trafficmanager.net")]
    public void Given_an_address_that_only_looks_like_it_then_it_is_not_trusted(string address)
    {
        if (Uri.TryCreate(address, UriKind.RelativeOrAbsolute, out var uri))
        {
            Assert.Equal(ServiceTrust.None, Trust(uri, Hosts("Production", _ => { })));
        }
    }

    [Theory]
    [InlineData("https://a.example.com/", true)]
    [InlineData("https://a.b.example.com/", true)]
    [InlineData("https://example.com/", false)]
    [InlineData("https://evilexample.com/", false)]
    [InlineData("https://a.example.com.evil.com/", false)]
    [InlineData("https://smba.trafficmanager.net/", false)]
    public void Given_a_pattern_then_it_stands_for_names_below_it_and_replaces_the_clouds_hosts(string address, bool trusted) => Assert.Equal(
        trusted ? ServiceTrust.WithToken : ServiceTrust.None,
        Trust(new(address), Hosts("Production", options => options.TrustedServiceHosts.Add("*.example.com"))));

    [Theory]
    [InlineData("smba.trafficmanager.net", true)]
    [InlineData("*.teams.microsoft.com", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("[::1]", true)]
    [InlineData("localhost", true)]
    [InlineData("*", false)]
    [InlineData("*.", false)]
    [InlineData("*.com", false)]
    [InlineData("*example.com", false)]
    [InlineData("a.*.example.com", false)]
    [InlineData("*.*.example.com", false)]
    [InlineData("*.127.0.0.1", false)]
    [InlineData("https://example.com", false)]
    [InlineData("example.com/teams", false)]
    [InlineData("example.com:443", false)]
    [InlineData("example.com.", false)]
    [InlineData("user@example.com", false)]
    [InlineData("exämple.com", false)]
    [InlineData("", false)]
    [InlineData(" ", false)]
    public void Given_a_setting_then_only_host_names_and_patterns_can_be_used(string pattern, bool can) => Assert.Equal(can, HostPattern.IsOne(pattern));

    [Theory]
    [InlineData("Development", "http://127.0.0.1:9000/", ServiceTrust.WithToken)]
    [InlineData("Development", "https://127.0.0.1:9000/", ServiceTrust.WithToken)]
    [InlineData("Development", "http://127.0.0.2:9000/", ServiceTrust.None)]
    [InlineData("Production", "http://127.0.0.1:9000/", ServiceTrust.None)]
    [InlineData("Production", "https://127.0.0.1:9000/", ServiceTrust.None)]
    [InlineData("Production", "https://127.0.0.1/", ServiceTrust.WithToken)]
    public void Given_a_test_connector_on_this_machine_then_http_and_any_port_are_for_Development(string environment, string address, object trust) =>
        Assert.Equal(trust, Trust(new(address), Hosts(environment, options => options.TrustedServiceHosts.Add("127.0.0.1"))));

    [Theory]
    [InlineData("Development", "http://127.0.0.1:56150/_connector", true, ServiceTrust.WithoutToken)]
    [InlineData("Development", "http://localhost:56150/_connector", true, ServiceTrust.WithoutToken)]
    [InlineData("Development", "http://[::1]:56150/_connector", true, ServiceTrust.WithoutToken)]
    [InlineData("Development", "http://127.0.0.1:56150/_connector", false, ServiceTrust.None)]
    [InlineData("Production", "http://127.0.0.1:56150/_connector", true, ServiceTrust.None)]
    [InlineData("Development", "http://127.0.0.1.evil.com/_connector", true, ServiceTrust.None)]
    public void Given_an_emulator_then_it_gets_messages_and_never_the_token(string environment, string address, bool allowed, object trust) =>
        Assert.Equal(trust, Trust(new(address), Hosts(environment, options => options.AllowEmulator = allowed)));

    [Theory]
    [InlineData("https://connector.example:8443/teams/", ServiceTrust.WithToken)]
    [InlineData("https://connector.example/teams/", ServiceTrust.None)]
    [InlineData("http://connector.example:8443/teams/", ServiceTrust.None)]
    [InlineData("https://connector.example.evil.com:8443/", ServiceTrust.None)]
    public void Given_a_service_address_of_our_own_then_it_is_trusted_as_it_is_written(string address, object trust) =>
        Assert.Equal(trust, Trust(new(address), Hosts("Production", options => options.ServiceUrl = new("https://connector.example:8443/"))));

    [Fact]
    public void Given_a_bot_without_an_app_id_then_there_is_no_token_to_trust_anybody_with() =>
        Assert.Equal(ServiceTrust.None, Trust(new("https://smba.trafficmanager.net/"), Hosts("Development", options => (options.AppId, options.AllowEmulator) = ("", true))));

    private static ServiceTrust Trust(string address) => Trust(new(address), Hosts("Production", _ => { }));

    private static ServiceTrust Trust(Uri address, TrustedHosts hosts) => hosts.Of(address);

    private static TrustedHosts Hosts(string environment, Action<TeamsOptions> change)
    {
        var options = new TeamsOptions { AppId = TestToken.AppId };
        change(options);
        return new TrustedHosts(Options.Create(options), new TestEnvironment(environment));
    }
}
