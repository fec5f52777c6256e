using System.Globalization;
using Microsoft.Data.SqlClient;

namespace PatchBot.Db.Engines;

/// <summary>What is set on a server and decides how PatchBot uses it. What a server does not know counts as not offered.</summary>
/// <param name="AllowsSnapshots">Readers see one state of the whole database without waiting for writers.</param>
/// <param name="HidesCounts">A server-wide option keeps back how many rows a statement changed, by which stores tell who was first.</param>
internal sealed record ServerTraits(bool AllowsSnapshots, bool HidesCounts)
{
    public const int FirstWithLedger = 16;

    public static async Task<ServerTraits> AskAsync(SqlConnection connection, CancellationToken cancellationToken) => new(
        await AskAsync(connection, Sql.SnapshotState, cancellationToken) == 1,
        await AskAsync(connection, Sql.HiddenCounts, cancellationToken) > 0);

    /// <returns>16 for SQL Server 2022; 0 when the server does not tell.</returns>
    public static Task<int> AskVersionAsync(SqlConnection connection, CancellationToken cancellationToken) =>
        AskAsync(connection, Sql.MajorVersion, cancellationToken);

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
        public const string SnapshotState = "SELECT CAST(snapshot_isolation_state AS int) FROM sys.databases WHERE database_id = DB_ID()";

        public const string HiddenCounts = "SELECT @@OPTIONS & 512";

        public const string LockProcedure = "SELECT OBJECT_ID(N'sys.sp_getapplock')";

        public const string MajorVersion = "SELECT CAST(SERVERPROPERTY('ProductMajorVersion') AS int)";
    }
}
