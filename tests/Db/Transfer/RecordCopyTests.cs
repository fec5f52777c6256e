using PatchBot.Core.Audit;
using PatchBot.Core.Lab;
using PatchBot.Core.Record;
using PatchBot.Db.Transfer;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Db.Transfer;

public sealed class RecordCopyTests : IAsyncLifetime
{
    private readonly string copyFile = TestRecord.NewFile();
    private TestRecord origin = null!;

    public async ValueTask InitializeAsync()
    {
        origin = await TestRecord.CreateAsync();
        await RecordFile.FillAsync(origin);
    }

    public async ValueTask DisposeAsync()
    {
        await origin.DisposeAsync();
        RecordFile.Engine(copyFile).CloseIdle();
        TestRecord.Delete(copyFile);
    }

    [Fact]
    public async Task Given_something_in_every_table_when_it_is_copied_then_every_row_arrives_as_it_was()
    {
        var told = new Dictionary<string, long>();
        var report = await CopyAsync(tell: told.Add);

        Assert.Equal(3, report.Entries);
        foreach (var table in RecordTable.All.Where(table => table.Name is not (RecordTable.Audit or "channel")))
        {
            var rows = await RecordFile.RowsAsync(origin.File, table);
            Assert.NotEmpty(rows);
            Assert.Equal(rows, await RecordFile.RowsAsync(copyFile, table));
            Assert.Equal(rows.Count, told[table.Name]);
        }
    }

    [Fact]
    public async Task Given_a_lease_then_it_stays_behind_and_the_report_tells_of_the_worker()
    {
        Assert.True((await CopyAsync()).WasBusy);
        Assert.Equal(
            "platform=webchat | channel_id=patching | name=Patching | address= | state=Active | lease_owner=∅ | lease_until=∅ | not_before=∅ | due_at=2026-11-10T12:00:00.000Z | stopped_at=∅ | stopped_why=∅ | told_at=∅",
            (await RecordFile.RowsAsync(copyFile, RecordTable.All.Single(table => table.Name == "channel")))[^1]);
    }

