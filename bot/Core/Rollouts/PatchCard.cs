using PatchBot.Cards;
using PatchBot.Core.Approvals;
using PatchBot.Core.Delivery;
using PatchBot.Core.Lab;
using PatchBot.Core.Patches;
using PatchBot.Core.People.Links;
using PatchBot.Core.Policy;
using PatchBot.Core.Record;
using PatchBot.Core.Relations;
using PatchBot.Core.Windows;
using Microsoft.Extensions.Options;

namespace PatchBot.Core.Rollouts;

/// <summary>One ring's part of a patch card.</summary>
/// <param name="Successors">Newer patches that take its place there, when it is superseded.</param>
public sealed record RingOnCard(
    Ring Ring, Rollout Rollout, PatchReview Dependencies, IReadOnlyList<Decision> Decisions, IReadOnlyList<PatchId> Successors)
{
    /// <summary>Who of those who decided is one human.</summary>
    public Humans Deciders { get; init; } = Humans.Unlinked;
}

/// <summary>All that a patch card shows.</summary>
public sealed record PatchOnCard(
    Patch Patch, Verdict Verdict, LabStatus Lab, bool LabPassed, IReadOnlyList<RingOnCard> Rings, IReadOnlyList<string> UnlistedIn);

/// <summary>Draws the card that carries a patch from its release to its window; each channel sees the rings that it follows.</summary>
public sealed class PatchCard(
    IRings rings, PatchPolicy policy, DependencyReview dependencies, IOptions<LabOptions> lab, TimeProvider clock) : ICardSource
{
    public const string SubjectKind = "patch";

    public string Kind => SubjectKind;

    public async Task<ChatCard?> DrawAsync(IRecordSession session, PostSubject subject, ChannelRef channel, CancellationToken cancellationToken)
    {
        if (await session.Patches.FindAsync(new PatchId(subject.Key), cancellationToken) is not { } patch)
        {
            return null;
        }

        var followed = await session.Channels.FollowedAsync(channel, Topic.Patches, cancellationToken);
        var rollouts = await session.Rollouts.OfPatchesAsync([patch.Id], cancellationToken);
        var shown = new List<RingOnCard>();
        foreach (var ring in rings.All)
        {
            // A channel that follows no ring was asked for the patch itself, so it sees every ring.
            if ((followed.Count == 0 || followed.Contains(ring.Key)) && rollouts.FirstOrDefault(rollout => rollout.Ring == ring.Key) is { } rollout)
            {
                var review = (await dependencies.ForAsync(session, [patch], ring, cancellationToken)).Single();
                var decisions = await session.Rollouts.DecisionsAsync(rollout.Id, cancellationToken);
                shown.Add(new RingOnCard(ring, rollout, review, decisions, await SuccessorsAsync(session, rollout, cancellationToken))
                {
                    Deciders = ring.Quorum > 1
                        ? await session.Links.AmongAsync(decisions.Where(decision => decision.Standing).Select(decision => decision.By.Id), cancellationToken)
                        : Humans.Unlinked,
                });
            }
        }

        var results = await session.Lab.StandingAsync([patch.Id], cancellationToken);
        var status = LabStatus.Of(results, await LabStatus.TestersAsync(session, results, cancellationToken));
        var sightings = await session.Patches.SightingsOfAsync([patch.Id], cancellationToken);
        return PatchCardFace.Draw(new PatchOnCard(
            patch,
            policy.Judge(patch, [.. shown.Select(part => part.Ring)], clock.GetUtcNow()),
            status,
            status.AllowsApproval(lab.Value),
            shown,
            [.. sightings.Where(sighting => !sighting.Listed).Select(sighting => $"{sighting.Origin.Source} {sighting.Origin.Document}")]));
    }

    private static async Task<IReadOnlyList<PatchId>> SuccessorsAsync(IRecordSession session, Rollout rollout, CancellationToken cancellationToken)
    {
        if (rollout.State != RolloutState.Superseded)
        {
            return [];
        }

        var newer = (await session.Relations.SupersededByAsync([rollout.Patch], cancellationToken)).Select(pair => pair.Newer).ToHashSet();
        return [.. (await session.Rollouts.OfPatchesAsync(newer, cancellationToken))
            .Where(other => other.Ring == rollout.Ring && other.State is not (RolloutState.Rejected or RolloutState.Superseded))
            .Select(other => other.Patch)];
    }
}
