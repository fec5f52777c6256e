using PatchBot.Core.Audit;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Core.Audit;

public sealed class AuditVerifierTests : IAsyncLifetime
{
    private TestRecord record = null!;

    public async ValueTask InitializeAsync()
    {
        record = await TestRecord.CreateAsync();
        await AppendAsync(5);
    }

    public ValueTask DisposeAsync() => record.DisposeAsync();

    [Fact]
    public async Task Given_a_chain_that_nobody_touched_then_it_is_whole() => Assert.Equal(new AuditVerdict(5, ""), await VerifyAsync());

    [Fact]
    public async Task Given_more_entries_than_one_reading_takes_then_all_are_checked()
    {
        await AppendAsync(2100);
        Assert.Equal(new AuditVerdict(2105, ""), await VerifyAsync());
        await TamperAsync("UPDATE audit_entry SET detail = 'other' WHERE sequence = 2050");
        Assert.Contains("entry 2050 was changed", (await VerifyAsync()).Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE audit_entry SET detail = 'never said' WHERE sequence = 3", "entry 3 was changed")]
    [InlineData("UPDATE audit_entry SET actor = 'webchat:local:somebody' WHERE sequence = 5", "entry 5 was changed")]
    [InlineData("UPDATE audit_entry SET hash = previous_hash WHERE sequence = 3", "entry 3 was changed")]
    [InlineData("UPDATE audit_entry SET previous_hash = hash WHERE sequence = 3", "entry 3 does not follow entry 2")]
    [InlineData("DELETE FROM audit_entry WHERE sequence = 3", "entry 3 is missing")]
    [InlineData("DELETE FROM audit_entry WHERE sequence = 1", "entry 1 is missing")]
    [InlineData("DELETE FROM audit_entry WHERE sequence > 3", "the end was cut off")]
    [InlineData("DELETE FROM audit_entry", "the end was cut off")]
    [InlineData("UPDATE audit_entry SET happened_at = '2026-11-10T12.00.00.000Z' WHERE sequence = 3", "cannot be read")]
    [InlineData("UPDATE audit_entry SET actor = 'nobody' WHERE sequence = 3", "cannot be read")]
    [InlineData("DELETE FROM audit_head", "cannot be read")]
    [InlineData("UPDATE audit_head SET sequence = 4", "the noted end is entry 4")]
    public async Task Given_a_chain_that_someone_changed_then_it_says_where(string tampering, string fault)
    {
        await TamperAsync(tampering);

        var verdict = await VerifyAsync();

        Assert.False(verdict.IsWhole);
        Assert.Contains(fault, verdict.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_chain_that_grows_meanwhile_then_it_is_whole()
    {
        var another = record.OpenAnother();
        var growing = Task.Run(() => AppendAsync(300), Some.Token);
        var verdicts = new List<AuditVerdict>();
        do
        {
            verdicts.Add(await new AuditVerifier(another).VerifyAsync(Some.Token));
        }
        while (!growing.IsCompleted);
        await growing;

        Assert.All(verdicts, verdict => Assert.Equal("", verdict.Fault));
        Assert.Equal(305, (await VerifyAsync()).Entries);
    }

    private Task<AuditVerdict> VerifyAsync() => new AuditVerifier(record).VerifyAsync(Some.Token);

    // Whoever edits the file by hand drops the guards first.
    private Task<object?> TamperAsync(string sql) => record.ByHandAsync(
        $"""
        DROP TRIGGER tr_audit_entry_insert; DROP TRIGGER tr_audit_entry_update; DROP TRIGGER tr_audit_entry_delete;
        DROP TRIGGER tr_audit_head_update; DROP TRIGGER tr_audit_head_delete;
        {sql};
        """);

    private Task<bool> AppendAsync(int count) => record.WriteAsync(
        async (session, token) =>
        {
            for (var number = 0; number < count; number++)
            {
                await session.Audit.AppendAsync(new AuditEvent(Some.Noon, Some.Manager.Id, "approval.approve", "rollout/1", $"number {number}", ""), token);
            }

            return true;
        },
        Some.Token);
}
