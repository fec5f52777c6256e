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
    private volatile bool opened;

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

    public ISchemaSteps Schema { get; } = new SqliteSchema();

    // SQLite takes one writer at a time anyway.
    public int Writers => 1;

    // Each attempt has waited for Patience already.
    public RetryPlan Retries => new(3, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.MaxValue);

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
            opened = true;
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

    public Task CommitAsync(DbTransaction transaction)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return transaction.CommitAsync(CancellationToken.None);
    }

    public bool IsTransient(DbException fault) => fault is SqliteException { SqliteErrorCode: SqliteFaults.Busy or SqliteFaults.Locked };

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

        // SQLite would make an empty one, and connections that are open would go on writing to the one that was moved.
        if (opened)
        {
            throw new RecordUnavailableException(
                $"The database file {file} is gone. Put it back; to move it, stop the bot first and set Database:File.", new FileNotFoundException(null, file));
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
        // FULL makes every commit survive a power cut.
        public static string Settings(int patience) => string.Create(CultureInfo.InvariantCulture, $"""
            PRAGMA busy_timeout = {patience};
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            """);
    }
}
