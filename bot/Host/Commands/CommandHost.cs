using PatchBot.Adapters.Sources.Opening;
using PatchBot.Core;
using PatchBot.Core.Patches.Sources;
using PatchBot.Core.Record;
using PatchBot.Db.Migrations;
using PatchBot.Host.Settings;

namespace PatchBot.Host.Commands;

/// <summary>Sets the stage for commands that do one thing and end: settings, services, a migrated database; and says plainly what went wrong.</summary>
internal sealed class CommandHost(string[] settingWords)
{
    // Exit codes; docs/commands.md lists them.
    public const int Failed = 1;
    public const int WrongSettings = 2;
    public const int NoDatabase = 3;

    /// <summary>Settings given on the command line, as <c>--key=value</c>.</summary>
    public string[] SettingWords { get; } = settingWords;

    /// <param name="clock">Another time than now, for <c>--at</c>.</param>
    public async Task<int> RunAsync(
        Func<IServiceProvider, CancellationToken, Task<int>> work, CancellationToken cancellationToken, TimeProvider? clock = null, bool migrate = true)
    {
        // No web server: a command is over in a second or two, and starting one would be a good part of that.
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings
        {
            Args = SettingWords,
            ContentRootPath = Environment.CurrentDirectory,
            EnvironmentName = EnvironmentName(),
            DisableDefaults = true,
        });
        if (!SettingsFiles.TryLoad(
            () => builder.Configuration
                .AddJsonFile("appsettings.json", optional: true)
                .AddJsonFile($"appsettings.{builder.Environment.EnvironmentName}.json", optional: true)
                .AddEnvironmentVariables()
                .AddCommandLine(SettingWords),
            out _,
            out var unreadable))
        {
            return Refuse([unreadable]);
        }

        var (settings, faults) = PatchBotSettings.Read(
            builder.Configuration, builder.Environment.ContentRootPath, builder.Environment.IsDevelopment(), serves: false);
        if (faults.Count > 0)
        {
            return Refuse(faults);
        }

        builder.Logging.ClearProviders().AddPatchBotConsole(LogLevel.Warning);
        builder.Services.AddPatchBot(settings, clock ?? TimeProvider.System);
        using var app = builder.Build();
        return await GuardAsync(async () =>
        {
            if (migrate)
            {
                await app.Services.GetRequiredService<Migrator>().ApplyAsync(cancellationToken);
            }

            return await work(app.Services, cancellationToken);
        });
    }

    // As the web server finds it, so that a command reads the same settings.
    private string? EnvironmentName() => new ConfigurationBuilder()
        .AddEnvironmentVariables("ASPNETCORE_").AddEnvironmentVariables("DOTNET_").AddCommandLine(SettingWords)
        .Build()[HostDefaults.EnvironmentKey];

    /// <summary>One line a fault, on standard error.</summary>
    public static int Refuse(IReadOnlyList<SettingFault> faults)
    {
        foreach (var fault in faults)
        {
            Console.Error.WriteLine(fault);
        }

        Console.Error.WriteLine(faults.Count == 1 ? "1 setting cannot be used; nothing was started." : $"{faults.Count} settings cannot be used; nothing was started.");
        return WrongSettings;
    }

    /// <summary>Turns what users can cause into one line and an exit code.</summary>
    public static async Task<int> GuardAsync(Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (RecordUnavailableException fault)
        {
            Console.Error.WriteLine(fault.Message);
            return NoDatabase;
        }
        catch (MigrationException fault)
        {
            Console.Error.WriteLine(fault.Message);
            return NoDatabase;
        }
        catch (Exception fault) when (fault is SourceFormatException or SourceAccessException or HttpRequestException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(fault.Message);
            return Failed;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("Stopped.");
            return Failed;
        }
    }
}
