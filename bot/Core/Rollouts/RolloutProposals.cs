using PatchBot.Core.Policy;
using PatchBot.Core.Windows;

namespace PatchBot.Core.Rollouts;

/// <summary>Makes the proposal that a card shows: a suggested window with its reasons, bound to a snapshot.</summary>
public sealed class RolloutProposals(PatchPolicy policy, TimeProvider clock)
{
    // How far a suggestion looks; a deferral moves the view, so that a window after it is found too.
    private static readonly TimeSpan Horizon = TimeSpan.FromDays(90);

    public (WindowSuggestion Suggestion, DateTimeOffset Deadline) Suggest(RolloutSituation situation, DateTimeOffset? deferredTo)
    {
        var now = clock.GetUtcNow();
        var (deadline, reason) = policy.DeadlineFor(situation.Patch, situation.Ring);
        var suggestion = WindowSuggester.Suggest(new SuggestionRequest(situation.Ring, now, deadline, reason)
        {
            LabPassed = situation.LabPassed,
            DeferredTo = deferredTo,
            After = situation.After,
            Horizon = deferredTo > now ? Horizon + (deferredTo.Value - now) : Horizon,
        });
        return (suggestion, deadline);
    }

    /// <param name="old">The rollout as it stands; <see langword="null"/> for a new one.</param>
    public Rollout Propose(RolloutSituation situation, Rollout? old)
    {
        var (suggestion, _) = Suggest(situation, old?.DeferredTo);
        var state = situation.Successor is not null
            ? RolloutState.Superseded
            : old?.State is null or RolloutState.Superseded ? RolloutState.Proposed : old.State;
        if (old is not null && KeepsSlot(situation, old, suggestion))
        {
            return old with { State = state };
        }

        return new Rollout(
            old?.Id ?? 0,
            situation.Patch.Id,
            situation.Ring.Key,
            state,
            suggestion.Window,
            suggestion.InTime,
            suggestion.Emergency,
            old?.DeferredTo,
            suggestion.Reasons,
            situation.SnapshotOf(suggestion.Window, suggestion.Emergency),
            old?.Version ?? 1)
        {
            PassedOver = [.. suggestion.PassedOver.Select(passed => $"{WindowText.Local(passed.Window, situation.Ring.Calendar)}: {passed.Why}")],
            Fallen = old?.Fallen ?? "",
        };
    }

    // An emergency slot is counted from now, so it would move with every review. While nothing else has changed and the
    // slot can still be used, it stays as the card shows it, with its reasons.
    private bool KeepsSlot(RolloutSituation situation, Rollout old, WindowSuggestion suggestion) =>
        old.Emergency is { } slot
        && suggestion.Emergency is not null
        && slot.Start > clock.GetUtcNow()
        && slot.Start >= (old.DeferredTo ?? slot.Start)
        && situation.After.All(first => first.Window.End <= slot.Start)
        && old.Snapshot == situation.SnapshotOf(suggestion.Window, slot);
}
