using PatchBot.Cards;
using PatchBot.Core.Announcements;
using PatchBot.Core.Audit;
using PatchBot.Core.Delivery;
using PatchBot.Core.Lab;
using PatchBot.Core.Rollouts;

namespace PatchBot.Benchmarks.Scale;

/// <summary>What is asked, in order: each finds the store as those before it left it, the same in both sizes.</summary>
internal static class Questions
{
    private const int Often = 200;
    private const int Writes = 60;

    public static IReadOnlyList<Question> All => [.. Leases.All, .. Cards, .. Talk, .. Clicks, .. Due, .. Rest];

    private static IEnumerable<Question> Cards =>
    [
        Question.Of("card", "a patch in hand", Often, (store, n) => DrawAsync(store, InHand(store, n))) with { Cold = true },
        Question.Of("card", "a patch of the past, any", Often, (store, n) => DrawAsync(store, $"patch/{ScaleSize.PastPatch(Anywhere(store, n))}")) with { Cold = true },
        new("card", "a window's announcement", Often, async (store, n) =>
        {
            var window = (await store.RolloutAsync(store.Size.PatchInHand(WorkInHand.Tested - 1))).Window!;
            var told = await store.ReadAsync(session => session.Announcements.OfWindowAsync("production", window.Start, CancellationToken.None));
            return () => DrawAsync(store, $"announcement/{told[0].Id}");
        }),
        new("card", "a lab report", Often, async (store, n) =>
        {
            var results = await store.ReadAsync(session => session.Lab.StandingAsync([store.Size.PatchInHand(n % WorkInHand.Tested)], CancellationToken.None));
            return () => DrawAsync(store, LabReportCard.SubjectOf(results[0].ReportId).Value);
        }),
    ];

    private static IEnumerable<Question> Talk =>
    [
        Question.Of("look-up", "a patch by its number", Often, (store, n) => FindAsync(store, ScaleSize.PastPatch(Anywhere(store, n)).Value, found: true)) with { Cold = true },
        Question.Of("look-up", "a patch by another name", Often, (store, n) => FindAsync(store, $"adv{ScaleSize.PastPatch(Anywhere(store, n)).Value[2..]}", found: true)),
        Question.Of("look-up", "a patch that is not there", Often, (store, n) => FindAsync(store, $"KB{5_000_000 + n}", found: false)),
        Question.Of("look-up", "the newest 50 messages of a channel", Often, (store, n) =>
            store.ReadAsync(session => session.Transcript.ReadAsync(ScaleStore.Patching, 0, 50, CancellationToken.None))),
        Question.Of("turn", "'status' of one patch", Writes, (store, n) => store.SayAsync(ScaleStore.Manager, $"status {ScaleSize.PastPatch(Anywhere(store, n))}")),
        Question.Of("turn", "'status'", Writes, (store, n) => store.SayAsync(ScaleStore.Manager, "status")),
        Question.Of("turn", "'what waits for me?'", Writes, (store, n) => store.SayAsync(ScaleStore.Manager, "what waits for me?")),
        Question.Of("turn", "'windows'", Writes, (store, n) => store.SayAsync(ScaleStore.Manager, "windows")),
    ];

    private static IEnumerable<Question> Clicks =>
    [
        new("click", "record a lab result", Writes, async (store, n) =>
        {
            var patch = store.Size.PatchInHand(n % WorkInHand.Tested);
            var card = await store.CardAsync(patch);
            return () => store.PressAsync(ScaleStore.Engineer, card, LabActions.Report(patch), WorkInHand.Pass);
        }) { Cold = true },
        new("click", "a lab reply in a card's thread", Writes, async (store, n) =>
        {
            var card = await store.CardAsync(store.Size.PatchInHand(n % WorkInHand.Tested));
            return () => store.SayAsync(ScaleStore.Engineer, $"pass on hv-lab-{n % 40:00}, backups ok", card);
        }),
        new("click", "approve a window", Writes, (store, n) => WorkInHand.ApprovingAsync(store, n)) { Cold = true },
        new("click", "withdraw an approval", Writes, (store, n) => WorkInHand.WithdrawingAsync(store, n)),
        new("click", "record a lab result, and show it", Writes, async (store, n) =>
        {
            var patch = store.Size.PatchInHand(n % WorkInHand.Tested);
            var card = await store.CardAsync(patch);
            return async () =>
            {
                await store.PressAsync(ScaleStore.Engineer, card, LabActions.Report(patch), WorkInHand.Pass);
                await store.The<IDelivery>().DeliverAsync(ScaleStore.Patching, CancellationToken.None);
            };
        }) { Before = WorkInHand.DeliverAsync },
    ];

