using System.Globalization;
using Microsoft.Data.SqlClient;

namespace PatchBot.Db.Engines;

/// <summary>What is set on a server and decides how PatchBot uses it. What a server does not know counts as not offered.</summary>
/// <param name="AllowsSnapshots">Readers see one state of the whole database without waiting for writers.</param>
/// <param name="HidesCounts">A server-wide option keeps back how many rows a statement changed, by which stores tell who was first.</param>
internal sealed record ServerTraits(bool AllowsSnapshots, bool HidesCounts)
{
    public static async Task<ServerTraits> AskAsync(SqlConnection connection, CancellationToken cancellationToken) => new(
        await AskAsync(connection, Sql.SnapshotState, cancellationToken) == 1,
        await AskAsync(connection, Sql.HiddenCounts, cancellationToken) > 0);

    public static async Task<bool> OffersLedgerAsync(SqlConnection connection, CancellationToken cancellationToken) =>
        await AskAsync(connection, Sql.Ledger, cancellationToken) == 1;

    public static async Task<bool> OffersLocksAsync(SqlConnection connection, CancellationToken cancellationToken) =>
        await AskAsync(connection, Sql.LockProcedure, cancellationToken) != 0;

    private static async Task<int> AskAsync(SqlConnection connection, string question, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this class.
        command.CommandText = question;
#pragma warning restore CA2100
        try
        {
            return await command.ExecuteScalarAsync(cancellationToken) is { } answer and not DBNull
                ? Convert.ToInt32(answer, CultureInfo.InvariantCulture)
                : 0;
        }
        catch (SqlException fault) when (!SqlServerFaults.IsTransient(fault))
        {
            return 0;
        }
    }

    private static class Sql
    {
        // By name: in Azure, DB_ID() is not the id that sys.databases has.
        public const string SnapshotState = "SELECT CAST(snapshot_isolation_state AS int) FROM sys.databases WHERE name = DB_NAME()";

        public const string HiddenCounts = "SELECT @@OPTIONS & 512";

        public const string LockProcedure = "SELECT OBJECT_ID(N'sys.sp_getapplock')";

        // SQL Server has them since 2022, which is 16. Azure (editions 5 and 8) has them too, and calls itself 12 for ever.
        public const string Ledger = """
            SELECT CASE WHEN CAST(SERVERPROPERTY('EngineEdition') AS int) IN (5, 8)
                          OR CAST(SERVERPROPERTY('ProductMajorVersion') AS int) >= 16 THEN 1 ELSE 0 END
            """;
    }
}
