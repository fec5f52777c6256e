using PatchBot.Core.Patches;

namespace PatchBot.Core.Relations;

/// <summary>One of several patches; any of them will do. Alternatives are kept in order of their ids, so that the key is stable.</summary>
public sealed record AnyOfRequirement : Requirement
{
    public AnyOfRequirement(IEnumerable<PatchId> patches)
    {
        Patches = [.. patches.Distinct().Order()];
        if (Patches.Count < 2)
        {
            throw new ArgumentException("An any-of requirement names at least two patches; for one, use a patch requirement.", nameof(patches));
        }
    }

    public override IReadOnlyList<PatchId> Patches { get; }

    public override string Key => $"any:{string.Join('|', Patches)}";

    public bool Equals(AnyOfRequirement? other) => other is not null && Key == other.Key;

    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => string.Join(" or ", Patches);
}
