using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using PatchBot.Adapters.Slack.Inbound;
using PatchBot.Adapters.Slack;
using PatchBot.Adapters.Slack.Install;
using PatchBot.Core.Delivery;
using PatchBot.Core.People;
using PatchBot.Core.Record;
using PatchBot.Core.Windows;
using PatchBot.Core.Workspaces;
using PatchBot.Tests.Slack.Socket;
using PatchBot.Tests.Support;
using PatchBot.Tests.Teams.Trust;

namespace PatchBot.Tests.Slack.Install;

/// <summary>One process that workspaces install the app at, over a record that others may share.</summary>
internal sealed class InstallRoom : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly HttpClient browser = new(new HttpClientHandler { AllowAutoRedirect = false });

    private InstallRoom(WebApplication app, UnsteadyRecord record, CapturedLog log) => (this.app, Record, Log) = (app, record, log);

    public UnsteadyRecord Record { get; }

    public CapturedLog Log { get; }

    public IWorkspaces Workspaces => app.Services.GetRequiredService<IWorkspaces>();

    public Uri Address => new(app.Urls.Single());

    public static async Task<InstallRoom> OpenAsync(
        SlackAccountsStub slack, IRecord record, TimeProvider clock, string keys, Action<SlackOptions>? change = null, params string[] admins)
    {
        var options = new SlackOptions
        {
            ClientId = SlackAccountsStub.ClientId, ClientSecret = SlackAccountsStub.ClientSecret, AppToken = "xapp-1", ApiUrl = slack.Api, KeyFolder = keys,
            PublicUrl = new("https://patchbot.example.com"),
        };
        change?.Invoke(options);
        var (unsteady, log) = (new UnsteadyRecord(record), new CapturedLog());
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(log);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var people = new PeopleOptions();
        foreach (var admin in admins)
        {
            people.Admins.Add(admin);
        }

        builder.Services
            .AddSingleton(clock)
            .AddSingleton<IRecord>(unsteady)
            .AddSingleton(Options.Create(options))
            .AddSingleton(Options.Create(people))
            .AddSingleton<IRings>(new Rings([Some.Ring("pilot"), Some.Ring()]))
            .AddSingleton<ChannelDesk>()
            .AddSingleton<WorkspaceDesk>()
            .AddSingleton<InstallStates>()
            .AddSingleton<IHostEnvironment>(new TestEnvironment("Development"))
            .AddSlack()
            .AddSingleton<ISlackDeliveries, FakeDeliveries>();
        var app = builder.Build();
        app.MapSlack();
        await app.StartAsync();
        return new InstallRoom(app, unsteady, log);
    }

    public T Get<T>()
        where T : notnull => app.Services.GetRequiredService<T>();

    public Task<HttpResponseMessage> GetAsync(string path) => browser.GetAsync(new Uri(Address, path), Some.Token);

    /// <summary>Begins an installation, as a browser does.</summary>
    /// <returns>The mark that goes to Slack.</returns>
    public async Task<string> BeginAsync()
    {
        using var answer = await GetAsync(SlackPaths.Install);
        return System.Web.HttpUtility.ParseQueryString(answer.Headers.Location!.Query)["state"]!;
    }

    public Task<HttpResponseMessage> ReturnAsync(string state, string code) => GetAsync($"{SlackPaths.Callback}?state={state}&code={code}");

    /// <summary>A whole installation.</summary>
    public async Task<string> InstallAsync(SlackAccountsStub slack, Grant grant)
    {
        using var answer = await ReturnAsync(await BeginAsync(), slack.Agree(grant));
        var page = await answer.Content.ReadAsStringAsync(Some.Token);
        Assert.True(answer.IsSuccessStatusCode, page);
        return page;
    }

    public async Task<DeliveryException> RefusedAsync(string workspace) =>
        await Assert.ThrowsAsync<DeliveryException>(async () => await Workspaces.TokenAsync(workspace, Some.Token));

    public async ValueTask DisposeAsync()
    {
        browser.Dispose();
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
    }
}

/// <summary>A Slack, a record and a clock, and processes over them.</summary>
public abstract class InstallScene : IAsyncLifetime
{
    private readonly List<InstallRoom> rooms = [];

    internal SlackAccountsStub Slack { get; private set; } = null!;

    internal TestRecord Record { get; private set; } = null!;

    internal FakeTimeProvider Clock { get; } = new(Some.Noon);

    internal string Keys { get; } = Path.Combine(Path.GetTempPath(), "patchbot-tests", $"keys-{Guid.NewGuid():N}");

    public async ValueTask InitializeAsync() => (Slack, Record) = (await SlackAccountsStub.StartAsync(Clock), await TestRecord.CreateAsync(Clock));

    public async ValueTask DisposeAsync()
    {
        foreach (var room in rooms)
        {
            await room.DisposeAsync();
        }

        await Slack.DisposeAsync();
        await Record.DisposeAsync();
        if (Directory.Exists(Keys))
        {
            Directory.Delete(Keys, recursive: true);
        }

        GC.SuppressFinalize(this);
    }

    internal async Task<InstallRoom> OpenAsync(Action<SlackOptions>? change = null, params string[] admins)
    {
        var room = await InstallRoom.OpenAsync(Slack, Record.OpenAnother(), Clock, Keys, change, admins);
        rooms.Add(room);
        return room;
    }

    internal Task<bool> WriteAsync(Func<IRecordSession, Task> work) => Record.WriteAsync(
        async (session, _) =>
        {
            await work(session);
            return true;
        },
        Some.Token);

    internal Task<T> ReadAsync<T>(Func<IRecordSession, Task<T>> work) => Record.ReadAsync((session, _) => work(session), Some.Token);

    internal async Task<IReadOnlyList<string>> AuditAsync() =>
        [.. (await ReadAsync(session => session.Audit.ReadFromAsync(1, 100, Some.Token))).Select(entry => $"{entry.Event.Actor} {entry.Event.Action} {entry.Event.Subject}")];
}
