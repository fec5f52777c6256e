using PatchBot.Cards;
using PatchBot.Core.Approvals;
using PatchBot.Core.Windows;

namespace PatchBot.Core.Rollouts;

/// <summary>One ring's part of a patch card: the window, why that one, and what was decided.</summary>
internal static class RingFace
{
    private const int MostPassedOver = 8;

    public static CardBadge Badge(RingOnCard part) => new($"{part.Ring.Title}: {State(part.Rollout.State)}", part.Rollout.State switch
    {
        RolloutState.Proposed or RolloutState.Superseded => Tone.Neutral,
        RolloutState.Approved or RolloutState.Finished => Tone.Good,
        RolloutState.Rejected => Tone.Danger,
        RolloutState.Deferred => Tone.Warning,
    });

    /// <summary>Where a rollout stands, in the same words on cards, in overviews and in answers.</summary>
    public static string State(RolloutState state) => state switch
    {
        RolloutState.Proposed => "awaits approval",
        RolloutState.Approved => "approved",
        RolloutState.Rejected => "rejected",
        RolloutState.Deferred => "deferred",
        RolloutState.Superseded => "superseded",
        RolloutState.Finished => "window over",
    };

    public static IEnumerable<CardBlock> Draw(RingOnCard part)
    {
        var (ring, rollout) = (part.Ring, part.Rollout);
        yield return new HeadingBlock(ring.Exposed ? $"{ring.Title} (exposed)" : ring.Title);
        if (rollout.IsOpen && rollout.Fallen.Length > 0)
        {
            yield return new NoticeBlock(Tone.Warning, "Decide again", [rollout.Fallen]);
        }

        yield return new TextBlock(Window(part));
        if (rollout.IsOpen && !rollout.InTime)
        {
            yield return new NoticeBlock(
                Tone.Warning,
                "No window meets the deadline",
                rollout.Emergency is { } slot
                    ? ["Possible outside the calendar: " + CardText.Time(slot.Start, ring.Calendar.Zone) + $", for {WindowText.Span(slot.Duration)}"]
                    : [rollout.DeferredTo is null ? "No slot outside the calendar would be sooner." : "It was deferred past its deadline."]);
        }

        if (Decided(part) is { } decided)
        {
            yield return new TextBlock(decided);
        }

        if (rollout.IsOpen && rollout.Reasons.Count > 0)
        {
            var why = new List<CardBlock> { new ListBlock([.. rollout.Reasons.Select(CardText.FromString)]) };
            if (rollout.PassedOver.Count > 0)
            {
                why.Add(new TextBlock("Passed over:"));
                why.Add(new ListBlock([.. rollout.PassedOver.TakeLast(MostPassedOver).Select(CardText.FromString)]));
                if (rollout.PassedOver.Count > MostPassedOver)
                {
                    why.Add(new TextBlock($"And {rollout.PassedOver.Count - MostPassedOver} before these."));
                }
            }

            yield return new DetailsBlock(rollout.Window is null ? "Why no window" : "Why this window", why);
        }
    }

    private static CardText Window(RingOnCard part)
    {
        var (rollout, zone) = (part.Rollout, part.Ring.Calendar.Zone);
        var label = rollout.State switch
        {
            RolloutState.Proposed or RolloutState.Deferred => "Suggested window: ",
            RolloutState.Approved => "Approved window: ",
            RolloutState.Finished => "Window was: ",
            RolloutState.Rejected or RolloutState.Superseded => "",
        };
        return rollout switch
        {
            { State: RolloutState.Rejected } => "No window: rejected.",
            { State: RolloutState.Superseded } => part.Successors is []
                ? "No window: a newer patch takes its place."
                : $"No window: {string.Join(" or ", part.Successors)} takes its place; see that card.",
            { Window: null } => "The calendar has no usable window.",
            { IsOpen: true, InTime: false, Window: { } late } => new CardText(
                new PlainRun("Earliest window, too late: "), new TimeRun(late.Start, zone), new PlainRun($", for {WindowText.Span(late.Duration)}")),
            { Window: { } window } => new CardText(
                new PlainRun(label), new TimeRun(window.Start, zone), new PlainRun($", for {WindowText.Span(window.Duration)}")),
        };
    }

    private static CardText? Decided(RingOnCard part)
    {
        var (rollout, zone) = (part.Rollout, part.Ring.Calendar.Zone);
        var shown = rollout switch
        {
            { State: RolloutState.Deferred } => part.Decisions.Where(decision => decision.Kind == DecisionKind.Defer).TakeLast(1).Concat(Approvals(part)),
            { IsOpen: true } => Approvals(part),
            _ => part.Decisions.Where(decision => decision.Standing),
        };
        var text = CardText.Empty;
        foreach (var decision in shown)
        {
            text += new CardText(
                new PlainRun(text.IsEmpty ? "" : " "),
                new StrongRun(decision.By.Name),
                new PlainRun($" {ApprovalText.Past(decision.Kind)} it "),
                new TimeRun(decision.At, zone),
                new PlainRun(decision.Reason.Length > 0 ? $": {decision.Reason.TrimEnd('.')}." : "."));
            if (decision.Kind == DecisionKind.Defer && rollout.DeferredTo is { } until)
            {
                text += new CardText(new PlainRun(" Not before "), new TimeRun(until, zone), new PlainRun("."));
            }
        }

        if (rollout.IsOpen && part.Ring.Quorum > 1)
        {
            text += $"{(text.IsEmpty ? "" : " ")}{Approvals(part).DistinctBy(decision => part.Deciders.Of(decision.By.Id).Id).Count()} of {part.Ring.Quorum} approvals.";
        }

        return text.IsEmpty ? null : text;
    }

    private static IEnumerable<Decision> Approvals(RingOnCard part) => part.Decisions.Where(decision =>
        decision is { Standing: true, Kind: DecisionKind.Approve } && decision.Snapshot == part.Rollout.Snapshot.Mark);
}
