using System.CommandLine;
using Microsoft.AspNetCore.Connections;
using PatchBot.Adapters.Slack;
using PatchBot.Adapters.Teams;
using PatchBot.Adapters.WebChat;
using PatchBot.Host.Health;
using PatchBot.Host.Settings;

namespace PatchBot.Host.Commands;

/// <summary>The program as a service: web endpoints and background workers, until it is told to stop.</summary>
internal static class ServeCommand
{
    /// <summary>For messages that are on their way: one that is cut off may be sent again by the next process.</summary>
    public static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(4);

    public static Command Build(CommandHost host)
    {
        var command = new Command("serve", "Runs the bot. This is what happens without a command, too.");
        command.SetAction((_, cancellationToken) => RunAsync(host, cancellationToken));
        return command;
    }

    public static async Task<int> RunAsync(CommandHost host, CancellationToken cancellationToken)
    {
        // System.CommandLine waits for a command that is told to stop only once it has come to its first wait.
        await Task.Yield();

        // Settings are read once. Watching their files means watching their folder, where the database may be written all the time.
        Environment.SetEnvironmentVariable("DOTNET_hostBuilder__reloadConfigOnChange", "false");
        ServiceManagers.GoToOwnFolder();
        if (!SettingsFiles.TryLoad(() => WebApplication.CreateSlimBuilder(host.SettingWords), out var builder, out var unreadable))
        {
            return CommandHost.Refuse([unreadable]);
        }

        var (settings, faults) = PatchBotSettings.Read(builder.Configuration, builder.Environment.ContentRootPath, builder.Environment.IsDevelopment());
        if (faults.Count > 0)
        {
            return CommandHost.Refuse(faults);
        }

        // Until it serves, a fault ends the start with one line; the framework would log it with a stack as well.
        var serves = false;
        builder.Logging.ClearProviders().AddPatchBotConsole(LogLevel.Information)
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => serves && level >= LogLevel.Warning);
        builder.WebHost.UseUrls(settings.Urls);
        builder.WebHost.ConfigureKestrel(options => options.AddServerHeader = false);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = StopWithin);
        builder.Services.AddPatchBot(settings, TimeProvider.System).AddServing().AddServiceManagers();
        await using var app = builder.Build();
        app.MapHealth();
        if (settings.ServesWebChat)
        {
            app.MapWebChat();
        }

        if (settings.ServesTeams)
        {
            app.MapTeams();
        }

        if (settings.ServesSlack)
        {
            app.MapSlack();
        }

        return await CommandHost.GuardAsync(async () =>
        {
            if (!await TryStartAsync(app, settings.Urls, cancellationToken))
            {
                return CommandHost.Failed;
            }

            var opening = app.Services.GetRequiredService<Opening>();
            var ended = app.WaitForShutdownAsync(cancellationToken);
            if (await Task.WhenAny(opening.Opened, opening.Waiting, ended) == opening.Waiting)
            {
                Console.WriteLine(ReadyLine.Waiting(app.Urls));
            }

            if (await Task.WhenAny(opening.Opened, ended) == opening.Opened && !opening.Opened.IsCanceled)
            {
                if (opening.Opened.IsFaulted)
                {
                    await app.StopAsync(CancellationToken.None);
                }

                await opening.Opened;
                serves = true;
                Console.WriteLine(ReadyLine.For(app.Urls, settings.ServesWebChat, ReadyLine.Outside(settings)));
            }

            await ended;
            return opening.ExecuteTask is { IsFaulted: true } ? CommandHost.Failed : 0;
        });
    }

    private static async Task<bool> TryStartAsync(WebApplication app, string[] addresses, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
            return true;
        }
        catch (IOException fault) when (fault.InnerException is AddressInUseException)
        {
            Console.Error.WriteLine($"{fault.Message.TrimEnd('.')}. Stop the program that listens there, or give another address: --Urls=http://127.0.0.1:5081");
            return false;
        }
        catch (System.Net.Sockets.SocketException fault)
        {
            Console.Error.WriteLine($"Cannot listen at {string.Join(", ", addresses)}: {fault.Message}. Give an address that this user may listen at: --Urls=http://127.0.0.1:5081");
            return false;
        }
    }
}
