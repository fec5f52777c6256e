using System.Net;
using Microsoft.AspNetCore.Http;
using PatchBot.Adapters.Teams;
using PatchBot.Adapters.Teams.Protocol;

namespace PatchBot.Tests.Teams.Trust;

/// <summary>A local emulator has no token: it passes on this machine, in Development, when allowed, and nowhere else.</summary>
public sealed class EmulatorTests
{
    [Fact]
    public async Task Given_a_local_emulator_in_Development_then_it_is_let_in_and_the_start_says_so()
    {
        await using var door = await TeamsDoor.OpenAsync(Alone);
        Assert.Contains("Teams:AllowEmulator is on", Assert.Single(door.Log.Lines), StringComparison.Ordinal);
        Assert.Null(await door.CallAsync(Emulated(), _ => { }));
        Assert.Null(await door.CallAsync(Emulated() with { ServiceUrl = "http://localhost:56150/_connector" }, http =>
        {
            (http.Connection.RemoteIpAddress, http.Connection.LocalIpAddress) = (IPAddress.IPv6Loopback, IPAddress.IPv6Loopback);
            http.Request.Host = new("[::1]", 3978);
            http.Request.Headers.Authorization = "Bearer whatever";
        }));
    }

    [Theory]
    [InlineData(false, "Development")]
    [InlineData(true, "Production")]
    [InlineData(true, "Staging")]
    [InlineData(true, "")]
    public async Task Given_it_is_not_allowed_or_not_Development_then_no_emulator_is_let_in(bool allowed, string environment)
    {
        await using var door = await TeamsDoor.OpenAsync(options => (options.AppId, options.AllowEmulator) = ("", allowed), environment);
        Assert.Empty(door.Log.Lines);
        Assert.Equal(401, await door.CallAsync(Emulated(), http => http.Request.Headers["x-ms-agents-playground"] = "true"));
    }

    [Theory]
    [InlineData("remote")]
    [InlineData("local")]
    [InlineData("no connection")]
    [InlineData("X-Forwarded-For: 127.0.0.1")]
    [InlineData("X-Forwarded-Host: localhost")]
    [InlineData("Forwarded: for=127.0.0.1")]
    [InlineData("X-Real-IP: 127.0.0.1")]
    [InlineData("Via: 1.1 tunnel")]
    [InlineData("Origin: http://localhost:5080")]
    [InlineData("Sec-Fetch-Site: cross-site")]
    [InlineData("Host: rebound.example")]
    [InlineData("Host: loopback")]
    public async Task Given_a_caller_who_may_be_elsewhere_then_it_is_refused(string how)
    {
        await using var door = await TeamsDoor.OpenAsync(Alone);
        Assert.Equal(401, await door.CallAsync(Emulated(), http =>
        {
            http.Request.Headers["x-ms-agents-playground"] = "true";
            switch (how)
            {
                case "remote":
                    http.Connection.RemoteIpAddress = IPAddress.Parse("192.168.1.10");
                    break;
                case "local":
                    http.Connection.LocalIpAddress = IPAddress.Parse("192.168.1.10");
                    break;
                case "no connection":
                    http.Connection.RemoteIpAddress = null;
                    break;
                default:
                    var (name, value) = (how[..how.IndexOf(':')], how[(how.IndexOf(':') + 2)..]);
                    http.Request.Headers[name] = value;
                    break;
            }
        }));
    }

    [Theory]
    [InlineData("https://smba.trafficmanager.net/emea/")]
    [InlineData("http://127.0.0.1.evil.example/")]
    [InlineData("http://localhost.evil.example/")]
    [InlineData("http://127.0.0.1@evil.example/")]
    [InlineData("http://evil@127.0.0.1/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("//localhost/")]
    [InlineData("")]
    [InlineData(null)]
    public async Task Given_an_answer_would_leave_this_machine_then_the_call_is_refused(string? serviceUrl)
    {
        await using var door = await TeamsDoor.OpenAsync(Alone);
        Assert.Equal(401, await door.CallAsync(Emulated() with { ServiceUrl = serviceUrl }, _ => { }));
    }

    [Fact]
    public async Task Given_a_bot_with_an_app_id_then_a_token_is_judged_even_from_this_machine()
    {
        await using var door = await TeamsDoor.OpenAsync(options => options.AllowEmulator = true);
        Assert.Equal(401, await door.CallAsync(Emulated(TestToken.AppId), http => http.Request.Headers.Authorization = "Bearer whatever-it-is"));
        Assert.Null(await door.CallAsync(Emulated(TestToken.AppId), _ => { }));
        Assert.Null(await door.CallAsync(Emulated($"28:{TestToken.AppId}"), _ => { }));
        Assert.Equal(401, await door.CallAsync(Emulated("00000000-0000-0000-0000-00000000000b"), _ => { }));
    }

    private static void Alone(TeamsOptions options) => (options.AppId, options.AllowEmulator) = ("", true);

    private static Activity Emulated(string recipient = "00000000-0000-0000-0000-00000000000b") => TeamsDoor.Message() with
    {
        ServiceUrl = "http://127.0.0.1:56150/_connector",
        Recipient = new() { Id = recipient },
    };
}
