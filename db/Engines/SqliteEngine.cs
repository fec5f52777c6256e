using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using PatchBot.Core.Record;

namespace PatchBot.Db.Engines;

/// <summary>One file, durable at every commit: write-ahead log, synchronised to the disk in full.</summary>
public sealed class SqliteEngine : ISqlEngine
{
    private readonly string connectionString;
    private readonly string file;

    public SqliteEngine(DatabaseOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var builder = options.ConnectionString.Length > 0
            ? new SqliteConnectionStringBuilder(options.ConnectionString)
            : new SqliteConnectionStringBuilder { DataSource = options.File };
        file = builder.DataSource = Path.GetFullPath(builder.DataSource);
        builder.ForeignKeys = true;
        builder.RecursiveTriggers = true;
        builder.Pooling = true;

        // SQLite itself waits for other writers (busy_timeout below); the driver must not wait again on top.
        builder.DefaultTimeout = 1;
        connectionString = builder.ConnectionString;
    }

    public string Name => "sqlite";

    /// <summary>How long SQLite waits for another process's write before a transaction is begun anew.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(3);

    public string DisplayName => file;

    public ISqlDialect Dialect { get; } = new SqliteDialect();

    public string MakeMigrationTable => Sql.MakeMigrationTable;

    public string CountMigrationTables => Sql.CountMigrationTables;

    public bool Exists() => File.Exists(file);

    public async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        MakeFile();
        var connection = new SqliteConnection(connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            await using var settings = connection.CreateCommand();
            #pragma warning disable CA2100 // PRAGMA takes no parameters; the one value is a number of ours.
            settings.CommandText = Sql.Settings((int)Patience.TotalMilliseconds);
#pragma warning restore CA2100
            await settings.ExecuteNonQueryAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public Task<DbTransaction> BeginAsync(DbConnection connection, bool writes, CancellationToken cancellationToken) =>
        Task.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(deferred: !writes));

    public Task<DbTransaction> BeginMigrationAsync(DbConnection connection, CancellationToken cancellationToken) =>
        BeginAsync(connection, writes: true, cancellationToken);

    public bool IsConflict(DbException fault) => fault is SqliteException { SqliteErrorCode: SqliteFaults.Busy or SqliteFaults.Locked };

    public string? Explain(DbException fault) => fault is SqliteException sqlite ? SqliteFaults.Explain(sqlite, file) : null;

    public void CloseIdle()
    {
        using var connection = new SqliteConnection(connectionString);
        SqliteConnection.ClearPool(connection);
    }

    private void MakeFile()
    {
        if (File.Exists(file))
        {
            return;
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            var making = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.ReadWrite };
            if (!OperatingSystem.IsWindows())
            {
                // Lab results and names are nobody else's business; SQLite gives its log files the same mode.
                making.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            File.Open(file, making).Dispose();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new RecordUnavailableException(
                $"The database file {file} cannot be made: {fault.Message} Set Database:File to a place that the bot may write to.", fault);
        }
    }

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

        public const string CountMigrationTables = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'schema_migration'";

        // FULL makes every commit survive a power cut.
        public static string Settings(int patience) => string.Create(CultureInfo.InvariantCulture, $"""
            PRAGMA busy_timeout = {patience};
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            """);
    }
}
