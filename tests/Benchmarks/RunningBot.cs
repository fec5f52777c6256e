using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PatchBot.Adapters.Sources;
using PatchBot.Adapters.WebChat;
using PatchBot.Core.Delivery;
using PatchBot.Core.Patches.Intake;
using PatchBot.Core.Patches.Sources;
using PatchBot.Core.People;
using PatchBot.Core.Record;
using PatchBot.Core.Windows;
using PatchBot.Db.Migrations;
using PatchBot.Host;
using PatchBot.Host.Health;
using PatchBot.Host.Settings;

namespace PatchBot.Benchmarks;

/// <summary>The whole bot in this process: the trial's rings and people, a real database file, a server on loopback.</summary>
internal sealed class RunningBot : IAsyncDisposable
{
    private static readonly Person Importer = new(new PersonId("console:local:admin"), "Console");

    private readonly WebApplication app;
    private readonly DirectoryInfo? folder;

    private RunningBot(WebApplication app, DirectoryInfo? folder)
    {
        (this.app, this.folder) = (app, folder);
    }

    public IServiceProvider Services => app.Services;

    public Uri Address => new(app.Urls.Single());

    /// <param name="serve">With the web server and the workers; otherwise only the record and its rules.</param>
    /// <param name="database">A file that stays; otherwise a new one that goes with the bot.</param>
    /// <param name="also">Services in place of those that the program has.</param>
    public static async Task<RunningBot> StartAsync(bool serve, FileInfo? database = null, TimeProvider? clock = null, Action<IServiceCollection>? also = null)
    {
        var folder = database is null ? Directory.CreateTempSubdirectory("patchbot-bench-") : null;
        var file = database?.FullName ?? Path.Combine(folder!.FullName, "patchbot.db");
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create("Database:File", (string?)file)]);
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var (settings, faults) = PatchBotSettings.Read(builder.Configuration, Path.GetDirectoryName(file)!);
        if (faults.Count > 0)
        {
            throw new InvalidOperationException(string.Join('\n', faults));
        }

        builder.Services.AddRoutingCore().AddPatchBot(settings, clock ?? TimeProvider.System);
        also?.Invoke(builder.Services);
        if (serve)
        {
            builder.Services.AddServing();
        }

        var app = builder.Build();
        if (serve)
        {
            app.MapWebChat();
            await app.StartAsync();
            await app.Services.GetRequiredService<Opening>().Opened;
        }
        else
        {
            await app.Services.GetRequiredService<Migrator>().ApplyAsync(CancellationToken.None);
        }

        return new RunningBot(app, folder);
    }

    public async Task<IntakeResult> ImportAsync(byte[] document)
    {
        var read = await ReadAsync(document);
        return await Services.GetRequiredService<PatchIntake>().TakeAsync(read, Importer, new IntakeWish(), CancellationToken.None);
    }

    public async Task<PatchDocument> ReadAsync(byte[] document)
    {
        await using var input = new SourceInput("month", new MemoryStream(document, writable: false));
        return await Services.GetRequiredService<PatchCatalogues>().ReadAsync(input, CancellationToken.None);
    }

    /// <summary>The channels of the web chat, which the server makes known otherwise.</summary>
    public Task FollowAllAsync() => Services.GetRequiredService<IRecord>().WriteAsync(
        async (session, token) =>
        {
            var channel = new ChannelRef(WebChatOptions.Platform, "patching");
            await session.Channels.SaveAsync(new Channel(channel, "Patching", ChannelState.Active), token);
            foreach (var ring in Services.GetRequiredService<IRings>().All)
            {
                await session.Channels.SubscribeAsync(new Subscription(channel, ring.Key, Topic.Patches), token);
            }

            return true;
        },
        CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        folder?.Delete(recursive: true);
    }
}
