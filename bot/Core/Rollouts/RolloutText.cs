using System.Globalization;
using PatchBot.Core.Windows;

namespace PatchBot.Core.Rollouts;

/// <summary>Rollouts and snapshots in words.</summary>
public static class RolloutText
{
    /// <summary>
    /// The snapshot's window part, with the freezes that it lies in: an emergency slot may, with open eyes; a freeze that
    /// comes later ends an approval. UTC, so that it does not move with a zone's name.
    /// </summary>
    public static string WindowPart(MaintenanceWindow? window, MaintenanceWindow? emergency, IReadOnlyList<Freeze> freezes) =>
        emergency is null ? Marked(window, freezes) : $"{Marked(window, freezes)}, emergency {Marked(emergency, freezes)}";

    /// <summary>What differs between what was approved and what is there now.</summary>
    public static string Changes(Snapshot approved, Snapshot current)
    {
        var changes = new List<string>();
        if (approved.Content != current.Content)
        {
            changes.Add("the vendor revised the patch");
        }

        if (approved.Lab != current.Lab)
        {
            changes.Add(
                approved.Lab.Length == 0 ? $"the lab reported {current.Lab}"
                : current.Lab.Length == 0 ? $"the lab result was taken back ({approved.Lab})"
                : $"the lab results were '{approved.Lab}' and are now '{current.Lab}'");
        }

        if (approved.Dependencies != current.Dependencies)
        {
            changes.Add(RequirementChanges.Between(approved.Dependencies, current.Dependencies));
        }

        if (approved.Window != current.Window)
        {
            changes.Add(current.Window.StartsWith($"{approved.Window} (", StringComparison.Ordinal)
                ? $"the window is now {current.Window[(approved.Window.Length + 2)..^1]}"
                : $"the window was {approved.Window} and is now {current.Window}");
        }

        return string.Join("; ", changes);
    }

    /// <summary>Whether two states of a rollout are equal in all that is stored, version aside.</summary>
    public static bool Same(Rollout left, Rollout right) =>
        left with { Reasons = [], PassedOver = [], Version = 0 } == right with { Reasons = [], PassedOver = [], Version = 0 }
        && left.Reasons.SequenceEqual(right.Reasons)
        && left.PassedOver.SequenceEqual(right.PassedOver);

    private static string Marked(MaintenanceWindow? window, IReadOnlyList<Freeze> freezes)
    {
        var inside = freezes.Where(freeze => window is not null && freeze.Span.Overlaps(window)).Select(freeze => $"'{freeze.Reason}'").ToList();
        return inside.Count == 0 ? Utc(window) : $"{Utc(window)} (inside the freeze {string.Join(" and ", inside)})";
    }

    private static string Utc(MaintenanceWindow? window) => window is null
        ? "none"
        : string.Create(CultureInfo.InvariantCulture, $"{window.Start:yyyy-MM-dd HH:mm}–{window.End:yyyy-MM-dd HH:mm} UTC");
}
