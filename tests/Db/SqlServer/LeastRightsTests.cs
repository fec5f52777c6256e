using Microsoft.Data.SqlClient;
using PatchBot.Db.Engines;
using PatchBot.Db.Migrations;
using PatchBot.Tests.Db.SqlServer.Statements;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Db.SqlServer;

/// <summary>Every statement, on a server, as a user who has only what the script of rights gives.</summary>
[Collection(SqlServerTestEngine.Name)]
public sealed class LeastRightsTests
{
    // Absent values stand for all parameters, and columns that must have one refuse them: by then the rights were looked at.
    private const int NullRefused = 515;

    [Fact]
    public async Task Given_the_least_rights_then_the_bot_may_run_every_statement()
    {
        await using var connection = await ConnectAsBotAsync();
        var statements = TypedStatement.From(await RecordedContracts.Result).Where(statement => statement.Name != "Migrator.Remember");
        var faults = new List<string>();
        foreach (var statement in statements)
        {
            if (await FaultAsync(connection, Declared(statement) + statement.Text) is { } fault && fault.Number != NullRefused)
            {
                faults.Add($"{statement.Name}: {fault.Number} {fault.Message}");
            }
        }

        Assert.Empty(faults);
    }

    [Fact]
    public async Task Given_the_least_rights_then_the_server_answers_what_the_engine_asks_and_lets_it_find_nothing_to_migrate()
    {
        await using var connection = await ConnectAsBotAsync();
        foreach (var statement in StoreStatement.OfSqlServer.Where(statement => !statement.Name.EndsWith("StopAfterFault", StringComparison.Ordinal)))
        {
            var fault = await FaultAsync(connection, statement.In(new SqlServerDialect()));
            Assert.True(fault is null, $"{statement.Name}: {fault?.Message}");
        }

        Assert.True(await ServerTraits.OffersLocksAsync(connection, Some.Token));
        await using var owner = new SqlConnection(await SqlServerTestEngine.ConnectAsync());
        await owner.OpenAsync(Some.Token);
        Assert.Equal(await ServerTraits.AskAsync(owner, Some.Token), await ServerTraits.AskAsync(connection, Some.Token));
    }

    [Theory]
    [InlineData("UPDATE patchbot.audit_entry SET detail = ''")]
    [InlineData("DELETE FROM patchbot.audit_entry")]
    [InlineData("DROP TRIGGER patchbot.tr_audit_entry_update")]
    [InlineData("ALTER TABLE patchbot.patch ADD colour int NULL")]
    [InlineData("DELETE FROM patchbot.decision")]
    public async Task Given_the_least_rights_then_the_bot_may_not_do_more(string statement)
    {
        await using var connection = await ConnectAsBotAsync();
        Assert.NotNull(await FaultAsync(connection, statement));
    }

    // A user without a login is one whom the owner can speak as; the connection is not given to anyone else.
    private static async Task<SqlConnection> ConnectAsBotAsync()
    {
        var place = await SqlServerTestEngine.ConnectAsync();
        await using var database = await SqlServerTestDatabase.CreateAsync(place);
        var connection = new SqlConnection(new SqlConnectionStringBuilder(place) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(Some.Token);
        foreach (var batch in (string[])
        [
            .. new SqlServerSchema(ledger: false).Batches(RightsScript.For("sqlserver")!),
            .. new SqlServerSchema(ledger: false).Batches(RightsScript.For("sqlserver")!),
            "IF DATABASE_PRINCIPAL_ID(N'patchbot_test_bot') IS NULL CREATE USER patchbot_test_bot WITHOUT LOGIN",
            "ALTER ROLE patchbot_bot ADD MEMBER patchbot_test_bot",
            "EXECUTE AS USER = N'patchbot_test_bot'",
        ])
        {
            await RunAsync(connection, batch);
        }

        return connection;
    }

    private static string Declared(TypedStatement statement) =>
        string.Concat(statement.Args.Select(arg => $"DECLARE @{arg.Name} {arg.Type}{(arg.Name == "limit" ? " = 1" : "")};\n"));

    private static async Task<SqlException?> FaultAsync(SqlConnection connection, string statement)
    {
        try
        {
            await RunAsync(connection, $"BEGIN TRANSACTION;\n{statement}");
            return null;
        }
        catch (SqlException fault)
        {
            return fault;
        }
        finally
        {
            await RunAsync(connection, "IF @@TRANCOUNT > 0 ROLLBACK TRANSACTION");
        }
    }

    private static async Task RunAsync(SqlConnection connection, string statement)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Statements of the program and of this test.
        command.CommandText = statement;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(Some.Token);
    }
}
