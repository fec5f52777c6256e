using PatchBot.Db.Engines;
using PatchBot.Db.Migrations;

namespace PatchBot.Host.Commands;

/// <summary>For commands that look at what is there: a new database would be whole, and would not be the one that was meant.</summary>
internal static class PresentDatabase
{
    /// <returns><see langword="null"/> when the database is there and up to date; else what to do.</returns>
    public static async Task<string?> FaultAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var engine = services.GetRequiredService<ISqlEngine>();
        if (!engine.Exists())
        {
            return $"There is no database {engine.DisplayName}. Run this in the bot's folder, or name it: --Database:File=FILE";
        }

        var pending = await services.GetRequiredService<Migrator>().PendingAsync(cancellationToken);
        return pending.Count == 0 ? null : $"The database waits for {pending.Count} migrations. Run first: PatchBot migrate";
    }
}
