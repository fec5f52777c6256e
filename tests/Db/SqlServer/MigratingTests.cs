using Microsoft.Data.SqlClient;
using PatchBot.Db;
using PatchBot.Db.Engines;
using PatchBot.Db.Migrations;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Db.SqlServer;

/// <summary>The schema on a server: by the program, and by a DBA's hand.</summary>
[Collection(SqlServerTestEngine.Name)]
public sealed class MigratingTests
{
    [Fact]
    public async Task Given_several_processes_that_start_at_once_then_one_of_them_migrates()
    {
        var place = await EmptyAsync();
        var applied = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Migrator(place).ApplyAsync(Some.Token), Some.Token)));
        Assert.Equal(Migration.For("sqlserver"), applied.SelectMany(steps => steps));
        Assert.Empty(await Migrator(place).PendingAsync(Some.Token));
    }

    [Fact]
    public async Task Given_the_script_for_a_dba_when_it_was_run_then_nothing_is_pending()
    {
        var place = await EmptyAsync();
        Assert.Empty(await RunAsync(place, Migrator(place).Script(Migrator(place).Known)));
        Assert.Empty(await Migrator(place).PendingAsync(Some.Token));
        Assert.Empty(await Migrator(place).ApplyAsync(Some.Token));
    }

    // The first is refused before it runs, the second while it runs, the third ends the transaction by itself.
    [Theory, InlineData("SELECT colour FROM patchbot.post"), InlineData("INSERT INTO patchbot.audit_head VALUES (2, 1, '')"), InlineData("ROLLBACK TRANSACTION")]
    public async Task Given_a_batch_that_fails_then_a_tool_that_goes_on_leaves_nothing_behind(string broken)
    {
        var place = await EmptyAsync();
        List<Migration> steps = [.. Migration.For("sqlserver")];
        steps.Insert(1, new Migration(99, "0099-broken", $"{broken}\nGO\nCREATE TABLE patchbot.after_it (id int NOT NULL)"));
        await RunAsync(place, Migrator(place).Script(steps));
        Assert.Equal(Migration.For("sqlserver"), await Migrator(place).PendingAsync(Some.Token));
    }

    private static Migrator Migrator(string place) => new(new SqlServerEngine(new DatabaseOptions { ConnectionString = place }), TimeProvider.System);

    private static async Task<string> EmptyAsync()
    {
        var place = await SqlServerTestEngine.ConnectAsync();
        await SqlServerTestDatabase.ClearAsync(place);
        return place;
    }

    /// <summary>As Management Studio does: each batch, whatever became of the one before.</summary>
    private static async Task<IReadOnlyList<string>> RunAsync(string place, string script)
    {
        await using var connection = new SqlConnection(place);
        await connection.OpenAsync(Some.Token);
        var faults = new List<string>();
        foreach (var batch in new SqlServerSchema(ledger: false).Batches(script))
        {
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The program's own script.
            command.CommandText = batch;
#pragma warning restore CA2100
            try
            {
                await command.ExecuteNonQueryAsync(Some.Token);
            }
            catch (SqlException fault)
            {
                faults.Add(fault.Message);
            }
        }

        return faults;
    }
}
