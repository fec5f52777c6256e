using Microsoft.Extensions.Time.Testing;
using PatchBot.Core.Audit;
using PatchBot.Core.Patches;
using PatchBot.Core.Record;
using PatchBot.Db;
using PatchBot.Db.Engines;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Db;

/// <summary>Works that are made to wait for each other, over a file of their own and an engine whose commits can fail.</summary>
public abstract class GroupedWriting : IAsyncLifetime
{
    private protected readonly FakeTimeProvider clock = new(Some.Noon);
    private protected TestRecord record = null!;
    private protected FakeEngine engine = null!;
    private protected Database database = null!;

    public async ValueTask InitializeAsync()
    {
        record = await TestRecord.CreateAsync();
        engine = new FakeEngine(new SqliteEngine(new DatabaseOptions { File = record.File })) { Writers = 1 };
        database = new Database(engine, clock);
    }

    public async ValueTask DisposeAsync()
    {
        database.Dispose();
        await record.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    // Waits before the next attempt are over soon. Shorter than what ends a transaction, so that works stay together.
    private protected Timer Hurrying() => new(_ => clock.Advance(TimeSpan.FromMilliseconds(1)), null, 0, 1);

    private protected Task TogetherAsync(params Func<Task>[] works) => TogetherAsync(works, () => { });

    /// <summary>Has all works wait behind one that is being run, in their order.</summary>
    private protected async Task TogetherAsync(Func<Task>[] works, Action whileTheyWait)
    {
        var (begun, end) = (new TaskCompletionSource(), new TaskCompletionSource());
        var first = database.WriteAsync(
            async (_, token) =>
            {
                begun.TrySetResult();
                await end.Task.WaitAsync(token);
                return true;
            },
            Some.Token);
        await begun.Task.WaitAsync(Some.Token);
        List<Task> waiting = [.. works.Select(work => work())];
        whileTheyWait();
        end.SetResult();
        await Task.WhenAll(waiting);
        await Task.WhenAny(first);
    }

    private protected Task<bool> AppendAsync(string detail, Action? afterwards = null, int times = 1, CancellationToken? token = null) => database.WriteAsync(
        async (session, inner) =>
        {
            for (var time = 0; time < times; time++)
            {
                await session.Audit.AppendAsync(new AuditEvent(Some.Noon, Some.Manager.Id, "approval.recorded", "patch/KB5032196", detail, "webchat:patching/7"), inner);
                afterwards?.Invoke();
            }

            return true;
        },
        token ?? Some.Token);

    private protected Task<bool> TakeAsync(string key) =>
        database.WriteAsync((session, token) => session.Inbox.TryTakeAsync("slack", key, Some.Noon, token), Some.Token);

    private protected Task<Patch?> FindAsync(string id) => database.WriteAsync((session, token) => session.Patches.FindAsync(new PatchId(id), token), Some.Token);

    private protected async Task ChainIsWholeAsync(long entries)
    {
        var verdict = await new AuditVerifier(record).VerifyAsync(Some.Token);
        Assert.Equal((entries, ""), (verdict.Entries, verdict.Fault));
    }
}
