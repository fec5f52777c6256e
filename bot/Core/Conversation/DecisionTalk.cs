using PatchBot.Cards;
using PatchBot.Core.Approvals;
using PatchBot.Core.Conversation.Days;
using PatchBot.Core.Delivery;
using PatchBot.Core.Patches;
using PatchBot.Core.People;
using PatchBot.Core.Record;
using PatchBot.Core.Rollouts;
using PatchBot.Core.Windows;

namespace PatchBot.Core.Conversation;

/// <summary>Decisions as people give them, by button or in the thread of a patch card. Both end at the same desk.</summary>
public sealed class DecisionTalk(ApprovalDesk desk, IRings rings, TimeProvider clock)
{
    public async Task<Answer> PressedAsync(IRecordSession session, ActionPressed pressed, DecisionAction action, CancellationToken cancellationToken)
    {
        var reason = pressed.Inputs.GetValueOrDefault(DecisionAction.ReasonField, "").Trim();
        var date = pressed.Inputs.GetValueOrDefault(DecisionAction.DateField, "").Trim();
        var rollout = date.Length == 0 ? null : await session.Rollouts.FindAsync(action.RolloutId, cancellationToken);
        var until = rollout is null ? null : Deferral.Read(date, rings.Find(rollout.Ring), rollout.Window, clock.GetUtcNow());
        var wish = new DecisionWish(
            action.RolloutId, action.Kind, pressed.By, action.Seen, Fit(reason), until?.Until, action.Emergency, $"{pressed.Channel}/{pressed.Message}")
        {
            DeferDoubt = until is null ? "" : Doubt(until, "", ""),
        };
        return Notice(await desk.DecideAsync(session, wish, cancellationToken));
    }

    /// <returns><see langword="null"/> when the words were not meant for the bot after all.</returns>
    public async Task<Answer?> SaidAsync(
        IRecordSession session, MessagePosted said, DecideCommand command, Post? thread, CancellationToken cancellationToken)
    {
        if (thread is null || thread.Subject.Kind != PatchCard.SubjectKind)
        {
            return said.ToBot
                ? new NoticeAnswer(Tone.Warning, "Decide in the thread of a patch's card, or with its buttons, so that it is clear which patch you mean.")
                : null;
        }

        var patch = new PatchId(thread.Subject.Key);
        (command, var ring) = WithRing(command);
        if (command.Ring.Length > 0 && ring is null)
        {
            // One word is a mistyped ring, whose writer must not believe that it was taken; several are talk among people.
            return said.ToBot || !command.Ring.Contains(' ', StringComparison.Ordinal)
                ? new NoticeAnswer(Tone.Warning, $"There is no ring called '{command.Ring}'; nothing was recorded. {KnownRings()}")
                : null;
        }

        if (said.IsLate)
        {
            return LateTalk.Undecided;
        }

        var all = await session.Rollouts.OfPatchesAsync([patch], cancellationToken);
        var followed = await session.Channels.FollowedAsync(said.Channel, Topic.Patches, cancellationToken);

        // What the card here does not show, nobody here has seen.
        if (ring is not null && followed.Count > 0 && !followed.Contains(ring.Key))
        {
            return new NoticeAnswer(Tone.Warning, $"This channel does not follow {ring.Title}, so its card does not show it. Decide in a channel that does.");
        }

        var meant = all.Where(rollout => ring is not null
            ? rollout.Ring == ring.Key
            : (followed.Count == 0 || followed.Contains(rollout.Ring)) && Awaits(command.Kind, rollout)).ToList();
        switch (meant)
        {
            case [var rollout]:
                return await DecideAsync(session, said, command, thread, rollout, cancellationToken);
            case []:
                return new NoticeAnswer(Tone.Warning, ring is null
                    ? $"Nothing of {patch} awaits that here: {States(all)}."
                    : $"{patch} does not concern {ring.Title}.");
            default:
                return new NoticeAnswer(
                    Tone.Warning,
                    $"Which ring do you mean? Write, for example: {ApprovalText.Verb(command.Kind)} {meant[0].Ring}. Waiting: {string.Join(", ", meant.Select(rollout => rollout.Ring))}.");
        }
    }

