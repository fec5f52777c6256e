using System.CommandLine;
using PatchBot.Db.Migrations;

namespace PatchBot.Host.Commands;

/// <summary>Brings the database to this program's schema.</summary>
internal static class MigrateCommand
{
    public static Command Build(CommandHost host)
    {
        var command = new Command("migrate", "Brings the database to the schema of this program; serving does it by itself.");
        command.SetAction((_, cancellationToken) => host.RunAsync(
            async (services, token) =>
            {
                var applied = await services.GetRequiredService<Migrator>().ApplyAsync(token);
                Console.WriteLine(applied.Count == 0 ? "The database is up to date." : $"Applied: {string.Join(", ", applied.Select(migration => migration.Name))}");
                return 0;
            },
            cancellationToken,
            migrate: false));
        return command;
    }
}
