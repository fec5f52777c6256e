using PatchBot.Core.Approvals;
using PatchBot.Core.Patches;
using PatchBot.Core.Windows;

namespace PatchBot.Core.Rollouts;

public interface IRolloutStore
{
    /// <summary>Adds a rollout; its id is given here. One patch has at most one rollout a ring.</summary>
    Task<Rollout> AddAsync(Rollout rollout, CancellationToken cancellationToken);

    Task<Rollout?> FindAsync(long id, CancellationToken cancellationToken);

    /// <summary>Whether any patch has, or had, a rollout into the ring.</summary>
    Task<bool> AnyInAsync(string ring, CancellationToken cancellationToken);

    /// <summary>Of any of the patches, in the order they were added.</summary>
    Task<IReadOnlyList<Rollout>> OfPatchesAsync(IReadOnlyCollection<PatchId> patches, CancellationToken cancellationToken);

    /// <summary>Writes everything but id, patch and ring, and counts the version up.</summary>
    /// <returns><see langword="false"/> when the stored version is no longer <see cref="Rollout.Version"/>: nothing was written.</returns>
    Task<bool> TryUpdateAsync(Rollout rollout, CancellationToken cancellationToken);

    /// <summary>Approved or finished rollouts into the window of a ring that starts at <paramref name="start"/>.</summary>
    Task<IReadOnlyList<Rollout>> InWindowAsync(string ring, DateTimeOffset start, CancellationToken cancellationToken);

    /// <summary>Whether <see cref="InWindowAsync"/> finds any.</summary>
    Task<bool> AnyInWindowAsync(string ring, DateTimeOffset start, CancellationToken cancellationToken);

    /// <summary>Open rollouts whose suggested window or emergency slot starts before <paramref name="before"/>: their suggestion is stale.</summary>
    Task<IReadOnlyList<Rollout>> StaleAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken);

    /// <summary>Approved rollouts whose window starts before <paramref name="before"/>, earliest first.</summary>
    Task<IReadOnlyList<Rollout>> ApprovedBeforeAsync(DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>Rollouts in any of the states, earliest window first.</summary>
    Task<IReadOnlyList<Rollout>> InStateAsync(IReadOnlyCollection<RolloutState> states, int limit, CancellationToken cancellationToken);

    /// <summary>Adds a decision; its id is given here.</summary>
    /// <returns><see langword="null"/> when this human has a standing decision on this snapshot already.</returns>
    Task<Decision?> TryDecideAsync(Decision decision, CancellationToken cancellationToken);

    /// <summary>All decisions on a rollout, oldest first.</summary>
    Task<IReadOnlyList<Decision>> DecisionsAsync(long rolloutId, CancellationToken cancellationToken);

    /// <summary>Ends every standing decision on a rollout: withdrawn, or fallen with its snapshot.</summary>
    Task EndDecisionsAsync(long rolloutId, CancellationToken cancellationToken);
}
