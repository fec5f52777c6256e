using System.CommandLine;
using Microsoft.Extensions.Options;
using PatchBot.Core.Audit;
using PatchBot.Db;
using PatchBot.Db.Migrations;

namespace PatchBot.Host.Commands;

/// <summary>Looks after the audit.</summary>
internal static class AuditCommand
{
    public static Command Build(CommandHost host)
    {
        var verify = new Command("verify", "Checks every link of the audit chain; exit code 1 when it is broken.");
        verify.SetAction((_, cancellationToken) => host.RunAsync(
            async (services, token) =>
            {
                // A new database would be whole, and would not be the one that was meant.
                if (await PendingAsync(services, token) is { } fault)
                {
                    Console.Error.WriteLine(fault);
                    return CommandHost.NoDatabase;
                }

                var verdict = await services.GetRequiredService<AuditVerifier>().VerifyAsync(token);
                Console.WriteLine(verdict.IsWhole
                    ? $"The audit is whole: {verdict.Entries} entries."
                    : $"The audit is broken after {verdict.Entries} good entries: {verdict.Fault}. Compare with a backup of the database.");
                return verdict.IsWhole ? 0 : CommandHost.Failed;
            },
            cancellationToken,
            migrate: false));
        return new Command("audit", "Looks after the audit.") { verify };
    }

    private static async Task<string?> PendingAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var options = services.GetRequiredService<IOptions<DatabaseOptions>>().Value;
        if (options.ConnectionString.Length == 0 && !File.Exists(options.File))
        {
            return $"There is no database {Path.GetFullPath(options.File)}. Run this in the bot's folder, or name it: --Database:File=FILE";
        }

        var pending = await services.GetRequiredService<Migrator>().PendingAsync(cancellationToken);
        return pending.Count == 0 ? null : $"The database waits for {pending.Count} migrations. Run first: PatchBot migrate";
    }
}
