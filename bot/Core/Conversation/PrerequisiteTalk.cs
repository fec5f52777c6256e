using PatchBot.Cards;
using PatchBot.Core.Delivery;
using PatchBot.Core.Patches;
using PatchBot.Core.Record;
using PatchBot.Core.Relations;
using PatchBot.Core.Rollouts;
using PatchBot.Core.Windows;

namespace PatchBot.Core.Conversation;

/// <summary>Confirming that a prerequisite is in place, by form or by "confirm KB5005112 on production".</summary>
public sealed class PrerequisiteTalk(
    Prerequisites prerequisites, DependencyReview dependencies, RolloutReview review, IRings rings, TimeProvider clock)
{
    public async Task<Answer> PressedAsync(IRecordSession session, ActionPressed pressed, PatchId patch, CancellationToken cancellationToken)
    {
        if (await session.Patches.FindAsync(patch, cancellationToken) is not { } found)
        {
            return new NoticeAnswer(Tone.Warning, $"{patch} is not known here any more; nothing changed.");
        }

        var reviews = new List<PatchReview>();
        foreach (var ring in rings.All)
        {
            reviews.AddRange(await dependencies.ForAsync(session, [found], ring, cancellationToken));
        }

        return ConfirmForm.Chosen(pressed.Inputs.GetValueOrDefault(ConfirmForm.Field, ""), reviews) is { } chosen
            ? await ConfirmAsync(session, chosen.Ring, chosen.Needs.Key, pressed.By, $"{pressed.Channel}/{pressed.Message}", cancellationToken)
            : new NoticeAnswer(Tone.Neutral, "That is not open any more; read the card again.", ConfirmForm.Field);
    }

    /// <returns><see langword="null"/> when the words were not meant for the bot after all.</returns>
    public async Task<Answer?> SaidAsync(
        IRecordSession session, MessagePosted said, ConfirmCommand command, Post? thread, CancellationToken cancellationToken)
    {
        if (!said.ToBot && thread is not { Subject.Kind: PatchCard.SubjectKind })
        {
            return null;
        }

        if (rings.Find(command.Ring) is not { } ring)
        {
            return said.ToBot ? new NoticeAnswer(Tone.Warning, $"There is no ring called '{command.Ring}'. Rings: {string.Join(", ", rings.All.Select(known => known.Key))}.") : null;
        }

        // "patch:KB…" is how it is stored; people write the id alone.
        var needs = RequirementKey.Read(command.Requirement)
            ?? (RequirementKey.PatchOf(command.Requirement) is { } patch ? new PatchRequirement(patch) : null);
        if (needs is not null && await IsKnownAsync(session, ring, needs, cancellationToken))
        {
            return said.IsLate ? LateTalk.Undecided : await ConfirmAsync(session, ring, needs.Key, said.By, $"{said.Channel}/{said.Message}", cancellationToken);
        }

        // "Confirmed the plan for production" is talk among people.
        return said.ToBot
            ? new NoticeAnswer(Tone.Warning, $"'{command.Requirement}' is not a prerequisite that I know; nothing changed. Write a patch's id, or use the button on the card.")
            : null;
    }

    private async Task<bool> IsKnownAsync(IRecordSession session, Ring ring, Requirement needs, CancellationToken cancellationToken) =>
        (await WaitingForAsync(session, ring, needs, cancellationToken)).Count > 0
        || (needs.Patches.Count > 0 && (await session.Patches.FindAsync([.. needs.Patches], cancellationToken)).Count > 0);

    private async Task<Answer> ConfirmAsync(
        IRecordSession session, Ring ring, string key, People.Person by, string origin, CancellationToken cancellationToken)
    {
        var outcome = await prerequisites.ConfirmAsync(session, ring, key, by, origin, clock.GetUtcNow(), cancellationToken);
        if (outcome == ConfirmOutcome.Confirmed && RequirementKey.Read(key) is { } needs)
        {
            await review.ReviewAsync(session, await WaitingForAsync(session, ring, needs, cancellationToken), cancellationToken);
        }

        return new NoticeAnswer(outcome == ConfirmOutcome.Confirmed ? Tone.Good : Tone.Warning, Prerequisites.Reply(outcome, ring, key));
    }

    private async Task<HashSet<PatchId>> WaitingForAsync(IRecordSession session, Ring ring, Requirement needs, CancellationToken cancellationToken)
    {
        if (needs.Patches.Count > 0)
        {
            return [.. await session.Relations.RequiredByAsync(needs.Patches, cancellationToken)];
        }

        // Which patches wait for a product is a rule's matter, so the ring's open ones are asked.
        var open = await session.Rollouts.InStateAsync([RolloutState.Proposed, RolloutState.Deferred], int.MaxValue, cancellationToken);
        var patches = await session.Patches.FindAsync([.. open.Where(rollout => rollout.Ring == ring.Key).Select(rollout => rollout.Patch)], cancellationToken);
        var reviews = await dependencies.ForAsync(session, patches, ring, cancellationToken);
        return [.. reviews.Where(found => found.Findings.Any(finding => finding.Dependency.Needs.Key == needs.Key)).Select(found => found.Patch.Id)];
    }
}
