using PatchBot.Core.Record;
using PatchBot.Db.Engines;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Db;

/// <summary>An engine that the contracts run on.</summary>
public abstract class TestEngine
{
    public static TestEngine Sqlite { get; } = new SqliteTestEngine();

    public abstract Task<ITestDatabase> CreateAsync();

    private sealed class SqliteTestEngine : TestEngine
    {
        public override async Task<ITestDatabase> CreateAsync() => new SqliteTestDatabase(await TestRecord.CreateAsync());
    }

    private sealed class SqliteTestDatabase(TestRecord record) : ITestDatabase
    {
        public IRecord Record => record;

        public IRecord OpenAnother() => record.OpenAnother();

        public Task<object?> ByHandAsync(string sql) => record.ByHandAsync(new SqliteDialect().Translate(sql));

        public ValueTask DisposeAsync() => record.DisposeAsync();
    }
}

/// <summary>A fresh, migrated database that goes when it is disposed.</summary>
public interface ITestDatabase : IAsyncDisposable
{
    IRecord Record { get; }

    /// <summary>What another process would open: shares nothing but the database.</summary>
    IRecord OpenAnother();

    /// <summary>Runs a statement past the stores, written as theirs are.</summary>
    Task<object?> ByHandAsync(string sql);
}
