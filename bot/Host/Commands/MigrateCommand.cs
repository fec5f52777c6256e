using System.CommandLine;
using Microsoft.Extensions.Options;
using PatchBot.Db;
using PatchBot.Db.Migrations;

namespace PatchBot.Host.Commands;

/// <summary>Brings the database to this program's schema, or prints what a DBA runs by hand.</summary>
internal static class MigrateCommand
{
    public static Command Build(CommandHost host)
    {
        var script = new Option<bool>("--script") { Description = "Print the SQL that would be run, and run nothing." };
        var all = new Option<bool>("--all") { Description = "With --script: for a new database, without asking the configured one." };
        var rights = new Option<bool>("--rights") { Description = "Print the SQL that gives SQL Server's login the rights that the bot needs, and run nothing." };
        var command = new Command("migrate", "Brings the database to the schema of this program; serving does it by itself.") { script, all, rights };
        command.SetAction((parsed, cancellationToken) => host.RunAsync(
            (services, token) => parsed.GetValue(rights) ? PrintRightsAsync(services)
                : parsed.GetValue(script) ? PrintAsync(services, parsed.GetValue(all), token)
                : ApplyAsync(services, token),
            cancellationToken,
            migrate: false));
        return command;
    }

    private static async Task<int> ApplyAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var applied = await services.GetRequiredService<Migrator>().ApplyAsync(cancellationToken);
        Console.WriteLine(applied.Count == 0 ? "The database is up to date." : $"Applied: {string.Join(", ", applied.Select(migration => migration.Name))}");
        return 0;
    }

    private static async Task<int> PrintAsync(IServiceProvider services, bool all, CancellationToken cancellationToken)
    {
        var migrator = services.GetRequiredService<Migrator>();
        var pending = all ? migrator.Known : await migrator.PendingAsync(cancellationToken);
        Console.WriteLine(pending.Count == 0 ? "-- The database is up to date." : migrator.Script(pending));
        return 0;
    }

    private static async Task<int> PrintRightsAsync(IServiceProvider services)
    {
        var provider = services.GetRequiredService<IOptions<DatabaseOptions>>().Value.Provider;
        if (RightsScript.For(provider) is not { } script)
        {
            Console.Error.WriteLine($"{provider} has no logins: who may use the record is who may write to its file.");
            return CommandHost.Failed;
        }

        await Console.Out.WriteLineAsync(script);
        return 0;
    }
}
