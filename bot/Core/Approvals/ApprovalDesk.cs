using Microsoft.Extensions.Options;
using PatchBot.Core.Announcements;
using PatchBot.Core.Audit;
using PatchBot.Core.Delivery;
using PatchBot.Core.Lab;
using PatchBot.Core.Patches;
using PatchBot.Core.People;
using PatchBot.Core.People.Links;
using PatchBot.Core.Record;
using PatchBot.Core.Relations;
using PatchBot.Core.Rollouts;
using PatchBot.Core.Windows;

namespace PatchBot.Core.Approvals;

/// <summary>
/// Takes decisions on rollouts. Buttons and replies come through here, so both meet the same checks in the same order.
/// Fails closed: what cannot be checked is not approved.
/// </summary>
public sealed class ApprovalDesk(
    IRings rings,
    IRoles roles,
    DependencyReview dependencies,
    RolloutReview review,
    Announcer announcer,
    IOptions<LabOptions> lab,
    TimeProvider clock)
{
    public async Task<DecisionReply> DecideAsync(IRecordSession session, DecisionWish wish, CancellationToken cancellationToken)
    {
        if (await session.Rollouts.FindAsync(wish.RolloutId, cancellationToken) is not { } rollout
            || rings.Find(rollout.Ring) is not { } ring
            || await session.Patches.FindAsync(rollout.Patch, cancellationToken) is not { } patch)
        {
            return new DecisionReply(DecisionOutcome.NoSuchRollout, "This card asks about something that no longer exists; nothing was recorded.");
        }

        // Who is one human with whom is asked once, for all whom it may matter of.
        var decisions = await session.Rollouts.DecisionsAsync(rollout.Id, cancellationToken);
        var humans = Humans.Of(await session.Links.OfAsync(
            [wish.By.Id, .. decisions.Where(decision => decision.Standing).Select(decision => decision.By.Id)], cancellationToken));
        var facing = new Case(wish, rollout, ring, patch, decisions, humans);
        var refusal = RefuseByRole(facing)
            ?? RefuseByState(facing)
            ?? (wish.Kind == DecisionKind.Approve ? await RefuseApprovalAsync(session, facing, cancellationToken) : null);
        return refusal is null ? await RecordAsync(session, facing, cancellationToken) : refusal;
    }

    private DecisionReply? RefuseByRole(Case facing) => roles.IsApprover(facing.By, facing.Ring)
        ? null
        : new DecisionReply(
            DecisionOutcome.NotAnApprover,
            facing.Ring.Approvers.Count == 0
                ? $"Nobody is named as approver of {facing.Ring.Title}, so nobody may decide. An admin can name approvers in the settings."
                : $"Only approvers of {facing.Ring.Title} can decide; you are not one of them.");

    private DecisionReply? RefuseByState(Case facing)
    {
        var (wish, rollout, decisions) = (facing.Wish, facing.Rollout, facing.Decisions);
        var last = decisions.LastOrDefault(decision => decision.Standing);
        if (wish.Kind == DecisionKind.Withdraw)
        {
            return rollout.State switch
            {
                RolloutState.Approved when rollout.Window!.Start <= clock.GetUtcNow() => new(DecisionOutcome.WindowStarted, "The window has started; an approval can no longer be withdrawn."),
                RolloutState.Approved when wish.Reason.Length == 0 => new(DecisionOutcome.ReasonMissing, "Say why you withdraw it, for example: withdraw: storage migration that night."),
                RolloutState.Approved => null,
                _ => new(DecisionOutcome.NothingToWithdraw, $"{rollout.Patch} is not approved for {facing.Ring.Title}, so there is nothing to withdraw."),
            };
        }

        return rollout.State switch
        {
            RolloutState.Superseded => new(DecisionOutcome.Superseded, $"{rollout.Patch} was superseded by a newer patch; decide on that one's card."),
            RolloutState.Approved or RolloutState.Rejected or RolloutState.Finished when last is not null && facing.By.Is(last.By.Id) => new(
                DecisionOutcome.AlreadyDecidedByYou, $"You have {ApprovalText.Past(last.Kind)} it already; nothing changed."),
            RolloutState.Approved or RolloutState.Rejected or RolloutState.Finished => new(
                DecisionOutcome.AlreadyDecided,
                last is null ? "This was decided already; nothing changed." : $"{last.By.Name} answered first ({ApprovalText.Past(last.Kind)}); nothing changed."),
            _ when wish.Kind == DecisionKind.Approve && decisions.Any(decision => decision.Standing && facing.By.Is(decision.By.Id) && decision.Snapshot == rollout.Snapshot.Mark) =>
                new(DecisionOutcome.AlreadyDecidedByYou, "You have approved it already; it counts once."),
            RolloutState.Deferred when wish.Kind == DecisionKind.Defer && wish.DeferTo == rollout.DeferredTo => new(
                DecisionOutcome.AlreadyDecided, "It is deferred to then already; nothing changed."),
            _ when wish.Seen != rollout.Snapshot.Mark => new(
                DecisionOutcome.ChangedSinceYouLooked, "The patch, its lab results, its prerequisites or its window changed since you looked. Read the card again, then decide."),
            _ when wish.Kind == DecisionKind.Reject && wish.Reason.Length == 0 =>
                new(DecisionOutcome.ReasonMissing, "Say why you reject it, for example: reject: breaks the backup agent."),
            _ when wish.Kind == DecisionKind.Defer && !(wish.DeferTo > clock.GetUtcNow()) =>
                new(DecisionOutcome.DateMissing, wish.DeferDoubt.Length > 0 ? wish.DeferDoubt : "Say until when, in the future, for example: defer to next month, or defer to 2026-12-05."),
            _ => null,
        };
    }

    private async Task<DecisionReply?> RefuseApprovalAsync(IRecordSession session, Case facing, CancellationToken cancellationToken)
    {
        var (rollout, ring) = (facing.Rollout, facing.Ring);
        var window = facing.Window;
        if (window is null)
        {
            return new(DecisionOutcome.NoWindow, $"There is no window of {ring.Title} to approve. Defer it, or ask an admin to look at the ring's calendar and freezes.");
        }

        if (window.Start <= clock.GetUtcNow())
        {
            return new(DecisionOutcome.WindowStarted, "That window has started already; a later one will be suggested in a moment.");
        }

        var results = await session.Lab.StandingAsync([rollout.Patch], cancellationToken);
        var status = LabStatus.Of(results, await LabStatus.TestersAsync(session, results, cancellationToken));
        if (!status.AllowsApproval(lab.Value))
        {
            return new(DecisionOutcome.LabNotPassed, $"The lab has not passed {rollout.Patch}. {status.Sentence} Nothing was recorded.");
        }

        if (status.Testers.All(facing.By.Is))
        {
            return new(DecisionOutcome.OnlyYourOwnLabResult, "You recorded the only lab result that passed; someone else has to approve, or to test as well.");
        }

        var prerequisites = (await dependencies.ForAsync(session, [facing.Patch], ring, cancellationToken)).Single();
        var open = prerequisites.Findings.FirstOrDefault(finding => finding.Blocks);
        if (open is not null)
        {
            return new(DecisionOutcome.PrerequisiteOpen, $"A prerequisite is open: {open.Because}");
        }

        // A prerequisite may have moved behind this window since the window was suggested.
        var late = prerequisites.Findings.FirstOrDefault(finding => finding is { State: DependencyState.Planned, Window: { } planned }
            && planned.End > window.Start && !(ring.PrerequisitesInSameWindow && planned == window));
        return late is null
            ? null
            : new(DecisionOutcome.PrerequisiteOpen, $"{late.Dependency.Needs} must go first, and its window is not before this one. {late.Because}");
    }

    private async Task<DecisionReply> RecordAsync(IRecordSession session, Case facing, CancellationToken cancellationToken)
    {
        var (wish, rollout, ring) = (facing.Wish, facing.Rollout, facing.Ring);
        var now = clock.GetUtcNow();
        if (wish.Kind != DecisionKind.Approve)
        {
            await session.Rollouts.EndDecisionsAsync(rollout.Id, cancellationToken);
        }

        // Deferring and withdrawing leave the question open, so they do not stand in the way of a later answer.
        var stands = wish.Kind is DecisionKind.Approve or DecisionKind.Reject;
        var decision = await session.Rollouts.TryDecideAsync(
            new Decision(0, rollout.Id, wish.Kind, wish.By, now, wish.Reason, rollout.Snapshot.Mark, wish.Origin, stands) { HumanId = facing.By.Id },
            cancellationToken);
        if (decision is null)
        {
            return new(DecisionOutcome.AlreadyDecidedByYou, "You have decided on this already; it counts once.");
        }

        var approvals = wish.Kind != DecisionKind.Approve ? 0 : facing.Decisions
            .Where(earlier => earlier is { Standing: true, Kind: DecisionKind.Approve } && earlier.Snapshot == rollout.Snapshot.Mark)
            .Select(earlier => facing.Humans.Of(earlier.By.Id))
            .Where(human => roles.IsApprover(human, ring))
            .Append(facing.By)
            .DistinctBy(human => human.Id)
            .Count();
        var complete = wish.Kind != DecisionKind.Approve || approvals >= ring.Quorum;
        if (complete && !await session.Rollouts.TryUpdateAsync(facing.After(), cancellationToken))
        {
            throw new InvalidOperationException($"Rollout {rollout.Id} changed inside its own transaction; the store does not isolate writers.");
        }

        await session.Audit.AppendAsync(
            new AuditEvent(now, wish.By.Id, $"approval.{ApprovalText.Verb(wish.Kind)}", $"rollout/{rollout.Id}", AuditEvent.Fit(facing.Detail()), wish.Origin),
            cancellationToken);
        if (!complete)
        {
            // Nothing moved, so nothing is suggested anew: that could overtake what the others are about to approve.
            await session.Posts.RefreshAsync(PostSubject.Of(PatchCard.SubjectKind, rollout.Patch.Value), cancellationToken);
            return new(DecisionOutcome.QuorumOpen, $"Recorded: approval {approvals} of {ring.Quorum} for {rollout.Patch} in {ring.Title}. Others still have to approve.");
        }

        await review.ReviewAsync(session, [rollout.Patch], cancellationToken);
        if (facing.AnnouncedWindow is { } announced)
        {
            await announcer.WindowChangedAsync(session, ring, announced, cancellationToken);
        }

        return wish.Kind == DecisionKind.Approve
            && await session.Rollouts.FindAsync(rollout.Id, cancellationToken) is { State: not RolloutState.Approved } fallen
                ? new(DecisionOutcome.ChangedSinceYouLooked, fallen.Fallen)
                : new(DecisionOutcome.Recorded, ApprovalText.Recorded(facing.Patch, ring, wish, facing.Window));
    }

    /// <summary>A wish and all that it is judged by.</summary>
    private sealed record Case(DecisionWish Wish, Rollout Rollout, Ring Ring, Patch Patch, IReadOnlyList<Decision> Decisions, Humans Humans)
    {
        /// <summary>Whose wish it is, whichever identity they use.</summary>
        public Human By { get; } = Humans.Of(Wish.By.Id);

        /// <summary>The window that the wish is about.</summary>
        public MaintenanceWindow? Window => Wish is { Kind: DecisionKind.Approve, Emergency: true } ? Rollout.Emergency : Rollout.Window;

        /// <summary>The window whose announcements change.</summary>
        public MaintenanceWindow? AnnouncedWindow => Wish.Kind is DecisionKind.Approve or DecisionKind.Withdraw ? Window : null;

        public Rollout After() => Wish.Kind switch
        {
            // What was offered beside it is no longer on offer, so the snapshot is that of the approved window alone.
            DecisionKind.Approve => Rollout with
            {
                State = RolloutState.Approved,
                Window = Window,
                Emergency = null,
                Snapshot = Rollout.Snapshot with { Window = RolloutText.WindowPart(Window, null, Ring.Freezes) },
                Fallen = "",
            },
            DecisionKind.Reject => Rollout with { State = RolloutState.Rejected, Fallen = "" },
            DecisionKind.Defer => Rollout with { State = RolloutState.Deferred, DeferredTo = Wish.DeferTo, Fallen = "" },
            DecisionKind.Withdraw => Rollout with
            {
                State = RolloutState.Proposed,
                Fallen = $"{Wish.By.Name} withdrew the approval: {Wish.Reason}",
            },
        };

        public string Detail() =>
            $"{Rollout.Patch} in {Ring.Key}, snapshot {Rollout.Snapshot.Mark}, window {RolloutText.WindowPart(Window, null, Ring.Freezes)}{(Wish.Emergency ? ", outside the calendar" : "")}{(Wish.Reason.Length > 0 ? $": {Wish.Reason}" : "")}";
    }
}
