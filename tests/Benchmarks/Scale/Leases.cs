using PatchBot.Core.Delivery;
using PatchBot.Core.Lab;
using PatchBot.Core.Patches;
using PatchBot.Core.Record;
using PatchBot.Core.Rollouts;

namespace PatchBot.Benchmarks.Scale;

/// <summary>Who takes which channel next, and that half of the channels wait with ten posts each.</summary>
internal static class Leases
{
    private const string Worker = "scale";
    private const int Often = 200;
    private const int Waiting = 10;

    // Longer than the clock is put forward.
    private static readonly TimeSpan Long = TimeSpan.FromDays(2_000);

    public static IReadOnlyList<Question> All =>
    [
        Question.Of("lease", "nothing is pending", Often, (store, n) => NoneAsync(store)) with { Before = ClearAsync },
        Question.Of("lease", "few are due", Often, (store, n) => OneAsync(store)) with { Before = store => WantAsync(store, Free(store), 60) },
        Question.Of("lease", "half of the channels wait, none is due", Often, (store, n) => NoneAsync(store)) with { Cold = true, Before = BlockAsync },
        Question.Of("lease", "half of the channels wait, one is due", Often, (store, n) => OneAsync(store)) with { Before = store => WantAsync(store, Free(store), 1) },
        Question.Of("lease", "what is pending in a channel", Often, (store, n) =>
            store.ReadAsync(session => session.Posts.PendingAsync(Free(store), store.Clock.GetUtcNow(), 50, CancellationToken.None))),
    ];

    /// <summary>Someone has shown one patch in every channel there is.</summary>
    public static Question Everywhere => new("click", "record a lab result of a patch that every channel shows", 15, async (store, n) =>
    {
        var patch = store.Size.PatchInHand(0);
        var card = await store.CardAsync(patch);
        return () => store.PressAsync(ScaleStore.Engineer, card, LabActions.Report(patch), WorkInHand.Pass);
    })
    {
        Grows = "with the channels that show it",
        Before = store => store.WriteAsync(async session =>
        {
            for (var team = 2; team < store.Size.Channels; team++)
            {
                await session.Posts.WantAsync(Team(team), SubjectOf(store.Size.PatchInHand(0)), null, CancellationToken.None);
            }
        }),
    };

    private static ChannelRef Free(ScaleStore store) => Team(store.Size.Channels - 1);

    private static ChannelRef Team(int index) => new("teams", $"team-{index}");

    private static async Task NoneAsync(ScaleStore store)
    {
        if (await store.WriteAsync(session => LeaseAsync(store, session, null)) is { } leased)
        {
            throw new InvalidOperationException($"{leased} should not be due.");
        }
    }

    private static async Task OneAsync(ScaleStore store)
    {
        if (await store.WriteAsync(session => LeaseAsync(store, session, null)) is not { } leased || leased != Free(store))
        {
            throw new InvalidOperationException($"{Free(store)} should be due.");
        }

        await store.WriteAsync(session => session.Posts.ReleaseAsync(leased, Worker, null, CancellationToken.None));
    }

    private static Task<ChannelRef?> LeaseAsync(ScaleStore store, IRecordSession session, ChannelRef? only, string worker = Worker) =>
        session.Posts.LeaseAsync(
            worker, store.Clock.GetUtcNow(), store.Clock.GetUtcNow() + (worker == Worker ? TimeSpan.FromSeconds(30) : Long), ["teams", "webchat"], only, CancellationToken.None);

    private static Task WantAsync(ScaleStore store, ChannelRef channel, int posts) =>
        store.WriteAsync(session => WantAsync(store, session, channel, posts));

    // Patches of long ago, so that nothing else that is measured touches them.
    private static async Task WantAsync(ScaleStore store, IRecordSession session, ChannelRef channel, int posts)
    {
        for (var post = 0; post < posts; post++)
        {
            await session.Posts.WantAsync(channel, SubjectOf(ScaleSize.PastPatch(post)), null, CancellationToken.None);
        }
    }

    /// <summary>In turn a channel is another worker's, throttled, or stopped.</summary>
    private static async Task BlockAsync(ScaleStore store)
    {
        await ClearAsync(store);
        await store.WriteAsync(async session =>
        {
            for (var team = 2; team < 2 + store.Size.Channels / 2; team++)
            {
                await WantAsync(store, session, Team(team), Waiting);
                await LeaseAsync(store, session, Team(team), "another");
                if (team % 3 == 0)
                {
                    await session.Posts.ReleaseAsync(Team(team), "another", store.Clock.GetUtcNow() + Long, CancellationToken.None);
                }
                else if (team % 3 == 1)
                {
                    await session.Channels.StopAsync(Team(team), store.Clock.GetUtcNow(), "The bot was removed.", CancellationToken.None);
                }
            }
        });
    }

    private static async Task ClearAsync(ScaleStore store)
    {
        await WorkInHand.DeliverAsync(store);
        await store.WriteAsync(async session =>
        {
            foreach (var patch in Enumerable.Range(0, 60).Select(ScaleSize.PastPatch)
                .Concat(Enumerable.Range(0, ScaleSize.SharedLines).Select(store.Size.Newest)).Append(store.Size.PatchInHand(0)))
            {
                foreach (var post in await session.Posts.OfSubjectAsync(SubjectOf(patch), CancellationToken.None))
                {
                    await session.Posts.ShownAsync(post.Id, post.WantedVersion, post.Message ?? $"shown-{post.Id}", null, CancellationToken.None);
                }
            }
        });
    }

    private static PostSubject SubjectOf(PatchId patch) => PostSubject.Of(PatchCard.SubjectKind, patch.Value);
}
