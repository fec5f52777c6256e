using Microsoft.Data.Sqlite;
using PatchBot.Core.Record;
using PatchBot.Db;
using PatchBot.Db.Engines;
using PatchBot.Db.Migrations;

namespace PatchBot.Tests.Support;

/// <summary>A record on a SQLite file of its own, migrated and empty; the file goes when this does.</summary>
public sealed class TestRecord : IRecord, IAsyncDisposable
{
    // Migrated once, then copied: a fresh record costs a file copy.
    private static readonly Lazy<Task<byte[]>> Template = new(MakeTemplateAsync);

    private readonly List<Database> databases = [];
    private readonly Database database;
    private readonly TimeProvider clock;

    private TestRecord(string file, TimeProvider clock)
    {
        (File, this.clock) = (file, clock);
        database = OpenAnother();
    }

    public string File { get; }

    public static async Task<TestRecord> CreateAsync(TimeProvider? clock = null)
    {
        var file = NewFile();
        await System.IO.File.WriteAllBytesAsync(file, await Template.Value, Some.Token);
        return new TestRecord(file, clock ?? TimeProvider.System);
    }

    public static string NewFile()
    {
        var folder = Path.Combine(Path.GetTempPath(), "patchbot-tests");
        Directory.CreateDirectory(folder);
        return Path.Combine(folder, $"{Guid.NewGuid():N}.db");
    }

    /// <summary>What another process would open: shares nothing but the file.</summary>
    public Database OpenAnother()
    {
        var another = new Database(new SqliteEngine(new DatabaseOptions { File = File }), clock);
        databases.Add(another);
        return another;
    }

    public Task<T> WriteAsync<T>(Func<IRecordSession, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        database.WriteAsync(work, cancellationToken);

    public Task<T> ReadAsync<T>(Func<IRecordSession, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        database.ReadAsync(work, cancellationToken);

    /// <summary>Runs a statement past the stores, as someone with a database browser would.</summary>
    public async Task<object?> ByHandAsync(string sql)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = File, Pooling = false }.ConnectionString);
        await connection.OpenAsync(Some.Token);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A test's own statement.
        command.CommandText = sql;
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync(Some.Token);
    }

    public ValueTask DisposeAsync()
    {
        databases.ForEach(opened => opened.Dispose());
        Delete(File);
        return ValueTask.CompletedTask;
    }

    public static void Delete(string file)
    {
        foreach (var part in (string[])[file, $"{file}-wal", $"{file}-shm"])
        {
            System.IO.File.Delete(part);
        }
    }

    private static async Task<byte[]> MakeTemplateAsync()
    {
        var file = NewFile();
        var engine = new SqliteEngine(new DatabaseOptions { File = file });
        try
        {
            await new Migrator(engine, TimeProvider.System).ApplyAsync(CancellationToken.None);
            engine.CloseIdle();
            return await System.IO.File.ReadAllBytesAsync(file, CancellationToken.None);
        }
        finally
        {
            Delete(file);
        }
    }
}
