using PatchBot.Core.Delivery;
using PatchBot.Core.Patches;
using PatchBot.Core.Record;
using PatchBot.Core.Rollouts;
using PatchBot.Core.Windows;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Db;

/// <summary>What every store must do, whichever engine keeps it. An engine joins with one line a contract, as in OnSqlite.cs.</summary>
public abstract class StoreContract(TestEngine engine) : IAsyncLifetime
{
    protected static readonly ChannelRef Ops = new("webchat", "patching");

    protected static readonly ChannelRef Lab = new("webchat", "lab");

    protected ITestDatabase Database { get; private set; } = null!;

    protected static CancellationToken Token => Some.Token;

    public async ValueTask InitializeAsync() => Database = await engine.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected Task<T> WriteAsync<T>(Func<IRecordSession, Task<T>> work) => Database.Record.WriteAsync((session, _) => work(session), Token);

    protected Task WriteAsync(Func<IRecordSession, Task> work) => Database.Record.WriteAsync(
        async (session, _) =>
        {
            await work(session);
            return true;
        },
        Token);

    protected Task<T> ReadAsync<T>(Func<IRecordSession, Task<T>> work) => Database.Record.ReadAsync((session, _) => work(session), Token);

    /// <summary>Runs the same work in several processes' worth of databases at once.</summary>
    protected Task<T[]> RaceAsync<T>(int racers, Func<IRecordSession, int, Task<T>> work) => Task.WhenAll(
        Enumerable.Range(0, racers).Select(racer =>
        {
            var record = Database.OpenAnother();
            return Task.Run(() => record.WriteAsync((session, _) => work(session, racer), Token), Token);
        }));

    protected Task KnowPatchesAsync(params string[] ids) => WriteAsync(async session =>
    {
        foreach (var id in ids)
        {
            await session.Patches.SaveAsync(Some.Patch(id), Token);
        }
    });

    protected static Rollout NewRollout(string patch = "KB5032196", string ring = "production", MaintenanceWindow? window = null) => new(
        0,
        new PatchId(patch),
        ring,
        RolloutState.Proposed,
        window ?? new MaintenanceWindow(Some.Noon.AddDays(3), Some.Noon.AddDays(3).AddHours(4)),
        InTime: true,
        Emergency: null,
        DeferredTo: null,
        ["It is the first window after the lab."],
        new Snapshot(new string('a', 64), "hv-lab-02 pass", "", "2026-11-13"),
        Version: 1);

    protected async Task<Rollout> AddRolloutAsync(Rollout? rollout = null)
    {
        rollout ??= NewRollout();
        await KnowPatchesAsync(rollout.Patch.Value);
        return await WriteAsync(session => session.Rollouts.AddAsync(rollout, Token));
    }
}
