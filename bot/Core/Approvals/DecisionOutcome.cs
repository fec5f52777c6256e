namespace PatchBot.Core.Approvals;

/// <summary>What someone wants to decide, whether by button or by reply.</summary>
/// <param name="Seen">The snapshot mark on the card that the person saw.</param>
/// <param name="Reason">Needed to reject and to withdraw.</param>
/// <param name="DeferTo">Needed to defer: no window before it.</param>
/// <param name="Emergency">Approve the slot outside the calendar instead of the window.</param>
/// <param name="Origin">The message or press that it came from.</param>
public sealed record DecisionWish(
    long RolloutId,
    DecisionKind Kind,
    People.Person By,
    string Seen,
    string Reason,
    DateTimeOffset? DeferTo,
    bool Emergency,
    string Origin)
{
    /// <summary>Why what was written is no time to defer to, and what to write instead; empty where there is nothing to say.</summary>
    public string DeferDoubt { get; init; } = "";
}

public enum DecisionOutcome
{
    Recorded,

    /// <summary>Recorded; the ring's quorum needs more approvers.</summary>
    QuorumOpen,
    NoSuchRollout,
    NotAnApprover,
    AlreadyDecided,
    AlreadyDecidedByYou,
    NothingToWithdraw,
    ChangedSinceYouLooked,
    LabNotPassed,
    PrerequisiteOpen,
    OnlyYourOwnLabResult,
    NoWindow,
    WindowStarted,
    ReasonMissing,
    DateMissing,
    Superseded,
}

/// <param name="Text">A sentence for the person: what was recorded, or why nothing was.</param>
public sealed record DecisionReply(DecisionOutcome Outcome, string Text)
{
    public bool Recorded => Outcome is DecisionOutcome.Recorded or DecisionOutcome.QuorumOpen;
}
