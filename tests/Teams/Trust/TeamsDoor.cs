using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using PatchBot.Adapters.Teams;
using PatchBot.Adapters.Teams.Protocol;
using PatchBot.Adapters.Teams.Trust;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Teams.Trust;

/// <summary>The bot's door: the check of callers as it is composed, its keys at a local issuer, all that it logs.</summary>
internal sealed class TeamsDoor : IAsyncDisposable
{
    public const string Tenant = "5f0c2e6a-9d0b-4f3e-8a54-0b7a1d2c3e4f";
    public const string OtherTenant = "c0ffee00-1111-2222-3333-444455556666";
    public const string BodyText = "what someone wrote in confidence";

    private readonly ServiceProvider services;

    private TeamsDoor(ServiceProvider services, LocalIssuer issuer, FakeTimeProvider clock, CapturedLog log) =>
        (this.services, Issuer, Clock, Log) = (services, issuer, clock, log);

    public LocalIssuer Issuer { get; }

    public ICallerCheck Check => services.GetRequiredService<ICallerCheck>();

    public FakeTimeProvider Clock { get; }

    public CapturedLog Log { get; }

    public static async Task<TeamsDoor> OpenAsync(Action<TeamsOptions>? change = null, string environment = "Development")
    {
        var issuer = await LocalIssuer.StartAsync();
        var options = new TeamsOptions { AppId = TestToken.AppId, TenantId = Tenant, ClientSecret = "s", OpenIdMetadata = issuer.Metadata };
        change?.Invoke(options);
        var (clock, log) = (new FakeTimeProvider(Some.Noon), new CapturedLog());
        var services = new ServiceCollection()
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton<IHostEnvironment>(new TestEnvironment(environment))
            .AddSingleton(Options.Create(options))
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log))
            .AddTeamsTrust()
            .BuildServiceProvider();
        foreach (var hosted in services.GetServices<IHostedService>())
        {
            await hosted.StartAsync(Some.Token);
        }

        return new TeamsDoor(services, issuer, clock, log);
    }

    public static Activity Message() => new()
    {
        Type = "message",
        Id = "1700000000000",
        ChannelId = "msteams",
        ServiceUrl = TestToken.ServiceUrl,
        Text = BodyText,
        Recipient = new() { Id = $"28:{TestToken.AppId}" },
        Conversation = new() { Id = "19:x@thread.tacv2", TenantId = Tenant },
        ChannelData = new() { Tenant = new() { Id = Tenant } },
    };

    public TestToken NewToken() => new(Clock.GetUtcNow());

    public Task<int?> CallAsync(TestToken token, Activity? message = null) => CallAsync(token.ToString(), message);

    public Task<int?> CallAsync(string token, Activity? message = null) =>
        CallAsync(message ?? Message(), http => http.Request.Headers.Authorization = $"Bearer {token}");

    /// <returns>The status to refuse with; <see langword="null"/> when the caller is let in.</returns>
    public async Task<int?> CallAsync(Activity message, Action<HttpContext> change)
    {
        var http = new DefaultHttpContext { TraceIdentifier = "request-1" };
        (http.Connection.RemoteIpAddress, http.Connection.LocalIpAddress) = (IPAddress.Loopback, IPAddress.Loopback);
        http.Request.Host = new("127.0.0.1", 5080);
        change(http);
        var status = await services.GetRequiredService<ICallerCheck>().RefuseAsync(http, message, Some.Token);
        Assert.Equal(status == 401, http.Response.Headers.WWWAuthenticate == "Bearer");
        AssertNothingSecretLogged(http);
        return status;
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await Issuer.DisposeAsync();
    }

    private void AssertNothingSecretLogged(HttpContext http)
    {
        var log = Log.Text;
        Assert.DoesNotContain(BodyText, log, StringComparison.Ordinal);
        Assert.DoesNotContain("trafficmanager", log, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", log, StringComparison.Ordinal);
        foreach (var part in http.Request.Headers.Authorization.SelectMany(header => header!.Split('.', ' ')).Where(part => part.Length > 8))
        {
            Assert.DoesNotContain(part, log, StringComparison.Ordinal);
        }
    }
}

internal sealed class TestEnvironment(string name) : IHostEnvironment
{
    public string EnvironmentName { get; set; } = name;

    public string ApplicationName { get; set; } = "PatchBot";

    public string ContentRootPath { get; set; } = AppContext.BaseDirectory;

    public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
}
