using PatchBot.Benchmarks.Scale;
using PatchBot.Core.Approvals;
using PatchBot.Core.Conversation;
using PatchBot.Core.Delivery;
using PatchBot.Core.Lab;
using PatchBot.Core.People;
using PatchBot.Core.Rollouts;

namespace PatchBot.Benchmarks.Turns;

/// <summary>What people press, made ready before the clock runs. Lab results go to the one half of the patches, approvals to the other.</summary>
internal sealed class Presses(ScaleStore store, IReadOnlyList<string> cards)
{
    private int pressed;

    public static async Task<Presses> ReadyAsync(ScaleStore store)
    {
        var cards = new List<string>();
        for (var index = 0; index < store.Size.InHand; index++)
        {
            cards.Add(await store.CardAsync(store.Size.PatchInHand(index)));
            if (index >= Half(store))
            {
                await WorkInHand.TestAsync(store, index);
            }
        }

        return new Presses(store, cards);
    }

    public IReadOnlyList<ChatEvent> LabResults(int count) => Many(count, n =>
    {
        var index = n % Half(store);
        var inputs = new Dictionary<string, string>(WorkInHand.Pass) { [LabForm.Host] = $"hv-lab-{n % 7:00}" };
        return Press(ScaleStore.Engineer, index, LabActions.Report(store.Size.PatchInHand(index)), inputs);
    });

    /// <summary>Each a different rollout; what was approved is taken back first.</summary>
    public async Task<IReadOnlyList<ChatEvent>> ApprovalsAsync()
    {
        foreach (var (index, rollout) in await RolloutsAsync(RolloutState.Approved))
        {
            await store.PressAsync(ScaleStore.Manager, cards[index], DecisionAction.WithdrawVerb, Withdrawing(rollout));
        }

        return [.. (await RolloutsAsync(RolloutState.Proposed)).Select(each => Approve(ScaleStore.Manager, each))];
    }

    /// <summary>Each a different rollout.</summary>
    public async Task<IReadOnlyList<ChatEvent>> WithdrawalsAsync() =>
        [.. (await ApprovedAsync()).Select(each => Press(ScaleStore.Manager, each.Index, DecisionAction.WithdrawVerb, Withdrawing(each.Rollout)))];

    /// <summary>Of what is approved already, and by someone who may not.</summary>
    public async Task<IReadOnlyList<ChatEvent>> RefusedAsync(int count)
    {
        var approved = await ApprovedAsync();
        return Many(count, n => Approve(n % 2 == 0 ? ScaleStore.Manager : ScaleStore.Engineer, approved[n % approved.Count]));
    }

    /// <summary>Two lab results, an approval, a refused press and a repeated delivery, and so on.</summary>
    public async Task<IReadOnlyList<ChatEvent>> MixAsync()
    {
        var approvals = await ApprovalsAsync();
        var refused = Many(approvals.Count, n => Press(
            ScaleStore.Engineer, n % cards.Count, ((ActionPressed)approvals[n]).Action, WorkInHand.NoInputs));
        var reported = LabResults(approvals.Count * 2);
        return [.. Enumerable.Range(0, approvals.Count).SelectMany(n => (ChatEvent[])[reported[2 * n], approvals[n], reported[2 * n + 1], refused[n], reported[Math.Max(0, 2 * n - 100)]])];
    }

    private static Dictionary<string, string> Withdrawing(Rollout rollout) =>
        new() { [DecisionAction.RolloutField] = DecisionAction.Key(rollout), [DecisionAction.ReasonField] = "storage migration" };

    private static int Half(ScaleStore store) => store.Size.InHand / 2;

    private static IReadOnlyList<ChatEvent> Many(int count, Func<int, ChatEvent> make) => [.. Enumerable.Range(0, count).Select(make)];

    // What was not approved is approved first.
    private async Task<List<(int Index, Rollout Rollout)>> ApprovedAsync()
    {
        foreach (var (index, rollout) in await RolloutsAsync(RolloutState.Proposed))
        {
            await store.PressAsync(ScaleStore.Manager, cards[index], DecisionAction.Approve(rollout, emergency: false), WorkInHand.NoInputs);
        }

        return await RolloutsAsync(RolloutState.Approved);
    }

    private async Task<List<(int Index, Rollout Rollout)>> RolloutsAsync(RolloutState state)
    {
        var found = new List<(int, Rollout)>();
        for (var index = Half(store); index < store.Size.InHand; index++)
        {
            var rollouts = await store.ReadAsync(session => session.Rollouts.OfPatchesAsync([store.Size.PatchInHand(index)], CancellationToken.None));
            found.AddRange(rollouts.Where(rollout => rollout.State == state).Select(rollout => (index, rollout)));
        }

        return found;
    }

    private ActionPressed Approve(Person by, (int Index, Rollout Rollout) each) =>
        Press(by, each.Index, DecisionAction.Approve(each.Rollout, emergency: false), WorkInHand.NoInputs);

    private ActionPressed Press(Person by, int index, string action, IReadOnlyDictionary<string, string> inputs) =>
        new(ScaleStore.Patching, by, $"turns/{Interlocked.Increment(ref pressed)}/{Guid.NewGuid():N}", cards[index], cards[index], action, inputs);
}
