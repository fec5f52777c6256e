using PatchBot.Adapters.Sources.Msrc.Cvrf;
using PatchBot.Core.Patches;

namespace PatchBot.Adapters.Sources.Msrc.Patches;

/// <summary>All that a document says of one patch, gathered over the vulnerabilities that it fixes.</summary>
internal sealed class PatchGroup(UpdateKey key)
{
    private readonly Dictionary<string, (VulnerabilityFacts Facts, HashSet<string> Products)> fixes = [];

    public UpdateKey Key { get; } = key;

    /// <summary>By product id.</summary>
    public Dictionary<string, ProductFix> Products { get; } = [];

    public IEnumerable<(VulnerabilityFacts Facts, HashSet<string> Products)> Fixes => fixes.Values;

    public HashSet<string> SubTypes { get; } = new(StringComparer.OrdinalIgnoreCase);

    public HashSet<string> Supersedes { get; } = [];

    /// <summary>Addresses of vendor fixes: catalogue, download or release notes.</summary>
    public HashSet<string> Addresses { get; } = [];

    public HashSet<string> KnownIssues { get; } = [];

    public bool IsServicingStack => fixes.Count > 0
        && fixes.Keys.All(id => id == "ADV990001")
        || SubTypes.Any(type => type.Contains("Servicing Stack", StringComparison.OrdinalIgnoreCase));

    public void Add(VulnerabilityFacts facts, CvrfRemediation fix, IEnumerable<string> products)
    {
        if (!fixes.TryGetValue(facts.Vulnerability.Id, out var fixedHere))
        {
            fixes.Add(facts.Vulnerability.Id, fixedHere = (facts, []));
        }

        var done = ProductFix.Of(fix);
        foreach (var product in products)
        {
            fixedHere.Products.Add(product);
            Products[product] = Products.TryGetValue(product, out var other) ? other.Join(done) : done;
        }

        Keep(SubTypes, fix.SubType);
        Keep(Supersedes, fix.Supersedes);
        Keep(Addresses, fix.Address);
    }

    private static void Keep(HashSet<string> values, string value)
    {
        if (value.Length > 0)
        {
            values.Add(value);
        }
    }
}

/// <summary>What a patch does to one product.</summary>
internal sealed record ProductFix(string Build, RestartNeed Restart)
{
    public static ProductFix Of(CvrfRemediation fix) => new(UpdateKey.BuildOf(fix) ?? "", SeverityWords.Restart(fix.Restart));

    /// <summary>Rows that disagree: the more disruptive restart and the later build count.</summary>
    public ProductFix Join(ProductFix other) => other == this ? this : new ProductFix(
        BuildOrder.Instance.Compare(other.Build, Build) > 0 ? other.Build : Build,
        other.Restart > Restart ? other.Restart : Restart);
}

/// <summary>Compares builds number by number: <c>10.0.9</c> comes before <c>10.0.10</c>.</summary>
internal sealed class BuildOrder : IComparer<string>
{
    public static readonly BuildOrder Instance = new();

    public int Compare(string? x, string? y)
    {
        if (x == y)
        {
            return 0;
        }

        var (left, right) = (Parts(x), Parts(y));
        for (var at = 0; at < Math.Min(left.Length, right.Length); at++)
        {
            var order = ulong.TryParse(left[at], out var first) && ulong.TryParse(right[at], out var second)
                ? first.CompareTo(second)
                : string.CompareOrdinal(left[at], right[at]);
            if (order != 0)
            {
                return order;
            }
        }

        return left.Length != right.Length ? left.Length.CompareTo(right.Length) : string.CompareOrdinal(x, y);
    }

    private static string[] Parts(string? build) => string.IsNullOrEmpty(build) ? [] : build.Split('.', '-');
}
