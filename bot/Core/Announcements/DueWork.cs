using PatchBot.Core.Audit;
using PatchBot.Core.Conversation;
using PatchBot.Core.Patches;
using PatchBot.Core.People;
using PatchBot.Core.Record;
using PatchBot.Core.Relations;
using PatchBot.Core.Rollouts;
using PatchBot.Core.Windows;

namespace PatchBot.Core.Announcements;

/// <summary>What falls due as time passes: announcements, the end of windows, and suggestions whose window went by undecided.</summary>
public sealed class DueWork(Announcer announcer, RolloutReview review, DependencyIndex dependencies, IRings rings, TimeProvider clock)
{
    // A ring that is new to the settings begins with what the longest deadline of the defaults still covers.
    private static readonly TimeSpan Recent = TimeSpan.FromDays(90);

    // What piled up while the program was away is worked off round by round, so that nobody waits long for the one writer.
    private const int Batch = 200;

    // Codes and marks that go out are worth something for minutes.
    private static readonly TimeSpan CodeMemory = TimeSpan.FromHours(1);

    /// <returns>How many things were done.</returns>
    public async Task<int> DoAsync(IRecordSession session, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var done = 0;
        var touched = new HashSet<PatchId>();
        foreach (var (ring, window) in await announcer.TellDueAsync(session, cancellationToken))
        {
            foreach (var rollout in await session.Rollouts.InWindowAsync(ring.Key, window.Start, cancellationToken))
            {
                if (rollout.State == RolloutState.Approved && rollout.Window == window
                    && await session.Rollouts.TryUpdateAsync(rollout with { State = RolloutState.Finished }, cancellationToken))
                {
                    touched.Add(rollout.Patch);
                    await session.Audit.AppendAsync(
                        new AuditEvent(now, Person.Bot.Id, "rollout.finished", $"rollout/{rollout.Id}", $"{rollout.Patch} in {ring.Key}: the window has ended", ""),
                        cancellationToken);
                }
            }

            done++;
        }

        touched.UnionWith((await session.Rollouts.StaleAsync(now, Batch, cancellationToken)).Select(rollout => rollout.Patch));
        if (touched.Count > 0)
        {
            await review.ReviewAsync(session, touched, cancellationToken);
        }

        await session.Inbox.PurgeAsync(now - IInbox.Memory, Batch, cancellationToken);
        await session.LinkCodes.PurgeAsync(now - CodeMemory, cancellationToken);
        await session.Workspaces.PurgeStatesAsync(now - CodeMemory, Batch, cancellationToken);
        return done + touched.Count;
    }

    /// <summary>
    /// For the program's start: settings may have changed while it was away (rings, freezes, policy, rules), so that whatever
    /// is open or approved is looked at again, and for a ring that has nothing yet what was released lately.
    /// </summary>
    /// <returns>How many patches were looked at.</returns>
    public async Task<int> ReviewSettingsAsync(IRecordSession session, CancellationToken cancellationToken)
    {
        var patches = await InStateAsync(session, [RolloutState.Proposed, RolloutState.Deferred, RolloutState.Approved], _ => true, cancellationToken);
        foreach (var ring in rings.All)
        {
            if (!await session.Rollouts.AnyInAsync(ring.Key, cancellationToken))
            {
                patches.UnionWith(await session.Patches.RecentAsync(clock.GetUtcNow() - Recent, cancellationToken));
                break;
            }
        }

        return await ReviewAsync(session, patches, cancellationToken);
    }

    /// <summary>For every day: a calendar that had no usable window in sight may have one now.</summary>
    /// <returns>How many patches were looked at.</returns>
    public async Task<int> FindWindowsAsync(IRecordSession session, CancellationToken cancellationToken) => await ReviewAsync(
        session,
        await InStateAsync(session, [RolloutState.Proposed, RolloutState.Deferred], rollout => rollout.Window is null, cancellationToken),
        cancellationToken);

    private static async Task<HashSet<PatchId>> InStateAsync(
        IRecordSession session, IReadOnlyCollection<RolloutState> states, Func<Rollout, bool> which, CancellationToken cancellationToken) =>
        [.. (await session.Rollouts.InStateAsync(states, int.MaxValue, cancellationToken)).Where(which).Select(rollout => rollout.Patch)];

    private async Task<int> ReviewAsync(IRecordSession session, HashSet<PatchId> patches, CancellationToken cancellationToken)
    {
        await dependencies.UpdateAsync(session, await session.Patches.FindAsync(patches, cancellationToken), cancellationToken);
        await review.ReviewAsync(session, patches, cancellationToken);
        return patches.Count;
    }
}
