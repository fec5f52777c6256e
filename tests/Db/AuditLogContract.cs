using System.Data.Common;
using PatchBot.Core.Audit;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Db;

public abstract class AuditLogContract(TestEngine engine) : StoreContract(engine)
{
    [Fact]
    public async Task Given_an_empty_log_then_its_head_is_the_beginning() =>
        Assert.Equal((0, AuditEntry.Genesis), await ReadAsync(session => session.Audit.HeadAsync(Token)));

    [Fact]
    public async Task Given_entries_then_they_form_one_chain_and_the_head_knows_the_last()
    {
        await AppendAsync("one", "two", "nul \0, half a surrogate \uD800, 🙂 and a\nline");

        var entries = await EntriesAsync();
        Assert.Equal([1, 2, 3], entries.Select(entry => entry.Sequence));
        Assert.All(entries, entry => Assert.True(entry.IsIntact()));
        Assert.Equal(AuditEntry.Genesis, entries[0].PreviousHash);
        Assert.Equal(entries[0].Hash, entries[1].PreviousHash);
        Assert.Equal((3, entries[2].Hash), await ReadAsync(session => session.Audit.HeadAsync(Token)));
        Assert.Equal(2, Assert.Single(await ReadAsync(session => session.Audit.ReadFromAsync(2, 1, Token))).Sequence);
    }

    [Fact]
    public async Task Given_several_processes_that_append_at_once_then_there_is_one_chain()
    {
        await RaceAsync(6, async (session, racer) =>
        {
            await session.Audit.AppendAsync(Event($"racer {racer}"), Token);
            return true;
        });

        var entries = await EntriesAsync();
        Assert.Equal(6, entries.Count);
        Assert.All(entries.Zip(entries.Skip(1)), pair => Assert.Equal(pair.First.Hash, pair.Second.PreviousHash));
    }

    [Fact]
    public async Task Given_a_transaction_that_fails_then_its_entry_is_gone_with_it()
    {
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => WriteAsync(async session =>
        {
            await session.Audit.AppendAsync(Event("never"), Token);
            throw new InvalidTimeZoneException();
        }));
        Assert.Empty(await EntriesAsync());
    }

    [Theory]
    [InlineData("UPDATE patchbot.audit_entry SET detail = 'nothing happened' WHERE sequence = 1")]
    [InlineData("DELETE FROM patchbot.audit_entry WHERE sequence = 2")]
    [InlineData("INSERT INTO patchbot.audit_entry SELECT 1, happened_at, actor, action, subject, detail, origin, previous_hash, hash FROM patchbot.audit_entry WHERE sequence = 2")]
    [InlineData("UPDATE patchbot.audit_head SET sequence = 1")]
    [InlineData("DELETE FROM patchbot.audit_head")]
    public async Task Given_a_written_entry_then_the_database_refuses_to_change_it(string statement)
    {
        await AppendAsync("one", "two");
        await Assert.ThrowsAnyAsync<DbException>(() => Database.ByHandAsync(statement));
        Assert.Equal(["one", "two"], (await EntriesAsync()).Select(entry => entry.Event.Detail));
    }

    [Fact]
    public async Task Given_someone_who_took_the_triggers_away_and_edited_then_the_hash_tells()
    {
        await AppendAsync("one", "two");
        await Database.ByHandAsync("DROP TRIGGER patchbot.tr_audit_entry_update");
        await Database.ByHandAsync("UPDATE patchbot.audit_entry SET detail = 'nothing happened' WHERE sequence = 1");
        Assert.Equal([false, true], (await EntriesAsync()).Select(entry => entry.IsIntact()));
    }

    [Fact]
    public async Task Given_someone_who_cut_off_the_end_then_the_head_tells()
    {
        await AppendAsync("one", "two");
        await Database.ByHandAsync("DROP TRIGGER patchbot.tr_audit_entry_delete");
        await Database.ByHandAsync("DELETE FROM patchbot.audit_entry WHERE sequence = 2");

        var last = (await EntriesAsync())[^1];
        Assert.NotEqual((last.Sequence, last.Hash), await ReadAsync(session => session.Audit.HeadAsync(Token)));
    }

    private static AuditEvent Event(string detail) =>
        new(Some.Noon.AddMilliseconds(7).AddTicks(3), Some.Manager.Id, "approval.recorded", "patch/KB5032196", detail, "webchat:patching/7");

    private Task AppendAsync(params string[] details) => WriteAsync(async session =>
    {
        foreach (var detail in details)
        {
            await session.Audit.AppendAsync(Event(detail), Token);
        }
    });

    private Task<IReadOnlyList<AuditEntry>> EntriesAsync() => ReadAsync(session => session.Audit.ReadFromAsync(1, 100, Token));
}
