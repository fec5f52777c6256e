using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PatchBot.Adapters.Slack;
using PatchBot.Adapters.Slack.Install;
using PatchBot.Adapters.Teams;
using PatchBot.Adapters.Teams.Trust;
using PatchBot.Adapters.Wire;
using PatchBot.Host;
using PatchBot.Host.Health;
using PatchBot.Host.Settings;
using PatchBot.Tests.Slack.Inbound;
using PatchBot.Tests.Support;
using PatchBot.Tests.Teams.Inbound;
using PatchBot.Tests.Teams.Outbound.Stub;
using PatchBot.Tests.Teams.Trust;

namespace PatchBot.Tests.Twins;

/// <summary>The program as the host composes it, workers included, over a record's file; it listens on loopback.</summary>
internal sealed class TwinProcess : IAsyncDisposable
{
    private readonly WebApplication app;

    private TwinProcess(WebApplication app, CapturedLog log)
    {
        (this.app, Log) = (app, log);
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public HttpClient Client { get; }

    public CapturedLog Log { get; }

    /// <param name="settings">What <c>appsettings.json</c> would say; whatever platform it configures is served.</param>
    public static async Task<TwinProcess> StartAsync(IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = Environments.Development });
        builder.Configuration.AddInMemoryCollection(settings);
        var (read, faults) = PatchBotSettings.Read(builder.Configuration, AppContext.BaseDirectory, development: true);
        Assert.Empty(faults);
        var log = new CapturedLog();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.AddProvider(log).AddFilter("Microsoft", LogLevel.Warning);
        builder.Services.AddRoutingCore().AddPatchBot(read, TimeProvider.System).AddServing();
        if (read.ServesTeams)
        {
            builder.Services.AddSingleton<ICallerCheck, OpenDoor>().AddSingleton<IServiceTokens, FakeTokens>();
        }

        if (read.ServesSlack)
        {
            var workspaces = new Slack.Outbound.Stub.FakeWorkspaces();
            workspaces.Known.Add(new SlackWorkspace(SlackRoom.Team, "Patch Works", SlackRoom.BotUser, SlackRoom.BotId, "A01APP", IsOrganisation: false));
            builder.Services.AddSingleton<IWorkspaces>(workspaces);
        }

        var app = builder.Build();
        if (read.ServesTeams)
        {
            app.MapTeams();
        }

        if (read.ServesSlack)
        {
            app.MapSlack();
        }

        await app.StartAsync(Some.Token);
        await app.Services.GetRequiredService<Opening>().Opened.WaitAsync(Some.Token);
        return new TwinProcess(app, log);
    }

    public T Get<T>()
        where T : notnull => app.Services.GetRequiredService<T>();

    /// <summary>All that was begun by calls and goes on after their answers is done.</summary>
    public async Task SettleAsync()
    {
        // What goes on may begin something that goes on.
        for (var round = 0; round < 4; round++)
        {
            await Get<BackgroundTurns>().StopAsync(Some.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
    }
}