    private async Task<Answer> DecideAsync(
        IRecordSession session, MessagePosted said, DecideCommand command, Post thread, Rollout rollout, CancellationToken cancellationToken)
    {
        // What the person saw is the card above; while a newer one is still on its way, they have not seen it.
        if (thread.ShownVersion != thread.WantedVersion)
        {
            return new NoticeAnswer(Tone.Warning, "The card above is just being updated. Read it again, then decide.");
        }

        var until = command.Until.Length == 0 ? null : Deferral.Read(command.Until, rings.Find(rollout.Ring), rollout.Window, clock.GetUtcNow());
        var wish = new DecisionWish(
            rollout.Id, command.Kind, said.By, rollout.Snapshot.Mark, Fit(command.Reason), until?.Until, command.Emergency, $"{said.Channel}/{said.Message}")
        {
            DeferDoubt = until is null ? "" : Doubt(until, command.Ring, command.Reason),
        };
        return Notice(await desk.DecideAsync(session, wish, cancellationToken));
    }

    private static bool Awaits(DecisionKind kind, Rollout rollout) =>
        kind == DecisionKind.Withdraw ? rollout.State == RolloutState.Approved : rollout.IsOpen;

    private static NoticeAnswer Notice(DecisionReply reply) => new(reply.Recorded ? Tone.Good : Tone.Warning, reply.Text, reply.Outcome switch
    {
        DecisionOutcome.ReasonMissing => DecisionAction.ReasonField,
        DecisionOutcome.DateMissing => DecisionAction.DateField,
        _ => null,
    });

    private static string Fit(string reason) => reason.Length <= 500 ? reason : $"{reason[..499]}…";

    private static string States(IReadOnlyList<Rollout> rollouts) => rollouts.Count == 0
        ? "it concerns no ring"
        : string.Join(", ", rollouts.Select(rollout => $"{rollout.Ring}: {RingFace.State(rollout.State)}"));

    private string KnownRings() => $"Rings: {string.Join(", ", rings.All.Select(ring => ring.Key))}.";

    // With all that was written, so that it takes no more than a copy to say it clearly.
    private string Doubt(Deferral until, string ring, string reason)
    {
        var days = until.Perhaps.Count > 0 ? until.Perhaps : [Deferral.Example(clock.GetUtcNow())];
        var examples = days.Select(day => $"defer{(ring.Length > 0 ? " " : "")}{ring} to {DayText.Iso(day)}{(reason.Length > 0 ? ": " : "")}{Fit(reason)}");
        return until.Until is null ? $"{until.Doubt} Nothing was recorded. Say until when, for example: {string.Join(", or ", examples)}." : "";
    }

    // "defer production", "defer it", "defer next week", "defer to next week for production"
    private (DecideCommand Command, Ring? Ring) WithRing(DecideCommand command)
    {
        if (rings.Find(command.Ring) is { } ring)
        {
            return (command, ring);
        }

        // An approval is never stretched to more than it says.
        if (command.Kind != DecisionKind.Approve && command.Ring.ToLowerInvariant() is "it" or "this" or "this one" or "this patch")
        {
            return (command with { Ring = "" }, null);
        }

        if (command is { Kind: DecisionKind.Defer, Until: "", Ring.Length: > 0 } && DayWords.TellOfTime(command.Ring))
        {
            return (command with { Ring = "", Until = command.Ring }, null);
        }

        foreach (var word in command.Ring.Length == 0 ? (ReadOnlySpan<string>)[" for ", " on ", " in "] : [])
        {
            if (command.Until.LastIndexOf(word, StringComparison.OrdinalIgnoreCase) is > 0 and var at && rings.Find(command.Until[(at + word.Length)..]) is { } last)
            {
                return (command with { Ring = last.Key, Until = command.Until[..at] }, last);
            }
        }

        return (command, null);
    }
}
