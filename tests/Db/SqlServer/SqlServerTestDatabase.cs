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
        var database = new SqlServerTestDatabase(connectionString);
        await database.ClearAsync();
        await new Migrator(Engine(connectionString), TimeProvider.System).ApplyAsync(Some.Token);
        return database;
    }

    public IRecord OpenAnother()
    {
        var another = new Database(Engine(connectionString), TimeProvider.System);
        databases.Add(another);
        return another;
    }

    public async Task<object?> ByHandAsync(string sql)
    {
        await using var connection = new SqlConnection(connectionString);
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
        return ValueTask.CompletedTask;
    }

    private static SqlServerEngine Engine(string connectionString) => new(new DatabaseOptions { ConnectionString = connectionString });

    // Views first, then tables, those that refer to others before those.
    private async Task ClearAsync()
    {
        foreach (var view in MigrationSchema.SqlServer.Views.Reverse())
        {
            await ByHandAsync($"DROP VIEW IF EXISTS patchbot.{view}");
        }

        foreach (var table in MigrationSchema.SqlServer.Tables.Keys.Reverse().Append("schema_migration"))
        {
            await ByHandAsync($"DROP TABLE IF EXISTS patchbot.{table}");
        }
    }
}