    private static IEnumerable<Question> Due =>
    [
        Question.Of("due", "nothing is", Often, (store, n) => store.WriteAsync(session => DueAsync(store, session))) with { Cold = true, Before = SettleAsync },
        Question.Of("due", "every day: find windows", 20, (store, n) => store.WriteAsync(session =>
            store.The<DueWork>().FindWindowsAsync(session, CancellationToken.None))),
        Question.Of("due", "at the start: review what is open", 7, (store, n) => store.WriteAsync(session =>
            store.The<DueWork>().ReviewSettingsAsync(session, CancellationToken.None))),
        Question.Of("due", "rounds after four days away", 15, (store, n) => store.WriteAsync(session => DueAsync(store, session))) with
        {
            Grows = "with the deliveries it forgets, to 200 a round",
            Before = store =>
            {
                store.Clock.Ahead += TimeSpan.FromDays(4);
                return Task.CompletedTask;
            },
        },
        new("due", "a window has ended, 200 suggestions are stale", 7, async (store, n) =>
        {
            await SettleAsync(store);
            await (await WorkInHand.ApprovingAsync(store, n))();
            var window = (await store.ReadAsync(session => session.Rollouts.InStateAsync([RolloutState.Approved], 1, CancellationToken.None)))[0].Window!;
            store.Clock.Ahead += window.End - store.Clock.GetUtcNow();
            return () => store.WriteAsync(session => DueAsync(store, session));
        }),
    ];

    private static IEnumerable<Question> Rest =>
    [
        Question.Of("record", "append to the audit", Writes, (store, n) => store.WriteAsync(session => session.Audit.AppendAsync(
            new AuditEvent(store.Clock.GetUtcNow(), ScaleStore.Manager.Id, "approval.approved", $"rollout/{n}", "KB5032196 in production", ""), CancellationToken.None))),
        new("record", "import five new patches", 30, (store, n) =>
        {
            var key = Guid.NewGuid().ToString("N");
            return Task.FromResult<Func<Task>>(() => WorkInHand.ImportAsync(store, key, store.Size.InHand + n * 5, 5));
        }),
        Question.Of("record", "import a document again, unchanged", 30, (store, n) => WorkInHand.ImportAsync(store, "again", store.Size.InHand + 5_000, 5)),
        Leases.Everywhere,
    ];

    private static string InHand(ScaleStore store, int n) => $"patch/{store.Size.PatchInHand(n % store.Size.InHand)}";

    // Scattered, but the same for every run.
    private static int Anywhere(ScaleStore store, int n) => (int)(n * 7_919L * 104_729L % store.Size.Past);

    private static Task<ChatCard> DrawAsync(ScaleStore store, string subject) => store.ReadAsync(async session =>
        await store.The<IEnumerable<ICardSource>>().Single(source => source.Kind == new PostSubject(subject).Kind)
            .DrawAsync(session, new PostSubject(subject), ScaleStore.Patching, CancellationToken.None)
        ?? throw new InvalidOperationException($"There is no card of {subject}."));

    private static async Task FindAsync(ScaleStore store, string name, bool found)
    {
        if (await store.ReadAsync(session => session.Patches.FindByNameAsync(name, CancellationToken.None)) is not null != found)
        {
            throw new InvalidOperationException($"'{name}' was {(found ? "not " : "")}found.");
        }
    }

    private static Task<int> DueAsync(ScaleStore store, Core.Record.IRecordSession session) => store.The<DueWork>().DoAsync(session, CancellationToken.None);

    private static async Task SettleAsync(ScaleStore store)
    {
        while (await store.WriteAsync(session => DueAsync(store, session)) > 0)
        {
            // What fell due while other questions were asked.
        }
    }
}
