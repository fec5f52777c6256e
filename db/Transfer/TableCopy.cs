namespace PatchBot.Db.Transfer;

/// <summary>Copies one table after the other between two open transactions, a row at a time.</summary>
/// <param name="guardsIds">The target takes ids from outside only where it was told to.</param>
internal sealed class TableCopy(SqlSession from, SqlSession to, bool guardsIds)
{
    /// <returns>How many rows the copy holds: as many as the source.</returns>
    /// <exception cref="TransferException">A row does not fit, or rows are missing.</exception>
    public async Task<long> CopyAsync(CopiedTable table, CancellationToken cancellationToken)
    {
        var guarded = guardsIds && table.Table.Numbered;
        if (guarded)
        {
            await to.ExecuteAsync(Sql.TakeIds(table), new Args(), cancellationToken);
        }

        await foreach (var row in from.StreamAsync(Sql.Read(table), new Args(), cancellationToken))
        {
            var args = table.Take(row);
            await to.ExecuteAsync(Sql.Write(table), args, cancellationToken);
            if (table.Name == RecordTable.Audit)
            {
                await MoveHeadAsync(args, cancellationToken);
            }
        }

        if (guarded)
        {
            await to.ExecuteAsync(Sql.GiveIds(table), new Args(), cancellationToken);
        }

        var (there, here) = (await CountAsync(from, table, cancellationToken), await CountAsync(to, table, cancellationToken));
        return there == here ? here : throw new TransferException($"{table.Name} has {there} rows, and its copy has {here}. Nothing was copied.");
    }

    public static Task<long> CountAsync(SqlSession sql, CopiedTable table, CancellationToken cancellationToken) =>
        sql.FirstAsync<long>(Sql.Count(table), new Args(), cancellationToken);

    /// <returns>How many channels a worker is posting to at this moment.</returns>
    public static Task<long> CountLeasesAsync(SqlSession sql, CancellationToken cancellationToken) =>
        sql.FirstAsync<long>(Sql.CountLeases, new Args().Instant("now", sql.Now), cancellationToken);

    private async Task MoveHeadAsync(Args entry, CancellationToken cancellationToken)
    {
        var values = entry.All.ToArray().ToDictionary(arg => arg.Name, arg => arg.Value, StringComparer.Ordinal);
        await to.ExecuteAsync(Sql.MoveHead, new Args().Number("sequence", (long)values["sequence"]!).Text("hash", (string)values["hash"]!, 64), cancellationToken);
    }

    internal static class Sql
    {
        // The trigger takes one step at a time, so each entry is followed by its head.
        public const string MoveHead = "UPDATE patchbot.audit_head SET sequence = @sequence, hash = @hash WHERE id = 1";

        public const string CountLeases = "SELECT COUNT(*) FROM patchbot.channel WHERE lease_until > @now";

        public static string Count(CopiedTable table) => $"SELECT COUNT(*) FROM patchbot.{table.Name}";

        public static string Read(CopiedTable table) => $"SELECT {table.Columns} FROM patchbot.{table.Name} ORDER BY {table.Key}";

        public static string Write(CopiedTable table) => $"INSERT INTO patchbot.{table.Name} ({table.Columns}) VALUES ({table.Parameters})";

        public static string TakeIds(CopiedTable table) => $"SET IDENTITY_INSERT patchbot.{table.Name} ON";

        public static string GiveIds(CopiedTable table) => $"SET IDENTITY_INSERT patchbot.{table.Name} OFF";
    }
}
