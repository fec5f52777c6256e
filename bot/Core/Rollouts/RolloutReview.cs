using PatchBot.Core.Announcements;
using PatchBot.Core.Audit;
using PatchBot.Core.Delivery;
using PatchBot.Core.Patches;
using PatchBot.Core.People;
using PatchBot.Core.Record;
using PatchBot.Core.Windows;

namespace PatchBot.Core.Rollouts;

/// <summary>
/// Brings rollouts in line with what is known now: opens one for each ring that runs a patch, suggests windows, and lets
/// an approval fall when what was approved is no longer what is there. Every use case that changes a patch, a lab result,
/// a dependency or a window calls it in the same transaction.
/// </summary>
public sealed class RolloutReview(
    IRings rings, RolloutSituations situations, RolloutProposals proposals, Announcer announcer, TimeProvider clock)
{
    // A change runs along prerequisites; a longer chain than this is a mistake in the data.
    private const int MaxPasses = 8;

    /// <summary>Reviews the patches and whatever they concern, then what the rollouts that moved concern.</summary>
    public async Task ReviewAsync(IRecordSession session, IReadOnlyCollection<PatchId> touched, CancellationToken cancellationToken) =>
        await ReviewScopeAsync(session, [.. touched, .. await ConcernedByAsync(session, touched, cancellationToken)], cancellationToken);

    /// <summary>Reviews patches that were tested. A lab result is nothing to other patches until a rollout moves because of it.</summary>
    public Task ReviewTestedAsync(IRecordSession session, IReadOnlyCollection<PatchId> tested, CancellationToken cancellationToken) =>
        ReviewScopeAsync(session, tested.ToHashSet(), cancellationToken);

    private async Task ReviewScopeAsync(IRecordSession session, HashSet<PatchId> scope, CancellationToken cancellationToken)
    {
        var redraw = new HashSet<PatchId>(scope);
        for (var pass = 0; pass < MaxPasses && scope.Count > 0; pass++)
        {
            var moved = await PassAsync(session, scope, cancellationToken);
            scope = await ConcernedByAsync(session, moved, cancellationToken);
            redraw.UnionWith(moved);
            redraw.UnionWith(scope);
        }

        foreach (var patch in redraw.Order())
        {
            await session.Posts.RefreshAsync(PostSubject.Of(PatchCard.SubjectKind, patch.Value), cancellationToken);
        }
    }

    /// <returns>Patches of which a rollout changed its state or its window.</returns>
    private async Task<HashSet<PatchId>> PassAsync(IRecordSession session, HashSet<PatchId> scope, CancellationToken cancellationToken)
    {
        var patches = await session.Patches.FindAsync(scope, cancellationToken);
        var rollouts = (await session.Rollouts.OfPatchesAsync(scope, cancellationToken)).ToDictionary(rollout => (rollout.Patch, rollout.Ring));
        var moved = new HashSet<PatchId>();
        foreach (var ring in rings.All)
        {
            var concerned = patches
                .Where(patch => rollouts.TryGetValue((patch.Id, ring.Key), out var rollout) ? !IsSettled(rollout, patch) : ring.Runs(patch.Facts).Count > 0)
                .ToList();
            foreach (var situation in await situations.OfAsync(session, ring, concerned, cancellationToken))
            {
                rollouts.TryGetValue((situation.Patch.Id, ring.Key), out var rollout);
                if (await ReviewAsync(session, situation, rollout, cancellationToken))
                {
                    moved.Add(situation.Patch.Id);
                }
            }
        }

        foreach (var orphan in rollouts.Values.Where(rollout => rings.Find(rollout.Ring) is null))
        {
            await LeaveAsync(session, orphan, cancellationToken);
        }

        return moved;
    }

    /// <summary>A ring left the settings, and with it the calendar: nobody would announce its windows. They come back with the ring.</summary>
    private async Task LeaveAsync(IRecordSession session, Rollout orphan, CancellationToken cancellationToken)
    {
        var next = orphan switch
        {
            { IsOpen: true } => orphan with { Window = null, Emergency = null },
            { State: RolloutState.Approved } when orphan.Window!.Start > clock.GetUtcNow() => orphan with
            {
                State = RolloutState.Proposed,
                Window = null,
                Fallen = await FallAsync(session, orphan, "approval.fell", $"the ring '{orphan.Ring}' was taken out of the settings", cancellationToken),
            },
            _ => orphan,
        };
        if (next != orphan)
        {
            await UpdateAsync(session, next, cancellationToken);
        }
    }

    // Whatever is found out about it, it stays as it is.
    private static bool IsSettled(Rollout rollout, Patch patch) =>
        rollout.State == RolloutState.Finished || (rollout.State == RolloutState.Rejected && rollout.Snapshot.Content == patch.Content.Value);

    private async Task<bool> ReviewAsync(IRecordSession session, RolloutSituation situation, Rollout? rollout, CancellationToken cancellationToken)
    {
        if (rollout is null)
        {
            await session.Rollouts.AddAsync(proposals.Propose(situation, null), cancellationToken);
            return true;
        }

        var next = rollout.State switch
        {
            RolloutState.Proposed or RolloutState.Deferred or RolloutState.Superseded => await ProposeAgainAsync(session, situation, rollout, cancellationToken),
            RolloutState.Approved => await UpholdAsync(session, situation, rollout, cancellationToken),
            RolloutState.Rejected when rollout.Snapshot.Content != situation.Patch.Content.Value =>
                await ReopenAsync(session, situation, rollout, "rollout.reopened", "the vendor revised the patch after it was rejected", cancellationToken),
            RolloutState.Rejected or RolloutState.Finished => rollout,
        };
        if (RolloutText.Same(next, rollout))
        {
            return false;
        }

        await UpdateAsync(session, next, cancellationToken);
        if (rollout is { State: RolloutState.Approved, Window: { } lost } && next.State != RolloutState.Approved)
        {
            await announcer.WindowChangedAsync(session, situation.Ring, lost, cancellationToken);
        }

        return next.State != rollout.State || next.Window != rollout.Window;
    }

    /// <summary>Suggests anew; approvals that waited for others fall when what they approved is no longer what is there.</summary>
    private async Task<Rollout> ProposeAgainAsync(IRecordSession session, RolloutSituation situation, Rollout rollout, CancellationToken cancellationToken)
    {
        var next = proposals.Propose(situation, rollout);
        return situation.Ring.Quorum > 1
            && next.Snapshot.Mark != rollout.Snapshot.Mark
            && (await session.Rollouts.DecisionsAsync(rollout.Id, cancellationToken)).Any(decision => decision.Standing)
                ? next with { Fallen = await FallAsync(session, rollout, "approval.fell", RolloutText.Changes(rollout.Snapshot, next.Snapshot), cancellationToken) }
                : next;
    }

    /// <summary>An approval stands while its snapshot is what it was; otherwise it falls and a new window is suggested.</summary>
    private async Task<Rollout> UpholdAsync(IRecordSession session, RolloutSituation situation, Rollout rollout, CancellationToken cancellationToken)
    {
        if (rollout.Window is { } window && window.Start <= clock.GetUtcNow())
        {
            // It is being installed; what changes now is for the next decision.
            return rollout;
        }

        var current = situation.SnapshotOf(rollout.Window, rollout.Emergency);
        return current.Mark == rollout.Snapshot.Mark
            ? rollout
            : await ReopenAsync(session, situation, rollout, "approval.fell", RolloutText.Changes(rollout.Snapshot, current), cancellationToken);
    }

    private async Task<Rollout> ReopenAsync(
        IRecordSession session, RolloutSituation situation, Rollout rollout, string action, string why, CancellationToken cancellationToken)
    {
        var fallen = await FallAsync(session, rollout, action, why, cancellationToken);
        return proposals.Propose(situation, rollout with { State = RolloutState.Proposed, Fallen = fallen });
    }

    /// <returns>What the card says of it.</returns>
    private async Task<string> FallAsync(IRecordSession session, Rollout rollout, string action, string why, CancellationToken cancellationToken)
    {
        await session.Rollouts.EndDecisionsAsync(rollout.Id, cancellationToken);
        await session.Audit.AppendAsync(
            new AuditEvent(
                clock.GetUtcNow(), Person.Bot.Id, action, $"rollout/{rollout.Id}", AuditEvent.Fit($"{rollout.Patch} in {rollout.Ring}: {why}"), ""),
            cancellationToken);
        return $"The earlier decision no longer stands: {why}.";
    }

    private static async Task UpdateAsync(IRecordSession session, Rollout next, CancellationToken cancellationToken)
    {
        if (!await session.Rollouts.TryUpdateAsync(next, cancellationToken))
        {
            throw new InvalidOperationException($"Rollout {next.Id} changed inside its own transaction; the store does not isolate writers.");
        }
    }

    /// <summary>
    /// Known patches that these take the place of, and those that need any of them. A need is met by what replaces the
    /// needed patch too, so needs are followed through two generations of replaced patches; vendors list older ones directly.
    /// </summary>
    private static async Task<HashSet<PatchId>> ConcernedByAsync(
        IRecordSession session, IReadOnlyCollection<PatchId> patches, CancellationToken cancellationToken)
    {
        var replaced = await session.Patches.FindAsync(await OlderAsync(session, patches, cancellationToken), cancellationToken);
        HashSet<PatchId> met = [.. patches, .. replaced.Select(patch => patch.Id), .. replaced.SelectMany(patch => patch.Facts.Supersedes)];
        return [.. replaced.Select(patch => patch.Id), .. await session.Relations.RequiredByAsync(met, cancellationToken)];
    }

    private static async Task<HashSet<PatchId>> OlderAsync(IRecordSession session, IReadOnlyCollection<PatchId> patches, CancellationToken cancellationToken) =>
        (await session.Patches.FindAsync(patches, cancellationToken)).SelectMany(patch => patch.Facts.Supersedes).ToHashSet();
}
