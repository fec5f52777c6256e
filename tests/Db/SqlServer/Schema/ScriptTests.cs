using Microsoft.SqlServer.TransactSql.ScriptDom;
using PatchBot.Db;
using PatchBot.Db.Engines;
using PatchBot.Db.Migrations;

namespace PatchBot.Tests.Db.SqlServer;

public sealed class ScriptTests
{
    [Fact]
    public void Given_the_script_for_a_dba_then_it_runs_each_migration_and_records_it_in_one_transaction()
    {
        var migrator = Migrator(ledger: false);
        var script = migrator.Script(migrator.Known);

        var batches = TSql.Parse(script).Batches.Select(batch => batch.Statements.ToList()).ToList();
        Assert.Single(TSql.Find<BeginTransactionStatement>(TSql.Parse(script)));
        Assert.Contains(batches[^3], statement => statement is CommitTransactionStatement);
        foreach (var migration in migrator.Known)
        {
            Assert.All(new SqlServerSchema(ledger: false).Batches(migration.Sql), batch => Assert.Contains(batch.Trim(), script, StringComparison.Ordinal));
            Assert.Contains($"VALUES ({migration.Version}, '{migration.Name}', '{migration.Hash}', TODATETIMEOFFSET(SYSUTCDATETIME(), 0))", script, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Given_a_batch_that_fails_then_none_behind_it_runs_and_nothing_is_committed()
    {
        var batches = TSql.Parse(Migrator(ledger: false).Script(Migration.For("sqlserver"))).Batches;
        var first = batches.ToList().FindIndex(batch => TSql.Find<BeginTransactionStatement>(batch).Count > 0);
        var commit = batches.ToList().FindIndex(batch => TSql.Find<CommitTransactionStatement>(batch).Count > 0);
        for (var at = first; at < commit; at += 2)
        {
            // Not in one batch with what it looks at: that may be refused as a whole, and its transaction stays open then.
            Assert.Equal("IF @@ERROR <> 0 OR @@TRANCOUNT = 0 SET NOEXEC ON;", TSql.TextOf(Assert.Single(batches[at + 1].Statements)));
        }

        Assert.Equal(
            ["SET NOEXEC OFF;", "IF @@TRANCOUNT > 0 ROLLBACK TRANSACTION;"],
            batches.Skip(commit + 1).Select(batch => TSql.TextOf(Assert.Single(batch.Statements))));
    }

    [Fact]
    public void Given_the_setting_for_a_ledger_then_the_audit_is_one_and_nothing_else_is()
    {
        var plain = string.Concat(new SqlServerSchema(ledger: false).Batches(Migration.For("sqlserver")[0].Sql));
        var ledger = string.Concat(new SqlServerSchema(ledger: true).Batches(Migration.For("sqlserver")[0].Sql));
        Assert.NotEqual(plain, ledger);
        Assert.Equal(plain, ledger.Replace("WITH (LEDGER = ON (APPEND_ONLY = ON))", "/* WITH (LEDGER = ON (APPEND_ONLY = ON)) */", StringComparison.Ordinal));

        var batches = string.Join("\nGO\n", new SqlServerSchema(ledger: true).Batches(Migration.For("sqlserver")[0].Sql));
        new TSql160Parser(initialQuotedIdentifiers: true).Parse(new StringReader(batches), out var errors);
        Assert.Empty(errors);
    }

    private static Migrator Migrator(bool ledger) =>
        new(new SqlServerEngine(new DatabaseOptions { ConnectionString = "Server=sql01;Database=patchbot", Ledger = ledger }), TimeProvider.System);
}
