using PatchBot.Db.Migrations;

namespace PatchBot.Tests.Db.SqlServer.Statements;

/// <summary>What can be known of T-SQL without a server.</summary>
public sealed class StatementTests
{
    [Fact]
    public void Given_a_contract_then_it_runs_on_sql_server_too()
    {
        var types = typeof(StatementTests).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(StoreContract))).ToList();
        Assert.All(types.Where(type => type.IsAbstract), contract => Assert.Contains(types, type => type.BaseType == contract));
    }

    [Fact]
    public void Given_the_migrations_then_every_name_in_them_is_known() => Assert.Empty(SchemaModel.FaultsWith([]));

    [Fact]
    public async Task Given_every_statement_of_the_stores_then_a_server_would_know_every_name_and_parameter()
    {
        var statements = TypedStatement.From(await RecordedContracts.Result);
        Assert.True(statements.Count > 60, $"Only {statements.Count} statements were found.");
        Assert.Empty(SchemaModel.Faults([.. statements.Select(statement => statement.AsProcedure())]));
    }

    [Fact]
    public void Given_the_engines_own_statements_then_they_follow_the_grammar()
    {
        Assert.NotEmpty(StoreStatement.OfSqlServer);
        Assert.All(StoreStatement.OfSqlServer, statement => TSql.Parse(statement.In(new PatchBot.Db.Engines.SqlServerDialect())));
    }

    [Fact]
    public void Given_the_script_of_rights_then_it_follows_the_grammar() => TSql.Parse(RightsScript.For("sqlserver")!);

    [Theory]
    [InlineData("SELECT idd FROM patchbot.patch")]
    [InlineData("SELECT id FROM patchbot.pach")]
    [InlineData("SELECT id FROM patchbot.patch WHERE id = @patch")]
    [InlineData("SELECT LENGHT(id) FROM patchbot.patch")]
    [InlineData("SELECT patchbot.lenght(id) FROM patchbot.patch")]
    [InlineData("UPDATE patchbot.patch SET titel = @id WHERE id = @id")]
    [InlineData("INSERT INTO patchbot.patch_need (patch, needed_id) VALUES (@id, @id)")]
    [InlineData("INSERT INTO patchbot.announcement (ring) OUTPUT inserted.number SELECT @id")]
    [InlineData("WITH open_one AS (SELECT pach FROM patchbot.v_approvals) SELECT pach FROM open_one")]
    [InlineData("SELECT id FROM patchbot.patch WHERE id IN (SELECT value FROM OPENJSON(@id) WITH (text nvarchar(120) '$'))")]
    public void Given_a_statement_that_a_server_would_refuse_then_the_check_finds_it(string statement) =>
        Assert.NotEmpty(SchemaModel.FaultsWith([new TypedStatement("broken", statement, [("id", "nvarchar(120)")]).AsProcedure()]));

    [Theory]
    [InlineData("SELECT id FROM patchbot.patch LIMIT 1")]
    [InlineData("INSERT INTO patchbot.patch_need VALUES ('a', 'b') RETURNING patch_id")]
    [InlineData("SELECT value ->> '$.id' FROM patchbot.patch")]
    [InlineData("CREATE TABLE patchbot.x (id int) WITH (LEDGER = ON (APPEND_ONLY = ON))")]
    public void Given_what_is_not_t_sql_of_2019_then_the_grammar_refuses_it(string statement) =>
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => TSql.Parse(statement));
}
