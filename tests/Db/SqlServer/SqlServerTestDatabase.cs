using Microsoft.Data.SqlClient;
using PatchBot.Core.Record;
using PatchBot.Db;
using PatchBot.Db.Engines;
using PatchBot.Db.Migrations;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Db.SqlServer;

/// <summary>A schema <c>patchbot</c> that was made for one test: everything in it is dropped first, and made again by the migrations.</summary>
internal sealed class SqlServerTestDatabase : ITestDatabase
{
    private readonly List<Database> databases = [];
    private readonly string connectionString;

    private SqlServerTestDatabase(string connectionString)
    {
        this.connectionString = connectionString;
        Record = OpenAnother();
    }

    public IRecord Record { get; }

    public static async Task<ITestDatabase> CreateAsync(string connectionString)
    {
        await ClearAsync(connectionString);
        await new Migrator(Engine(connectionString), TimeProvider.System).ApplyAsync(Some.Token);
        return new SqlServerTestDatabase(connectionString);
    }

    /// <summary>Takes everything away that the migrations make. Views first, then tables, those that refer to others before those.</summary>
    public static async Task ClearAsync(string connectionString)
    {
        foreach (var view in MigrationSchema.SqlServer.Views.Reverse())
        {
            await RunAsync(connectionString, $"DROP VIEW IF EXISTS patchbot.{view}");
        }

        foreach (var table in MigrationSchema.SqlServer.Tables.Keys.Reverse().Append("schema_migration"))
        {
            await RunAsync(connectionString, $"DROP TABLE IF EXISTS patchbot.{table}");
        }
    }

    public IRecord OpenAnother()
    {
        var another = new Database(Engine(connectionString), TimeProvider.System);
        databases.Add(another);
        return another;
    }

    public Task<object?> ByHandAsync(string sql) => RunAsync(connectionString, sql);

    public ValueTask DisposeAsync()
    {
        databases.ForEach(opened => opened.Dispose());
        return ValueTask.CompletedTask;
    }

    private static SqlServerEngine Engine(string connectionString) => new(new DatabaseOptions { ConnectionString = connectionString });

    private static async Task<object?> RunAsync(string connectionString, string sql)
    {
        await using var connection = new SqlConnection(connectionString);
        await connection.OpenAsync(Some.Token);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A test's own statement.
        command.CommandText = sql;
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync(Some.Token);
    }
}
