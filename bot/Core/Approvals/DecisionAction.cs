using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using PatchBot.Core.Rollouts;

namespace PatchBot.Core.Approvals;

/// <summary>
/// The ids of decision buttons and forms: <c>rollout.approve/42/9f3ab2c1d4e5</c>, verb, rollout and the snapshot mark that
/// the card showed. A form for several rings carries the last two in its choice instead.
/// </summary>
public sealed record DecisionAction(DecisionKind Kind, long RolloutId, string Seen, bool Emergency)
{
    public const string ApproveVerb = "rollout.approve";
    public const string EmergencyVerb = "rollout.emergency";
    public const string RejectVerb = "rollout.reject";
    public const string DeferVerb = "rollout.defer";
    public const string WithdrawVerb = "rollout.withdraw";

    public const string RolloutField = "rollout";
    public const string ReasonField = "reason";
    public const string DateField = "date";

    public static string Key(Rollout rollout) => string.Create(CultureInfo.InvariantCulture, $"{rollout.Id}/{rollout.Snapshot.Mark}");

    public static string Approve(Rollout rollout, bool emergency) => $"{(emergency ? EmergencyVerb : ApproveVerb)}/{Key(rollout)}";

    public static bool TryRead(string action, IReadOnlyDictionary<string, string> inputs, [NotNullWhen(true)] out DecisionAction? read)
    {
        read = null;
        var slash = action.IndexOf('/', StringComparison.Ordinal);
        var verb = slash < 0 ? action : action[..slash];
        DecisionKind? kind = verb switch
        {
            ApproveVerb or EmergencyVerb => DecisionKind.Approve,
            RejectVerb => DecisionKind.Reject,
            DeferVerb => DecisionKind.Defer,
            WithdrawVerb => DecisionKind.Withdraw,
            _ => null,
        };
        var key = slash < 0 ? inputs.GetValueOrDefault(RolloutField, "") : action[(slash + 1)..];
        if (kind is null || key.Split('/') is not [var id, { Length: 12 } seen]
            || !long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var rollout))
        {
            return false;
        }

        read = new DecisionAction(kind.Value, rollout, seen, verb == EmergencyVerb);
        return true;
    }
}
