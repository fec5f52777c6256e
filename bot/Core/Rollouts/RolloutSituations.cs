using Microsoft.Extensions.Options;
using PatchBot.Core.Lab;
using PatchBot.Core.Patches;
using PatchBot.Core.Record;
using PatchBot.Core.Relations;
using PatchBot.Core.Windows;

namespace PatchBot.Core.Rollouts;

/// <summary>All that a patch's rollout into a ring depends on, as it is now.</summary>
/// <param name="LabPassed">The lab allows an approval.</param>
/// <param name="After">Windows that open or planned prerequisites have in the ring.</param>
/// <param name="Successor">A newer patch that takes its place in this ring.</param>
public sealed record RolloutSituation(
    Patch Patch, Ring Ring, LabStatus Lab, bool LabPassed, PatchReview Dependencies, IReadOnlyList<PrerequisiteWindow> After, Patch? Successor)
{
    /// <summary>What an approval of the window would be bound to.</summary>
    public Snapshot SnapshotOf(MaintenanceWindow? window, MaintenanceWindow? emergency) =>
        new(Patch.Content.Value, Lab.Digest, Dependencies.Digest, RolloutText.WindowPart(window, emergency, Ring.Freezes));
}

/// <summary>Gathers situations for many patches at once, prerequisites before what needs them.</summary>
public sealed class RolloutSituations(DependencyReview dependencies, IOptions<LabOptions> lab)
{
    public async Task<IReadOnlyList<RolloutSituation>> OfAsync(
        IRecordSession session, Ring ring, IReadOnlyList<Patch> patches, CancellationToken cancellationToken)
    {
        if (patches.Count == 0)
        {
            return [];
        }

        PatchId[] ids = [.. patches.Select(patch => patch.Id)];
        var standing = await session.Lab.StandingAsync(ids, cancellationToken);
        var testers = await LabStatus.TestersAsync(session, standing, cancellationToken);
        var results = standing.ToLookup(result => result.Patch);
        var successors = await SuccessorsAsync(session, patches, cancellationToken);
        var reviews = await dependencies.ForAsync(session, patches, ring, cancellationToken);
        var situations = new List<RolloutSituation>();
        foreach (var review in DependencyOrder.Sort(reviews))
        {
            var status = LabStatus.Of([.. results[review.Patch.Id]], testers);
            situations.Add(new RolloutSituation(
                review.Patch,
                ring,
                status,
                status.AllowsApproval(lab.Value),
                review,
                await PrerequisiteWindowsAsync(session, review, cancellationToken),
                successors.FirstOrDefault(successor => successor.TakesPlace(review.Patch.Id, ring))?.Newer));
        }

        return situations;
    }

    /// <summary>Approved windows of prerequisites, and suggested ones of those that still await a decision.</summary>
    private static async Task<IReadOnlyList<PrerequisiteWindow>> PrerequisiteWindowsAsync(
        IRecordSession session, PatchReview review, CancellationToken cancellationToken)
    {
        var open = review.Findings
            .Where(finding => finding.State == DependencyState.Open)
            .SelectMany(finding => finding.Dependency.Needs.Patches)
            .ToHashSet();
        if (open.Count == 0)
        {
            return review.After;
        }

        // What replaces a prerequisite will meet it in its stead.
        open.UnionWith((await session.Relations.SupersededByAsync(open, cancellationToken)).Select(pair => pair.Newer));
        open.Remove(review.Patch.Id);
        var proposed = (await session.Rollouts.OfPatchesAsync(open, cancellationToken))
            .Where(rollout => rollout.Ring == review.Ring.Key && rollout is { IsOpen: true, Window: not null })
            .Select(rollout => new PrerequisiteWindow(rollout.Patch.Value, rollout.Window!));
        return [.. review.After, .. proposed];
    }

    /// <summary>Newer patches that take an older one's place. Of two that name each other, the later release does.</summary>
    private static async Task<IReadOnlyList<Successor>> SuccessorsAsync(
        IRecordSession session, IReadOnlyList<Patch> patches, CancellationToken cancellationToken)
    {
        var pairs = await session.Relations.SupersededByAsync([.. patches.Select(patch => patch.Id)], cancellationToken);
        if (pairs.Count == 0)
        {
            return [];
        }

        var known = patches.ToDictionary(patch => patch.Id);
        PatchId[] newer = [.. pairs.Select(pair => pair.Newer).Distinct()];
        var found = (await session.Patches.FindAsync(newer, cancellationToken)).ToDictionary(patch => patch.Id);
        var rejectedIn = (await session.Rollouts.OfPatchesAsync(newer, cancellationToken))
            .Where(rollout => rollout.State == RolloutState.Rejected)
            .ToLookup(rollout => rollout.Patch, rollout => rollout.Ring);
        return [.. pairs
            .Where(pair => IsLater(found[pair.Newer], known[pair.Older]))
            .Select(pair => new Successor(pair.Older, found[pair.Newer], rejectedIn[pair.Newer].ToHashSet()))
            .OrderByDescending(successor => successor.Newer.ReleasedAt)];
    }

    // Where a source gives no release date there is nothing to compare; who names whom decides.
    private static bool IsLater(Patch newer, Patch older) =>
        newer.ReleasedAt > older.ReleasedAt
        || ((newer.ReleasedAt == older.ReleasedAt || newer.Facts.ReleasedAt is null || older.Facts.ReleasedAt is null)
            && !older.Facts.Supersedes.Contains(newer.Id));

    /// <summary>A newer patch, and the rings that refused it: there, the older one stays open.</summary>
    private sealed record Successor(PatchId Older, Patch Newer, IReadOnlySet<string> RejectedIn)
    {
        public bool TakesPlace(PatchId older, Ring ring) =>
            Older == older && !RejectedIn.Contains(ring.Key) && ring.Runs(Newer.Facts).Count > 0;
    }
}
