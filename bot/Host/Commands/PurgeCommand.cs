using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Options;
using PatchBot.Core.People;
using PatchBot.Core.Retention;

namespace PatchBot.Host.Commands;

/// <summary>Forgets old talk and old posts; docs/sql-server.md says what that is and what is never purged.</summary>
internal static class PurgeCommand
{
    private static readonly PersonId Administrator = new("console:local:admin");

    public static Command Build(CommandHost host)
    {
        var before = new Option<string>("--before") { Description = "What is older than this day goes, such as 2025-01-01 (UTC). Otherwise what is older than Retention:Keep." };
        var dry = new Option<bool>("--dry-run") { Description = "Say what would go, and change nothing." };
        var command = new Command("purge", "Deletes old messages of the web chat and posts of windows that are long over; nothing of the audit, the lab or the decisions.") { before, dry };
        command.SetAction((parsed, cancellationToken) => host.RunAsync(
            (services, token) => PurgeAsync(services, parsed.GetValue(before), parsed.GetValue(dry), token), cancellationToken, migrate: false));
        return command;
    }

    private static async Task<int> PurgeAsync(IServiceProvider services, string? day, bool dry, CancellationToken cancellationToken)
    {
        var (purge, now) = (services.GetRequiredService<Purge>(), services.GetRequiredService<TimeProvider>().GetUtcNow());
        var before = now - services.GetRequiredService<IOptions<RetentionOptions>>().Value.Keep;
        if (day is not null && !DateTimeOffset.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out before))
        {
            Console.Error.WriteLine($"--before '{day}' is no day. Write it as 2025-01-31.");
            return CommandHost.WrongSettings;
        }

        if (before > now)
        {
            Console.Error.WriteLine($"--before {day} is in the future; what is there now would all be old.");
            return CommandHost.WrongSettings;
        }

        if (await PresentDatabase.FaultAsync(services, cancellationToken) is { } fault)
        {
            Console.Error.WriteLine(fault);
            return CommandHost.NoDatabase;
        }

        var purged = dry ? await purge.CountAsync(before, cancellationToken) : await purge.RunAsync(before, Administrator, cancellationToken);
        Console.WriteLine(purged.IsNothing ? $"Nothing from before {before:u} is there to be purged." : $"{(dry ? "Would purge" : "Purged")} {purged} from before {before:u}.");
        return 0;
    }
}
