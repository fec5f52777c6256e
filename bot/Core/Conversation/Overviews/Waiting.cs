using Microsoft.Extensions.Options;
using PatchBot.Core.Lab;
using PatchBot.Core.Patches;
using PatchBot.Core.People;
using PatchBot.Core.Record;
using PatchBot.Core.Rollouts;
using PatchBot.Core.Windows;

namespace PatchBot.Core.Conversation.Overviews;

/// <summary>What a human can do now.</summary>
/// <param name="Decide">As an approver, earliest window first.</param>
/// <param name="Test">As an engineer.</param>
public sealed record WaitingWork(IReadOnlyList<Rollout> Decide, IReadOnlyList<PatchId> Test)
{
    public string Summary => $"{Decide.Count} to decide, {Test.Count} to test.";
}

/// <summary>Finds what is open and waits for someone: for a decision, or for the lab.</summary>
public sealed class Waiting(IRings rings, IRoles roles, IOptions<LabOptions> lab)
{
    private const int Most = 500;

    /// <summary>Rollouts that await a decision, earliest window first.</summary>
    public static Task<IReadOnlyList<Rollout>> OpenAsync(IRecordSession session, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Rollouts.InStateAsync([RolloutState.Proposed, RolloutState.Deferred], Most, cancellationToken);
    }

    public async Task<WaitingWork> ForAsync(IRecordSession session, Human human, CancellationToken cancellationToken)
    {
        var open = await OpenAsync(session, cancellationToken);
        var untested = await UntestedAsync(session, open, cancellationToken);
        var decide = new List<Rollout>();
        foreach (var rollout in open.Where(rollout => !untested.Contains(rollout.Patch)))
        {
            if (rings.Find(rollout.Ring) is { } ring && roles.IsApprover(human, ring)
                && !(ring.Quorum > 1 && await HasDecidedAsync(session, rollout, human, cancellationToken)))
            {
                decide.Add(rollout);
            }
        }

        return new WaitingWork(
            decide, roles.IsEngineer(human) ? [.. open.Select(rollout => rollout.Patch).Distinct().Where(untested.Contains)] : []);
    }

    /// <summary>Patches that wait for the lab, newest first.</summary>
    /// <param name="followed">Keys of the rings that are asked about; all of them when it is empty.</param>
    public async Task<IReadOnlyList<Patch>> ForLabAsync(
        IRecordSession session, IReadOnlySet<string> followed, int limit, CancellationToken cancellationToken)
    {
        var open = (await OpenAsync(session, cancellationToken)).Where(rollout => followed.Count == 0 || followed.Contains(rollout.Ring)).ToList();
        var untested = await UntestedAsync(session, open, cancellationToken);
        return [.. (await session.Patches.FindAsync(untested, cancellationToken)).OrderByDescending(patch => patch.ReleasedAt).ThenBy(patch => patch.Id).Take(limit)];
    }

    private async Task<HashSet<PatchId>> UntestedAsync(IRecordSession session, IReadOnlyList<Rollout> open, CancellationToken cancellationToken)
    {
        HashSet<PatchId> patches = [.. open.Select(rollout => rollout.Patch)];
        var standing = await session.Lab.StandingAsync(patches, cancellationToken);
        var testers = await LabStatus.TestersAsync(session, standing, cancellationToken);
        var results = standing.ToLookup(result => result.Patch);
        patches.RemoveWhere(patch => LabStatus.Of([.. results[patch]], testers).AllowsApproval(lab.Value));
        return patches;
    }

    private static async Task<bool> HasDecidedAsync(IRecordSession session, Rollout rollout, Human human, CancellationToken cancellationToken) =>
        (await session.Rollouts.DecisionsAsync(rollout.Id, cancellationToken))
            .Any(decision => decision.Standing && human.Is(decision.By.Id) && decision.Snapshot == rollout.Snapshot.Mark);
}
