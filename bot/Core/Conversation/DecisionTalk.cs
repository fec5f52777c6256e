using NodaTime;
using NodaTime.Text;
using PatchBot.Cards;
using PatchBot.Core.Approvals;
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
        var until = date.Length == 0 ? null : Until(date, await ZoneOfAsync(session, action.RolloutId, cancellationToken), null);
        var wish = new DecisionWish(
            action.RolloutId, action.Kind, pressed.By, action.Seen, Fit(reason), until, action.Emergency, $"{pressed.Channel}/{pressed.Message}");
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
        var ring = command.Ring.Length > 0 ? rings.Find(command.Ring) : null;
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

        var zone = rings.Find(rollout.Ring)?.Calendar.Zone ?? "Etc/UTC";
        var wish = new DecisionWish(
            rollout.Id, command.Kind, said.By, rollout.Snapshot.Mark, Fit(command.Reason), Until(command.Until, zone, rollout.Window),
            command.Emergency, $"{said.Channel}/{said.Message}");
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

    private async Task<string> ZoneOfAsync(IRecordSession session, long rolloutId, CancellationToken cancellationToken) =>
        await session.Rollouts.FindAsync(rolloutId, cancellationToken) is { } rollout && rings.Find(rollout.Ring) is { } ring
            ? ring.Calendar.Zone
            : "Etc/UTC";

    /// <summary>The start of the day that was named, in the ring's zone, or the window's end; <see langword="null"/> when none was named.</summary>
    private DateTimeOffset? Until(string said, string zone, MaintenanceWindow? window)
    {
        var place = DateTimeZoneProviders.Tzdb[zone];
        var today = Instant.FromDateTimeOffset(clock.GetUtcNow()).InZone(place).Date;
        var named = said.ToLowerInvariant();
        if (named == "next window")
        {
            return window?.End;
        }

        LocalDate? day = named switch
        {
            "next month" => today.With(DateAdjusters.StartOfMonth).PlusMonths(1),
            "next week" => today.Next(IsoDayOfWeek.Monday),
            _ => LocalDatePattern.Iso.Parse(named) is { Success: true, Value: { Year: >= 2000 and <= 2200 } written } ? written : null,
        };

        // Where the clocks change at midnight, the day starts later than 00:00.
        return day is { } start ? place.AtStartOfDay(start).ToInstant().ToDateTimeOffset() : null;
    }
}
