using PatchBot.Core.People;

namespace PatchBot.Core.Approvals;

public enum DecisionKind
{
    Approve,
    Reject,
    Defer,
    Withdraw,
}

/// <summary>What one person decided on one snapshot of one rollout.</summary>
/// <param name="Snapshot">The <see cref="Rollouts.Snapshot.Mark"/> that the person saw.</param>
/// <param name="Origin">The message or press that it came from.</param>
/// <param name="Standing">Still counts: not withdrawn, its snapshot not overtaken.</param>
public sealed record Decision(
    long Id,
    long RolloutId,
    DecisionKind Kind,
    Person By,
    DateTimeOffset At,
    string Reason,
    string Snapshot,
    string Origin,
    bool Standing = true)
{
    /// <summary>Whose it was when it was taken, for the key that lets one human decide once. Who is one human now is asked of the links.</summary>
    public string HumanId { get; init; } = By.Id.Value;
}
