using System.Text.RegularExpressions;

namespace PatchBot.Db.Engines;

/// <summary>Batches end at a line <c>GO</c>, as SQL Server's own tools have it: a view or a trigger takes one of its own.</summary>
/// <param name="ledger">The audit becomes an append-only ledger table.</param>
internal sealed partial class SqlServerSchema(bool ledger) : ISchemaSteps
{
    private const string LedgerOption = "WITH (LEDGER = ON (APPEND_ONLY = ON))";

    public string MakeMigrationTable => Sql.MakeMigrationTable;

    public string ListMigrationColumns => Sql.ListMigrationColumns;

    public string ListColumns => Sql.ListColumns;

    public bool GuardsIds => true;

    public string Now => "TODATETIMEOFFSET(SYSUTCDATETIME(), 0)";

    public IReadOnlyList<string> Batches(string migration)
    {
        var whole = ledger ? migration.Replace($"/* {LedgerOption} */", LedgerOption, StringComparison.Ordinal) : migration;
        return [.. Go().Split(whole).Where(batch => !string.IsNullOrWhiteSpace(batch))];
    }

    // A batch that fails takes the transaction with it, unless it was refused before it ran; after either, NOEXEC keeps the
    // others from running, and what is open at the end is undone.
    public string Script(IEnumerable<string> batches) => $"""
        -- Run in PatchBot's database, with sqlcmd or Management Studio. All or nothing.
        SET XACT_ABORT, ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
        SET NUMERIC_ROUNDABORT, IMPLICIT_TRANSACTIONS OFF;
        GO
        BEGIN TRANSACTION;
        {Sql.Lock}
        GO
        {Sql.StopAfterFault}
        GO

        {string.Join($"\nGO\n{Sql.StopAfterFault}\nGO\n\n", batches.Select(batch => batch.Trim()))}
        GO
        {Sql.StopAfterFault}
        GO

        COMMIT TRANSACTION;
        GO
        SET NOEXEC OFF;
        GO
        IF @@TRANCOUNT > 0 ROLLBACK TRANSACTION;
        GO
        """;

    [GeneratedRegex(@"^[ \t]*GO[ \t]*\r?$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Go();

    internal static class Sql
    {
        public const string MakeMigrationTable = """
            IF SCHEMA_ID(N'patchbot') IS NULL
              EXEC (N'CREATE SCHEMA patchbot');
            IF OBJECT_ID(N'patchbot.schema_migration', N'U') IS NULL
              CREATE TABLE patchbot.schema_migration
              (
                version    int                                          NOT NULL,
                name       nvarchar(100)                                NOT NULL,
                hash       nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
                applied_at datetimeoffset(3)                            NOT NULL,
                CONSTRAINT pk_schema_migration PRIMARY KEY (version)
              );
            """;

        public const string ListMigrationColumns = """
            SELECT COLUMN_NAME
              FROM INFORMATION_SCHEMA.COLUMNS
             WHERE TABLE_SCHEMA = N'patchbot' AND TABLE_NAME = N'schema_migration'
             ORDER BY ORDINAL_POSITION
            """;

        // A ledger table has two more, which the server fills in.
        public const string ListColumns = """
            SELECT TABLE_NAME AS table_name, COLUMN_NAME AS column_name, DATA_TYPE AS type_name, CAST(CHARACTER_MAXIMUM_LENGTH AS bigint) AS size
              FROM INFORMATION_SCHEMA.COLUMNS
             WHERE TABLE_SCHEMA = N'patchbot'
               AND COLUMN_NAME NOT IN (N'ledger_start_transaction_id', N'ledger_start_sequence_number')
             ORDER BY TABLE_NAME, ORDINAL_POSITION
            """;

        public const string StopAfterFault = "IF @@ERROR <> 0 OR @@TRANCOUNT = 0 SET NOEXEC ON;";

        // Held until the transaction ends.
        public const string Lock = """
            DECLARE @taken int;
            EXEC @taken = sys.sp_getapplock @Resource = N'patchbot.migrate', @LockMode = N'Exclusive', @LockOwner = N'Transaction', @LockTimeout = -1;
            IF @taken < 0
            BEGIN
              THROW 51006, N'The lock for migrating could not be had.', 1;
            END;
            """;
    }
}
