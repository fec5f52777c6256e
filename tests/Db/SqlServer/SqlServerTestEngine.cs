using Microsoft.Data.SqlClient;
using PatchBot.Db;
using PatchBot.Db.Engines;
using PatchBot.Tests.Db.SqlServer.Statements;

namespace PatchBot.Tests.Db.SqlServer;

/// <summary>The server that PATCHBOT_TEST_SQLSERVER names; without it the contracts are skipped.</summary>
public sealed class SqlServerTestEngine : TestEngine
{
    public const string Name = "SQL Server";
    private const string Variable = "PATCHBOT_TEST_SQLSERVER";

    // How the tests' own database differs from a new one: the ends of ALTER DATABASE statements, with semicolons between them.
    private const string VariableOfChanges = "PATCHBOT_TEST_SQLSERVER_ALTER";
    private const string UsualChanges = "SET ALLOW_SNAPSHOT_ISOLATION ON";

    private static readonly Lazy<Task<string>> Place = new(MakePlaceAsync);

    public static SqlServerTestEngine Instance { get; } = new();

    public override async Task<ITestDatabase> CreateAsync() =>
        Recorder.Current is { } recorder ? await RecordedDatabase.CreateAsync(recorder) : await SqlServerTestDatabase.CreateAsync(await ConnectAsync());

    /// <summary>Where the tests' own database is, made at the first call.</summary>
    public static Task<string> ConnectAsync()
    {
        Assert.SkipUnless(
            Environment.GetEnvironmentVariable(Variable) is { Length: > 0 },
            $"{Variable} is not set. Set it to the connection string of a SQL Server on which the tests may make a database.");
        return Place.Value;
    }

    // A database of their own, which goes with the process. Where the login may not make one, the named database is used,
    // but never one that holds a record already.
    private static async Task<string> MakePlaceAsync()
    {
        var given = new SqlConnectionStringBuilder(Environment.GetEnvironmentVariable(Variable)) { Enlist = false };
        var own = new SqlConnectionStringBuilder(given.ConnectionString) { InitialCatalog = $"patchbot_test_{Guid.NewGuid():N}" };
        try
        {
            await ExecuteAsync(given.ConnectionString, $"CREATE DATABASE {own.InitialCatalog}");
        }
        catch (SqlException)
        {
            var known = await new PatchBot.Db.Migrations.Migrator(new SqlServerEngine(new DatabaseOptions { ConnectionString = given.ConnectionString }), TimeProvider.System)
                .PendingAsync(CancellationToken.None);
            Assert.SkipUnless(known.Any(migration => migration.Version == 1), $"{Variable} names a database that holds a record already; the tests would empty it.");
            return given.ConnectionString;
        }

        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            SqlConnection.ClearAllPools();
            TryAsync(given.ConnectionString, $"DROP DATABASE {own.InitialCatalog}").Wait(TimeSpan.FromSeconds(10));
        };

        // The contracts hold without snapshots, and with any collation, too.
        foreach (var change in (Environment.GetEnvironmentVariable(VariableOfChanges) ?? UsualChanges).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            await TryAsync(given.ConnectionString, $"ALTER DATABASE {own.InitialCatalog} {change}");
        }

        return own.ConnectionString;
    }

    private static async Task TryAsync(string connectionString, string statement)
    {
        try
        {
            await ExecuteAsync(connectionString, statement);
        }
        catch (SqlException fault)
        {
            await Console.Error.WriteLineAsync($"{statement}: {fault.Message}");
        }
    }

    private static async Task ExecuteAsync(string connectionString, string statement)
    {
        await using var connection = new SqlConnection(connectionString);
        await connection.OpenAsync(CancellationToken.None);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The name is this class's own.
        command.CommandText = statement;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }
}