    [Fact]
    public async Task Given_a_copy_then_its_audit_is_the_same_chain_with_one_link_more_that_tells_where_it_came_from()
    {
        await CopyAsync();

        using var copy = new PatchBot.Db.Database(RecordFile.Engine(copyFile), TimeProvider.System);
        Assert.Equal(new AuditVerdict(4, ""), await new AuditVerifier(copy).VerifyAsync(Some.Token));
        var (before, after) = (await EntriesAsync(origin), await EntriesAsync(copy));
        Assert.Equal(before, after.Take(3));
        Assert.Equal("record.copied", after[3].Event.Action);
        Assert.Contains($"{origin.File}, whose audit ended at entry 3 with {before[2].Hash}", after[3].Event.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_record_made_by_the_rules_when_it_is_copied_then_the_bot_goes_on_there()
    {
        await using var bot = await Bot.StartAsync();
        var approved = await bot.ApprovedAsync("KB5032196");
        await bot.LabAsync("KB5032196", LabOutcome.Fail, "hv-lab-09");
        await bot.ImportAsync("2026-Nov", ("KB5032197", Some.Facts()), ("KB5032198", Some.Facts(severity: PatchBot.Core.Patches.Severity.Low)));
        await bot.PassTimeAsync(approved.Window!.Start);

        await CopyAsync(bot.File);

        foreach (var table in RecordTable.All.Where(table => table.Name != RecordTable.Audit))
        {
            Assert.Equal(await RecordFile.RowsAsync(bot.File, table), await RecordFile.RowsAsync(copyFile, table));
        }

        using var copy = new PatchBot.Db.Database(RecordFile.Engine(copyFile), TimeProvider.System);
        var newest = await copy.WriteAsync((session, token) => session.Lab.AddAsync(
            new LabReport(0, new(Bot.Ops, "99"), null, Some.Engineer, Some.Noon, "pass"),
            [new LabResult(0, 0, new("KB5032197"), LabOutcome.Pass, "hv", "", Some.Engineer, Some.Noon)], token), Some.Token);
        Assert.Equal(3, newest.Id);
        Assert.True((await new AuditVerifier(copy).VerifyAsync(Some.Token)).IsWhole);
    }

    [Fact]
    public async Task Given_a_target_with_something_in_it_then_it_is_refused_by_name_and_left_alone()
    {
        await CopyAsync();
        var refused = await Assert.ThrowsAsync<TransferException>(() => CopyAsync());
        Assert.Contains("is not empty; it holds 2 patch, 3 patch_cve,", refused.Message, StringComparison.Ordinal);
        Assert.Contains("4 audit_entry", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_row_that_cannot_be_written_then_nothing_is_copied()
    {
        await using var target = await TestRecord.CreateAsync();
        await target.ByHandAsync("CREATE TRIGGER no_posts BEFORE INSERT ON post BEGIN SELECT RAISE(ABORT, 'no posts here'); END");

        var failed = await Assert.ThrowsAsync<TransferException>(() => CopyAsync(to: target.File));

        Assert.Contains("no posts here", failed.Message, StringComparison.Ordinal);
        await IsEmptyAsync(target.File);
    }

    [Fact]
    public async Task Given_an_audit_that_was_changed_by_hand_then_nothing_is_copied()
    {
        await origin.ByHandAsync("DROP TRIGGER tr_audit_entry_update");
        await origin.ByHandAsync("UPDATE audit_entry SET detail = 'nothing happened' WHERE sequence = 2");

        var refused = await Assert.ThrowsAsync<TransferException>(() => CopyAsync());

        Assert.Contains("is broken after 1 good entries", refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(copyFile));
    }

    [Fact]
    public async Task Given_something_recorded_meanwhile_then_it_is_not_copied_and_the_report_says_so()
    {
        var late = 0;
        var report = await CopyAsync(tell: (table, _) => late += table == "patch" ? RecordAsync() : 0);

        Assert.Equal((1, 3L, 1L), (late, report.Entries, report.Missed));
        Assert.Equal(4, (await RecordFile.RowsAsync(copyFile, RecordTable.All[^1])).Count);

        int RecordAsync() => origin.WriteAsync(
            async (session, token) =>
            {
                await session.Audit.AppendAsync(new(Some.Noon, Some.Manager.Id, "test.late", "patch/KB1", "", ""), token);
                return 1;
            },
            Some.Token).GetAwaiter().GetResult();
    }

    [Fact]
    public async Task Given_another_schema_in_the_target_then_the_column_is_named()
    {
        await using var target = await TestRecord.CreateAsync();
        await target.ByHandAsync("ALTER TABLE rollout ADD COLUMN colour TEXT NULL");
        var refused = await Assert.ThrowsAsync<TransferException>(() => CopyAsync(to: target.File));
        Assert.Contains("rollout has not the same columns in both databases: colour", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_no_database_to_copy_or_the_same_one_twice_then_it_is_refused_and_none_is_made()
    {
        var nowhere = TestRecord.NewFile();
        var refused = await Assert.ThrowsAsync<TransferException>(() => CopyAsync(nowhere));
        Assert.Contains("does not exist or is not up to date", refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(nowhere));
        Assert.Contains("is the database that is to be copied", (await Assert.ThrowsAsync<TransferException>(() => CopyAsync(to: origin.File))).Message, StringComparison.Ordinal);
    }

    private static async Task IsEmptyAsync(string file)
    {
        foreach (var table in RecordTable.All)
        {
            Assert.Empty(await RecordFile.RowsAsync(file, table));
        }
    }

    private static Task<IReadOnlyList<AuditEntry>> EntriesAsync(IRecord record) =>
        record.ReadAsync((session, token) => session.Audit.ReadFromAsync(1, 100, token), Some.Token);

    private Task<CopyReport> CopyAsync(string? from = null, string? to = null, Action<string, long>? tell = null) =>
        new RecordCopy(RecordFile.Engine(from ?? origin.File), RecordFile.Engine(to ?? copyFile), TimeProvider.System)
            .CopyAsync(Some.Manager.Id, tell ?? ((_, _) => { }), Some.Token);
}
