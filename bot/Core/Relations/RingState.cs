using System.Globalization;
using PatchBot.Core.Patches;
using PatchBot.Core.Record;
using PatchBot.Core.Rollouts;
using PatchBot.Core.Windows;

namespace PatchBot.Core.Relations;

/// <summary>What is known of a ring's patches and products, and what that says about a requirement.</summary>
internal sealed class RingState
{
    private readonly Ring ring;
    private readonly Supersedence supersedence;
    private readonly HashSet<PatchId> known;
    private readonly Dictionary<PatchId, Rollout> rollouts;
    private readonly Dictionary<string, Confirmation> confirmed;
    private readonly Dictionary<PatchId, List<PatchId>> inPlace;
    private readonly Dictionary<PatchId, List<PatchId>> planned;

    private RingState(Ring ring, Supersedence supersedence, IEnumerable<PatchId> known, IEnumerable<Rollout> rollouts, IEnumerable<Confirmation> confirmed)
    {
        (this.ring, this.supersedence, this.known) = (ring, supersedence, [.. known]);
        this.rollouts = rollouts.Where(rollout => string.Equals(rollout.Ring, ring.Key, StringComparison.OrdinalIgnoreCase))
            .GroupBy(rollout => rollout.Patch).ToDictionary(group => group.Key, group => group.Last());
        this.confirmed = confirmed.GroupBy(item => item.Requirement, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.OrdinalIgnoreCase);
        inPlace = supersedence.Satisfiers(supersedence.All.Where(patch => IsConfirmed(patch) || Has(patch, RolloutState.Finished)).Order());
        planned = supersedence.Satisfiers(this.rollouts.Values
            .Where(rollout => rollout is { State: RolloutState.Approved, Window: not null })
            .OrderBy(rollout => rollout.Window!.End).ThenBy(rollout => rollout.Patch)
            .Select(rollout => rollout.Patch));
    }

    public static async Task<RingState> ReadAsync(
        IRecordSession session, Ring ring, IReadOnlyCollection<Requirement> needs, IEnumerable<PatchId> known, CancellationToken cancellationToken)
    {
        var supersedence = await Supersedence.ReadAsync(session.Relations, needs.SelectMany(requirement => requirement.Patches), cancellationToken);
        var rollouts = supersedence.All.Count > 0 ? await session.Rollouts.OfPatchesAsync(supersedence.All, cancellationToken) : [];
        var confirmed = await session.Relations.ConfirmationsAsync(
            ring.Key, [.. needs, .. supersedence.All.Select(patch => new PatchRequirement(patch))], cancellationToken);
        return new RingState(ring, supersedence, known, rollouts, confirmed);
    }

    public DependencyFinding Judge(PatchId patch, Dependency dependency)
    {
        if (confirmed.TryGetValue(dependency.Needs.Key, out var confirmation))
        {
            return new(dependency, DependencyState.Met, $"{Vouched(confirmation)}.", null);
        }

        return dependency.Needs switch
        {
            PatchRequirement one => Judge(patch, dependency, one.Patch),
            AnyOfRequirement any => any.Patches.Select(each => Judge(patch, dependency, each)).MinBy(finding => finding.State)!,
            VersionRequirement product => Judge(dependency, product),
            _ => throw new NotSupportedException($"'{dependency.Needs.Key}' is a requirement that cannot be judged; teach {nameof(RingState)} its kind."),
        };
    }

    private DependencyFinding Judge(PatchId patch, Dependency dependency, PatchId needed)
    {
        if (Others(inPlace, needed, patch) is { } present)
        {
            var because = (confirmed.GetValueOrDefault(KeyOf(present)), present == needed) switch
            {
                (null, _) => $"{Replacing(present, needed)} went into {ring.Title}.",
                ({ } vouched, true) => $"{Vouched(vouched)}.",
                ({ } vouched, false) => $"{Vouched(vouched)}: {present} replaces {needed}.",
            };
            return new(dependency, DependencyState.Met, because, null);
        }

        if (Others(planned, needed, patch) is { } coming)
        {
            var window = rollouts[coming].Window!;
            var start = window.Start.ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture);
            return new(dependency, DependencyState.Planned, $"{Replacing(coming, needed)} is approved for {ring.Title}, {start} UTC.", window);
        }

        var line = supersedence.Line(needed).Where(each => each != patch).ToList();
        var pending = line.LastOrDefault(each => rollouts.TryGetValue(each, out var rollout) && rollout.IsOpen);
        if (pending != default)
        {
            return new(dependency, DependencyState.Open, $"Do {pending} first{Instead(pending, needed)}: see its card '{pending}'.", null);
        }

        // Superseders are known by contract; the needed patch itself may never have been seen.
        var newest = line.LastOrDefault(each => each != needed || known.Contains(each));
        if (newest == default)
        {
            return new(dependency, DependencyState.Unknown,
                $"Not known whether {needed} is installed on {ring.Title}: confirm it, or import the patch and plan it.", null);
        }

        var why = Has(newest, RolloutState.Rejected) ? $"its rollout into {ring.Title} was rejected" : $"it has no open rollout into {ring.Title}";
        return new(dependency, DependencyState.Open,
            $"Do {newest} first{Instead(newest, needed)}: see its card '{newest}'; {why}. If it is installed already, confirm it.", null);
    }

    private DependencyFinding Judge(Dependency dependency, VersionRequirement needs)
    {
        if (Versions.Installed(ring, needs.Product) is { } installed && Versions.Compare(installed, needs.AtLeast) >= 0)
        {
            return new(dependency, DependencyState.Met, $"{needs.Product} is at {installed} on {ring.Title}.", null);
        }

        var newer = confirmed.Values.FirstOrDefault(item =>
            RequirementKey.Read(item.Requirement) is VersionRequirement had
            && string.Equals(had.Product, needs.Product, StringComparison.OrdinalIgnoreCase)
            && Versions.Compare(had.AtLeast, needs.AtLeast) >= 0);
        return (newer, Versions.Installed(ring, needs.Product)) switch
        {
            ({ } vouched, _) => new(dependency, DependencyState.Met, $"{Vouched(vouched)}.", null),
            (null, { } old) => new(dependency, DependencyState.Open,
                $"{needs.Product} is at {old} on {ring.Title}; update it to {needs.AtLeast} or newer first.", null),
            (null, null) => new(dependency, DependencyState.Unknown,
                $"Not known which version of {needs.Product} {ring.Title} has: update it to {needs.AtLeast} or newer first, then confirm it.", null),
        };
    }

    private static PatchId? Others(Dictionary<PatchId, List<PatchId>> satisfiers, PatchId needed, PatchId itself) =>
        satisfiers.TryGetValue(needed, out var by) ? by.Where(each => each != itself).Select(each => (PatchId?)each).FirstOrDefault() : null;

    private static string KeyOf(PatchId patch) => new PatchRequirement(patch).Key;

    private static string Replacing(PatchId patch, PatchId needed) => patch == needed ? $"{patch}" : $"{patch}, which replaces {needed},";

    private static string Instead(PatchId patch, PatchId needed) => patch == needed ? "" : $", which replaces {needed}";

    private static string Vouched(Confirmation by) =>
        $"{by.By.Name} confirmed it on {by.At.UtcDateTime.ToString("d MMM yyyy", CultureInfo.InvariantCulture)}";

    private bool IsConfirmed(PatchId patch) => confirmed.ContainsKey(KeyOf(patch));

    private bool Has(PatchId patch, RolloutState state) => rollouts.TryGetValue(patch, out var rollout) && rollout.State == state;
}
