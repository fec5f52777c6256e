using System.Data.Common;
using PatchBot.Core.Record;
using PatchBot.Db;
using PatchBot.Db.Engines;
using PatchBot.Db.Migrations;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Db.SqlServer.Statements;

/// <summary>SQLite, with every parameter noted.</summary>
internal sealed class RecordedDatabase(TestRecord file, Recorder recorder) : ITestDatabase
{
    private readonly List<Database> databases = [];

    public IRecord Record => field ??= OpenAnother();

    public static async Task<ITestDatabase> CreateAsync(Recorder recorder) => new RecordedDatabase(await TestRecord.CreateAsync(), recorder);

    /// <summary>Records what a migration runs besides the migration.</summary>
    public static async Task MigrateAsync(Recorder recorder)
    {
        var file = TestRecord.NewFile();
        var engine = new RecordingEngine(new SqliteEngine(new DatabaseOptions { File = file }), recorder);
        await new Migrator(engine, TimeProvider.System).ApplyAsync(Some.Token);
        engine.CloseIdle();
        TestRecord.Delete(file);
    }

    public IRecord OpenAnother()
    {
        var another = new Database(new RecordingEngine(new SqliteEngine(new DatabaseOptions { File = file.File }), recorder), TimeProvider.System);
        databases.Add(another);
        return another;
    }

    public Task<object?> ByHandAsync(string sql) => file.ByHandAsync(new SqliteDialect().Translate(sql));

    public ValueTask DisposeAsync()
    {
        databases.ForEach(opened => opened.Dispose());
        return file.DisposeAsync();
    }

    private sealed class RecordingEngine(ISqlEngine inner, Recorder recorder) : ISqlEngine
    {
        public string Name => inner.Name;

        public string DisplayName => inner.DisplayName;

        public ISqlDialect Dialect { get; } = new RecordingDialect(inner.Dialect, recorder);

        public ISchemaSteps Schema => inner.Schema;

        public int Writers => inner.Writers;

        public RetryPlan Retries => inner.Retries;

        public bool Exists() => inner.Exists();

        public Task<DbConnection> OpenAsync(CancellationToken cancellationToken) => inner.OpenAsync(cancellationToken);

        public Task<DbTransaction> BeginAsync(DbConnection connection, bool writes, CancellationToken cancellationToken) =>
            inner.BeginAsync(connection, writes, cancellationToken);

        public Task<DbTransaction> BeginMigrationAsync(DbConnection connection, CancellationToken cancellationToken) =>
            inner.BeginMigrationAsync(connection, cancellationToken);

        public Task SaveAsync(DbTransaction transaction) => inner.SaveAsync(transaction);

        public Task KeepAsync(DbTransaction transaction) => inner.KeepAsync(transaction);

        public Task UndoAsync(DbTransaction transaction) => inner.UndoAsync(transaction);

        public Task CommitAsync(DbTransaction transaction) => inner.CommitAsync(transaction);

        public bool IsTransient(DbException fault) => inner.IsTransient(fault);

        public string? Explain(DbException fault) => inner.Explain(fault);

        public void CloseIdle() => inner.CloseIdle();
    }

    private sealed class RecordingDialect(ISqlDialect inner, Recorder recorder) : ISqlDialect
    {
        public string Limit => inner.Limit;

        public string Hold => inner.Hold;

        // As on the server, whose statements these are about to be.
        public bool WritesSideBySide => true;

        public string Output(string column) => inner.Output(column);

        public string Returning(string column) => inner.Returning(column);

        public string TextsIn(string parameter, int size) => inner.TextsIn(parameter, size);

        public string RowsIn(string parameter, params ReadOnlySpan<SqlColumn> columns) => inner.RowsIn(parameter, columns);

        public string Translate(string statement) => inner.Translate(statement);

        public void Bind(DbCommand command, int place, SqlArg arg)
        {
            recorder.Note(command.CommandText, arg);
            inner.Bind(command, place, arg);
        }
    }
}
