using PatchBot.Cards;
using PatchBot.Core.Approvals;
using PatchBot.Core.Lab;
using PatchBot.Core.Patches;
using PatchBot.Core.Relations;
using PatchBot.Core.Windows;

namespace PatchBot.Core.Rollouts;

/// <summary>The buttons of a patch card. Each carries the snapshot that the reader saw.</summary>
internal static class PatchCardActions
{
    public static IReadOnlyList<CardAction> For(PatchOnCard shown)
    {
        var open = shown.Rings.Where(part => part.Rollout.IsOpen).ToList();
        var actions = new List<CardAction>();
        foreach (var part in open)
        {
            var ready = shown.LabPassed && !part.Dependencies.Blocks;
            if (part.Rollout.Window is not null)
            {
                actions.Add(new PressAction(
                    DecisionAction.Approve(part.Rollout, emergency: false), $"Approve {part.Ring.Title}", ready ? ActionStyle.Primary : ActionStyle.Default));
            }
        }

        actions.AddRange(open.Where(part => part.Rollout.Emergency is not null).Select(part =>
            new PressAction(DecisionAction.Approve(part.Rollout, emergency: true), $"Approve emergency slot, {part.Ring.Title}") { Confirm = Outside(part) }));
        actions.Add(new FormAction("Record lab result", LabForm.For(shown.Patch.Id)));
        if (open.Count > 0)
        {
            CardInput[] which = open.Count == 1 ? [] : [Choice(open)];
            var suffix = open.Count == 1 ? $"/{DecisionAction.Key(open[0].Rollout)}" : "";
            actions.Add(new FormAction("Defer", new CardForm(
                $"{DecisionAction.DeferVerb}{suffix}", $"Defer {shown.Patch.Id}",
                [.. which, new DateInput(DecisionAction.DateField, "Not before", Required: true), new TextInput(DecisionAction.ReasonField, "Reason")],
                "Defer")));
            actions.Add(new FormAction("Reject", new CardForm(
                $"{DecisionAction.RejectVerb}{suffix}", $"Reject {shown.Patch.Id}",
                [.. which, new TextInput(DecisionAction.ReasonField, "Reason", Required: true, Multiline: true)],
                "Reject"), ActionStyle.Danger));
        }

        var approved = shown.Rings.Where(part => part.Rollout.State == RolloutState.Approved).ToList();
        foreach (var part in approved)
        {
            actions.Add(new FormAction($"Withdraw approval, {part.Ring.Title}", new CardForm(
                $"{DecisionAction.WithdrawVerb}/{DecisionAction.Key(part.Rollout)}", $"Withdraw the approval for {part.Ring.Title}",
                [new TextInput(DecisionAction.ReasonField, "Reason", Required: true, Multiline: true)],
                "Withdraw"), ActionStyle.Danger));
        }

        if (ConfirmForm.For(shown.Patch.Id, [.. open.Select(part => part.Dependencies)]) is { } confirm)
        {
            actions.Add(new FormAction("Prerequisite is in place", confirm));
        }

        actions.AddRange(shown.Patch.Facts.Links.Take(1).Select(link => new LinkAction(link.Title, link.Address)));
        return actions;
    }

    private static string Outside(RingOnCard part)
    {
        var slot = part.Rollout.Emergency!;
        return $"Approve the emergency slot of {part.Ring.Title}, {ZonedTime.Format(slot.Start, part.Ring.Calendar.Zone)}, for {WindowText.Span(slot.Duration)}, outside the calendar?";
    }

    private static ChoiceInput Choice(IEnumerable<RingOnCard> parts) =>
        new(DecisionAction.RolloutField, "For", [.. parts.Select(part => new CardChoice(DecisionAction.Key(part.Rollout), part.Ring.Title))]);
}
