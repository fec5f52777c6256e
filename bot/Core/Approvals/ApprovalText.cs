using PatchBot.Core.Patches;
using PatchBot.Core.Windows;

namespace PatchBot.Core.Approvals;

/// <summary>Decisions in words.</summary>
public static class ApprovalText
{
    public static string Verb(DecisionKind kind) => kind switch
    {
        DecisionKind.Approve => "approve",
        DecisionKind.Reject => "reject",
        DecisionKind.Defer => "defer",
        DecisionKind.Withdraw => "withdraw",
    };

    public static string Past(DecisionKind kind) => kind switch
    {
        DecisionKind.Approve => "approved",
        DecisionKind.Reject => "rejected",
        DecisionKind.Defer => "deferred",
        DecisionKind.Withdraw => "withdrawn the approval of",
    };

    public static string Recorded(Patch patch, Ring ring, DecisionWish wish, MaintenanceWindow? window) => wish.Kind switch
    {
        DecisionKind.Approve => $"Recorded: {patch.Id} is approved for {ring.Title}, {WindowText.Both(window!, ring.Calendar)}.",
        DecisionKind.Reject => $"Recorded: {patch.Id} is rejected for {ring.Title}. It comes back when the vendor revises it.",
        DecisionKind.Defer => $"Recorded: {patch.Id} is deferred for {ring.Title}, not before {WindowText.From(wish.DeferTo!.Value, ring.Calendar)}; a later window is suggested on the card.",
        DecisionKind.Withdraw => $"Recorded: the approval of {patch.Id} for {ring.Title} is withdrawn.",
    };
}
