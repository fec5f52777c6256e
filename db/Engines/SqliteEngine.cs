using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using PatchBot.Core.Record;
using SQLitePCL;

namespace PatchBot.Db.Engines;

/// <summary>One file, durable at every commit: write-ahead log, synchronised to the disk in full.</summary>
public sealed class SqliteEngine : ISqlEngine
{
    // Settings of the library (SQLITE_CONFIG_MEMSTATUS has no name in the binding), to be made before its first use.
    private const int CountsMemory = 9;

    private readonly string connectionString;
    private readonly string file;
    private readonly KeptConnections kept = new();
    private volatile bool opened;

    // A connection is used by one thread at a time, and nobody asks how much memory there is: without locks for either, each
    // statement takes less. Where the library is in use already, it stays as it is.
    static SqliteEngine()
    {
        Batteries_V2.Init();
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MULTITHREAD);
        _ = raw.sqlite3_config(CountsMemory, 0);
    }

    public SqliteEngine(DatabaseOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var builder = options.ConnectionString.Length > 0
            ? new SqliteConnectionStringBuilder(options.ConnectionString)
            : new SqliteConnectionStringBuilder { DataSource = options.File };
        file = builder.DataSource = Path.GetFullPath(builder.DataSource);
        builder.ForeignKeys = true;
        builder.RecursiveTriggers = true;

        // Connections are kept here instead, with their prepared statements.
        builder.Pooling = false;

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

    public Task<DbConnection> OpenAsync(CancellationToken cancellationToken) => OpenAsync(writes: false, cancellationToken);

    public Task<DbConnection> OpenToWriteAsync(CancellationToken cancellationToken) => OpenAsync(writes: true, cancellationToken);

    public async Task<DbTransaction> BeginAsync(DbConnection connection, bool writes, CancellationToken cancellationToken)
    {
        var transaction = ((SqliteConnection)connection).BeginTransaction(deferred: !writes);
        try
        {
            if (connection is KeptConnection { Memory: { } memory } kept)
            {
                // It changes when another connection commits, in this process or another. What was undone may be remembered too.
                var version = await ReadVersionAsync(transaction, cancellationToken);
                if (kept.MemoryVersion != version || memory.IsLarge)
                {
                    memory.Forget();
                }

                memory.Begin();
                kept.MemoryVersion = null;
            }

            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    public Task<DbTransaction> BeginMigrationAsync(DbConnection connection, CancellationToken cancellationToken) =>
        BeginAsync(connection, writes: true, cancellationToken);

    public async Task CommitAsync(DbTransaction transaction)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        var kept = transaction.Connection as KeptConnection;
        var version = kept?.Memory is null ? null : (long?)await ReadVersionAsync(transaction, CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
        kept?.MemoryVersion = version;
    }

    // As statements that stay prepared: the driver would prepare its own anew for each part.
    public Task SaveAsync(DbTransaction transaction) => Kept(transaction, Sql.Save).ExecuteNonQueryAsync();

    public Task KeepAsync(DbTransaction transaction) => Kept(transaction, Sql.Keep).ExecuteNonQueryAsync();

    public Task UndoAsync(DbTransaction transaction) => Kept(transaction, Sql.Undo).ExecuteNonQueryAsync();

    public bool IsTransient(DbException fault) => fault is SqliteException { SqliteErrorCode: SqliteFaults.Busy or SqliteFaults.Locked };

    public string? Explain(DbException fault) => fault is SqliteException sqlite ? SqliteFaults.Explain(sqlite, file) : null;

    public void CloseIdle() => kept.Close();

    private async Task<DbConnection> OpenAsync(bool writes, CancellationToken cancellationToken)
    {
        MakeFile();
        if (kept.Take(writes) is { } idle)
        {
            return idle;
        }

        var connection = new KeptConnection(connectionString, kept, writes);
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
            connection.Close();
            await connection.DisposeAsync();
            throw;
        }
    }

    private static async Task<long> ReadVersionAsync(DbTransaction transaction, CancellationToken cancellationToken) =>
        (long)(await Kept(transaction, Sql.Version).ExecuteScalarAsync(cancellationToken))!;

    private static DbCommand Kept(DbTransaction transaction, string statement)
    {
        var connection = transaction.Connection as KeptConnection ?? throw new InvalidOperationException("The transaction is over, or another engine's.");
        if (!connection.Commands.TryGetValue(statement, out var command))
        {
            connection.Commands[statement] = command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this engine.
            command.CommandText = statement;
#pragma warning restore CA2100
        }

        command.Transaction = transaction;
        return command;
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

        if (Directory.Exists(file))
        {
            throw new RecordUnavailableException(
                $"The database file {file} cannot be made: there is a folder of that name. Set Database:File to a file, such as {Path.Combine(file, "patchbot.db")}.",
                new IOException(file));
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
        public const string Version = "PRAGMA data_version";

        public const string Save = "SAVEPOINT part";

        public const string Keep = "RELEASE part";

        public const string Undo = "ROLLBACK TO part; RELEASE part";

        // FULL makes every commit survive a power cut. The log is copied into the file when it has 16 MB: the more often a page
        // was written meanwhile, the less there is to copy. 8 MB of pages hold what people work on. What a savepoint would undo is
        // kept in memory; it would be a file of its own for each.
        public static string Settings(int patience) => string.Create(CultureInfo.InvariantCulture, $"""
            PRAGMA busy_timeout = {patience};
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            PRAGMA wal_autocheckpoint = 4000;
            PRAGMA cache_size = -8000;
            PRAGMA temp_store = MEMORY;
            """);
    }
}
