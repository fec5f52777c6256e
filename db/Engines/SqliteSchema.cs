namespace PatchBot.Db.Engines;

/// <summary>SQLite takes a whole migration at once.</summary>
internal sealed class SqliteSchema : ISchemaSteps
{
    public string MakeMigrationTable => Sql.MakeMigrationTable;

    public string ListMigrationColumns => Sql.ListMigrationColumns;

    public string ListColumns => Sql.ListColumns;

    public bool GuardsIds => false;

    public string Now => "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')";

    public IReadOnlyList<string> Batches(string migration) => [migration];

    public string Script(IEnumerable<string> batches) => $"""
        -- Run by the shell: sqlite3 -bail patchbot.db
        PRAGMA foreign_keys = ON;
        BEGIN IMMEDIATE;

        {string.Join("\n\n", batches.Select(batch => $"{batch.TrimEnd().TrimEnd(';')};"))}

        COMMIT;
        """;

    private static class Sql
    {
        public const string MakeMigrationTable = """
            CREATE TABLE IF NOT EXISTS schema_migration
            (
              version    INTEGER NOT NULL,
              name       TEXT    NOT NULL,
              hash       TEXT    NOT NULL,
              applied_at TEXT    NOT NULL,
              CONSTRAINT pk_schema_migration PRIMARY KEY (version)
            ) STRICT
            """;

        public const string ListColumns = """
            SELECT made.name AS table_name, held.name AS column_name, held.type AS type_name, NULL AS size
              FROM sqlite_master AS made
              JOIN pragma_table_info(made.name) AS held
             WHERE made.type = 'table'
             ORDER BY made.name, held.cid
            """;

        public const string ListMigrationColumns = "SELECT name FROM pragma_table_info('schema_migration') ORDER BY cid";
    }
}
