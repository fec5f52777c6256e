using PatchBot.Db.Engines;
using PatchBot.Db.Migrations;

namespace PatchBot.Tests.Db.SqlServer.Statements;

public sealed class ServerRuleTests
{
    public static TheoryData<string> Names => [.. StoreStatement.Shared.Select(statement => statement.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Given_a_statement_of_the_stores_then_a_server_does_what_is_meant(string name) =>
        Assert.Empty(ServerRules.Faults(StoreStatement.Shared.Single(statement => statement.Name == name).In(new SqlServerDialect())));

    [Fact]
    public void Given_the_migrations_then_no_batch_uses_a_column_that_it_adds() => Assert.All(
        Migration.For("sqlserver").SelectMany(migration => TSql.Parse(migration.Sql).Batches), batch => Assert.Empty(ServerRules.UsedBeforeItIsThere(batch)));

    [Fact]
    public void Given_what_the_engine_asks_a_server_then_it_means_the_same_in_azure()
    {
        var statements = StoreStatement.OfSqlServer.Select(statement => statement.In(new SqlServerDialect())).ToList();
        Assert.NotEmpty(statements);
        Assert.Empty(statements.SelectMany(SchemaModel.UnknownFunctions));
    }

    // In Azure it is not the id that sys.databases has.
    [Fact]
    public void Given_the_number_of_the_database_then_the_check_finds_it() =>
        Assert.Single(SchemaModel.UnknownFunctions("SELECT name FROM sys.databases WHERE database_id = DB_ID()"));

    [Theory]
    [InlineData("INSERT INTO patchbot.audit_entry (sequence) OUTPUT inserted.hash VALUES (1)")]
    [InlineData("UPDATE patchbot.audit_head SET sequence = 1 OUTPUT inserted.hash WHERE id = 1")]
    [InlineData("SELECT id FROM patchbot.rollout WITH (UPDLOCK, HOLDLOCK) WHERE ring = @ring")]
    [InlineData("SELECT id FROM patchbot.rollout WITH (UPDLOCK, HOLDLOCK) WHERE patch_id = @patch OR ring = @ring")]
    [InlineData("UPDATE patchbot.post WITH (UPDLOCK, HOLDLOCK) SET attempts = 0 WHERE subject = @subject")]
    [InlineData("SELECT id FROM patchbot.decision WITH (HOLDLOCK) WHERE rollout_id = @rollout AND snapshot = @snapshot AND human_id = @human")]
    [InlineData("SELECT id FROM patchbot.patch WHERE id IN (SELECT value FROM OPENJSON(@ids) WITH (value nvarchar(120) '$'))")]
    [InlineData("SELECT id FROM patchbot.post WHERE subject IN (SELECT CONCAT('announcement/', id) FROM patchbot.announcement)")]
    public void Given_what_a_server_refuses_or_holds_too_much_for_then_the_check_finds_it(string statement) => Assert.Single(ServerRules.Faults(statement));

    [Fact]
    public void Given_a_batch_that_uses_what_it_adds_then_the_check_finds_it() => Assert.Single(ServerRules.UsedBeforeItIsThere(
        TSql.Parse("ALTER TABLE patchbot.post ADD colour int NULL; UPDATE patchbot.post SET colour = 1;").Batches[0]));
}
