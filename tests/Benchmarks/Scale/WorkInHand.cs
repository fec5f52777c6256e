using PatchBot.Core.Approvals;
using PatchBot.Core.Delivery;
using PatchBot.Core.Lab;
using PatchBot.Core.Patches;
using PatchBot.Core.Patches.Intake;
using PatchBot.Core.Patches.Sources;
using PatchBot.Core.Rollouts;

namespace PatchBot.Benchmarks.Scale;

/// <summary>What people work on at a time, brought in by the rules themselves: read, shown, half of it tested, some of it approved.</summary>
internal static class WorkInHand
{
    private const int Approved = 40;
    public const int Tested = 150;

    public static readonly IReadOnlyDictionary<string, string> Pass =
        new Dictionary<string, string> { [LabForm.Outcome] = "pass", [LabForm.Host] = "hv-lab-02", [LabForm.Note] = "backups ok" };

    public static readonly IReadOnlyDictionary<string, string> NoInputs = new Dictionary<string, string>();

    public static async Task BeginAsync(ScaleStore store)
    {
        await ImportAsync(store, "in-hand", 0, store.Size.InHand);
        await store.SayAsync(ScaleStore.Engineer, "confirm KB5005112 on pilot");
        await store.SayAsync(ScaleStore.Engineer, "confirm KB5005112 on production");
        await DeliverAsync(store);
        for (var index = 0; index < Tested; index++)
        {
            await TestAsync(store, index);
        }

        for (var index = Tested - Approved; index < Tested; index++)
        {
            await (await ApprovingAsync(store, await store.RolloutAsync(store.Size.PatchInHand(index))))();
        }

        await DeliverAsync(store);
    }

    public static async Task TestAsync(ScaleStore store, int index)
    {
        var patch = store.Size.PatchInHand(index);
        await store.PressAsync(ScaleStore.Engineer, await store.CardAsync(patch), LabActions.Report(patch), Pass);
    }

    public static async Task DeliverAsync(ScaleStore store)
    {
        foreach (var channel in (ChannelRef[])[ScaleStore.Patching, ScaleStore.Announcements])
        {
            await store.The<IDelivery>().DeliverAsync(channel, CancellationToken.None);
        }
    }

    public static Task<IntakeResult> ImportAsync(ScaleStore store, string document, int first, int count)
    {
        var releasedAt = new DateTimeOffset(store.Clock.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero).AddDays(-5);
        var records = Enumerable.Range(first, count).Select(index => new PatchRecord(store.Size.PatchInHand(index), store.Size.FactsInHand(index, releasedAt)));
        return store.The<PatchIntake>().TakeAsync(
            new PatchDocument(new SightingOrigin("msrc", document), document, [.. records], new Dictionary<string, int>()),
            ScaleStore.Manager,
            new IntakeWish(),
            CancellationToken.None);
    }

    /// <summary>An approval that is ready to be pressed; one that was given earlier is taken back first.</summary>
    public static async Task<Func<Task>> ApprovingAsync(ScaleStore store, int n)
    {
        var rollout = await ApprovableAsync(store, n);
        if (rollout.State == RolloutState.Approved)
        {
            await (await WithdrawingAsync(store, rollout))();
            rollout = await store.RolloutAsync(rollout.Patch);
        }

        return await ApprovingAsync(store, rollout);
    }

    public static async Task<Func<Task>> WithdrawingAsync(ScaleStore store, int n)
    {
        var rollout = await ApprovableAsync(store, n);
        if (rollout.State != RolloutState.Approved)
        {
            await (await ApprovingAsync(store, rollout))();
            rollout = await store.RolloutAsync(rollout.Patch);
        }

        return await WithdrawingAsync(store, rollout);
    }

    /// <summary>The n-th that is tested, neither among those that stay approved nor over.</summary>
    private static async Task<Rollout> ApprovableAsync(ScaleStore store, int n)
    {
        while (true)
        {
            var rollout = await store.RolloutAsync(store.Size.PatchInHand(n++ % (Tested - Approved)));
            if (rollout.State != RolloutState.Finished)
            {
                return rollout;
            }
        }
    }

    private static async Task<Func<Task>> ApprovingAsync(ScaleStore store, Rollout rollout)
    {
        var card = await store.CardAsync(rollout.Patch);
        return () => store.PressAsync(ScaleStore.Manager, card, DecisionAction.Approve(rollout, emergency: false), NoInputs);
    }

    private static async Task<Func<Task>> WithdrawingAsync(ScaleStore store, Rollout rollout)
    {
        var card = await store.CardAsync(rollout.Patch);
        var inputs = new Dictionary<string, string> { [DecisionAction.RolloutField] = DecisionAction.Key(rollout), [DecisionAction.ReasonField] = "storage migration" };
        return () => store.PressAsync(ScaleStore.Manager, card, DecisionAction.WithdrawVerb, inputs);
    }
}
