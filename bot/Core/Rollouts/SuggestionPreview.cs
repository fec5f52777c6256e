using PatchBot.Core.Patches;
using PatchBot.Core.Record;
using PatchBot.Core.Windows;

namespace PatchBot.Core.Rollouts;

/// <param name="Prerequisites">What must go first, in words.</param>
public sealed record PreviewedSuggestion(WindowSuggestion Suggestion, DateTimeOffset Deadline, IReadOnlyList<string> Prerequisites);

/// <summary>The suggestion that a review would make now, for looking at; changes nothing.</summary>
public sealed class SuggestionPreview(RolloutSituations situations, RolloutProposals proposals)
{
    public async Task<PreviewedSuggestion> PreviewAsync(IRecordSession session, Patch patch, Ring ring, CancellationToken cancellationToken)
    {
        var situation = (await situations.OfAsync(session, ring, [patch], cancellationToken)).Single();
        var rollout = (await session.Rollouts.OfPatchesAsync([patch.Id], cancellationToken)).FirstOrDefault(known => known.Ring == ring.Key);
        var (suggestion, deadline) = proposals.Suggest(situation, rollout?.DeferredTo);
        return new PreviewedSuggestion(suggestion, deadline, [.. situation.Dependencies.Findings.Where(finding => finding.Blocks).Select(finding => finding.Because)]);
    }
}
