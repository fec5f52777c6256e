using System.CommandLine;
using PatchBot.Core.People;
using PatchBot.Db;
using PatchBot.Db.Engines;
using PatchBot.Db.Transfer;

namespace PatchBot.Host.Commands;

/// <summary>Copies the whole record into another, empty database.</summary>
internal static class CopyToCommand
{
    /// <summary>Where a connection string can stand that the shell's history should not keep.</summary>
    public const string Variable = "PATCHBOT_COPY_TO";

    private static readonly PersonId Administrator = new("console:local:admin");

    public static Command Build(CommandHost host)
    {
        var provider = new Option<string>("--provider") { Description = "The other database's engine: sqlite or sqlserver.", Required = true };
        var file = new Option<string>("--file") { Description = "The other SQLite file; made when it is missing." };
        var connection = new Option<string>("--connection-string") { Description = $"Where the other database is. A password is better kept in the environment, in {Variable}." };
        var ledger = new Option<bool>("--ledger") { Description = "Make the copy's audit an append-only ledger table (SQL Server 2022)." };
        var command = new Command("copy-to", "Copies the whole record into another, empty database, such as from SQLite to SQL Server. Stop the bot first.") { provider, file, connection, ledger };
        command.SetAction((parsed, cancellationToken) =>
        {
            var target = new DatabaseOptions
            {
                Provider = parsed.GetRequiredValue(provider),
                File = parsed.GetValue(file) ?? "",
                ConnectionString = parsed.GetValue(connection) ?? (parsed.GetValue(file) is null ? Environment.GetEnvironmentVariable(Variable) : null) ?? "",
                Ledger = parsed.GetValue(ledger),
            };
            return host.RunAsync((services, token) => CopyAsync(services, target, token), cancellationToken, migrate: false);
        });
        return command;
    }

    private static async Task<int> CopyAsync(IServiceProvider services, DatabaseOptions options, CancellationToken cancellationToken)
    {
        if (options.Faults() is { Count: > 0 } faults)
        {
            Console.Error.WriteLine(string.Join(Environment.NewLine, faults.Select(fault => AsOption($"{fault}"))));
            return CommandHost.WrongSettings;
        }

        var (source, target) = (services.GetRequiredService<ISqlEngine>(), DatabaseSetup.EngineFor(options));
        Console.WriteLine($"Copying {source.DisplayName} to {target.DisplayName}. What is recorded from now on is not copied.");
        try
        {
            var report = await new RecordCopy(source, target, services.GetRequiredService<TimeProvider>())
                .CopyAsync(Administrator, (table, rows) => Console.WriteLine($"  {table,-18} {rows,10}"), cancellationToken);
            Console.WriteLine($"Copied. Every table has as many rows as the original, and the copied audit is whole: {report.Entries} entries, and one that tells of the copying.");
            Warn(report);
            return 0;
        }
        catch (TransferException fault)
        {
            Console.Error.WriteLine(fault.Message);
            return CommandHost.Failed;
        }
        finally
        {
            target.CloseIdle();
        }
    }

    private static void Warn(CopyReport report)
    {
        if (report.WasBusy || report.Missed > 0)
        {
            Console.Error.WriteLine(
                $"A bot is running on the original: {report.Missed} audit entries came after the copy was begun and are not in it. "
                + "Stop every bot, delete the copy and copy again, if it is to take the original's place.");
        }
    }

    private static string AsOption(string fault) => fault
        .Replace("Database:ConnectionString", $"--connection-string (or {Variable})", StringComparison.Ordinal)
        .Replace("Database:File", "--file", StringComparison.Ordinal)
        .Replace("Database:Provider", "--provider", StringComparison.Ordinal)
        .Replace("Database:Ledger", "--ledger", StringComparison.Ordinal);
}
