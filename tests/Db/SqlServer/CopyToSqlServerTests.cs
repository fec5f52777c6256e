using PatchBot.Core.Audit;
using PatchBot.Db;
using PatchBot.Db.Engines;
using PatchBot.Db.Transfer;
using PatchBot.Tests.Db.Transfer;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Db.SqlServer;

[Collection(SqlServerTestEngine.Name)]
public sealed class CopyToSqlServerTests
{
    [Fact]
    public async Task Given_a_record_when_it_goes_to_sql_server_and_back_then_no_row_has_changed()
    {
        var place = await SqlServerTestEngine.ConnectAsync();
        await using var empty = await SqlServerTestDatabase.CreateAsync(place);
        var server = new SqlServerEngine(new DatabaseOptions { ConnectionString = place });
        await using var origin = await TestRecord.CreateAsync();
        await RecordFile.FillAsync(origin);
        await using var back = await TestRecord.CreateAsync();

        Assert.Equal(3, (await CopyAsync(RecordFile.Engine(origin.File), server)).Entries);
        Assert.Equal(4, (await CopyAsync(server, RecordFile.Engine(back.File))).Entries);

        foreach (var table in RecordTable.All.Where(table => table.Name is not (RecordTable.Audit or "channel")))
        {
            Assert.Equal(await RecordFile.RowsAsync(origin.File, table), await RecordFile.RowsAsync(back.File, table));
        }

        Assert.Equal(
            await RecordFile.RowsAsync(origin.File, RecordTable.All[^1]),
            (await RecordFile.RowsAsync(back.File, RecordTable.All[^1])).Take(3));
        Assert.Equal(new AuditVerdict(5, ""), await new AuditVerifier(back).VerifyAsync(Some.Token));
    }

    [Fact]
    public async Task Given_a_copy_on_sql_server_then_new_rows_get_new_ids_and_a_second_copy_is_refused()
    {
        var place = await SqlServerTestEngine.ConnectAsync();
        await using var empty = await SqlServerTestDatabase.CreateAsync(place);
        var server = new SqlServerEngine(new DatabaseOptions { ConnectionString = place });
        await using var origin = await TestRecord.CreateAsync();
        await RecordFile.FillAsync(origin);
        await CopyAsync(RecordFile.Engine(origin.File), server);

        var refused = await Assert.ThrowsAsync<TransferException>(() => CopyAsync(RecordFile.Engine(origin.File), server));
        Assert.Contains("is not empty; it holds 2 patch", refused.Message, StringComparison.Ordinal);
        await empty.ByHandAsync("INSERT INTO patchbot.announcement (ring, window_start, window_end, stage, made_at) "
            + "VALUES ('production', '2027-01-01', '2027-01-02', 'set', '2026-12-01')");
        Assert.Equal(9L, await empty.ByHandAsync("SELECT MAX(id) FROM patchbot.announcement"));
    }

    private static Task<CopyReport> CopyAsync(ISqlEngine from, ISqlEngine to) =>
        new RecordCopy(from, to, TimeProvider.System).CopyAsync(Some.Manager.Id, (_, _) => { }, Some.Token);
}
