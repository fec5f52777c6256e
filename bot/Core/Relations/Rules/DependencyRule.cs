using PatchBot.Core.Patches;
using PatchBot.Core.Windows;

namespace PatchBot.Core.Relations.Rules;

/// <summary>"Before this, that": what someone declared because no vendor's data says it.</summary>
/// <param name="Id">Unique in a rule book; a file's rule replaces a seed rule with the same id.</param>
/// <param name="DeclaredBy">Who answers for the rule.</param>
public sealed record DependencyRule(string Id, RuleCondition When, Requirement Needs, string Reason, Uri? Link, string DeclaredBy)
{
    public Dependency ToDependency() => new(Needs, DependencyBasis.Rule, Reason, Link, DeclaredBy);
}

/// <summary>Versions from <paramref name="From"/> on and before <paramref name="Below"/>; either end may be open.</summary>
public sealed record VersionSpan(Version? From, Version? Below)
{
    public bool Contains(Version version) =>
        (From is null || Versions.Compare(version, From) >= 0) && (Below is null || Versions.Compare(version, Below) < 0);
}

/// <summary>A product that a ring has, at a version in the span.</summary>
public sealed record InstalledProduct(string Product, VersionSpan Span);

/// <summary>Which patches a rule is about. Everything that is given must hold; product and build must hold for the same product.</summary>
public sealed record RuleCondition
{
    public IReadOnlySet<PatchId> Patches { get; init; } = new HashSet<PatchId>();

    /// <summary>A <see cref="NamePattern"/> over the patch's product names.</summary>
    public string? Product { get; init; }

    /// <summary>A <see cref="NamePattern"/> over the patch's title.</summary>
    public string? Title { get; init; }

    public UpdateType? UpdateType { get; init; }

    public VersionSpan? FixedBuild { get; init; }

    /// <summary>UTC date; patches without a believable release date do not match.</summary>
    public DateOnly? ReleasedFrom { get; init; }

    /// <summary>The rule is only about rings that have this product, by <see cref="Ring.Installed"/>.</summary>
    public InstalledProduct? RingHas { get; init; }

    public bool Matches(Patch patch, Ring? ring)
    {
        var facts = patch.Facts;
        return (Patches.Count == 0 || Patches.Contains(patch.Id))
            && (UpdateType is null || UpdateType == facts.Type)
            && (ReleasedFrom is not { } from || (facts.ReleasedAt is { } released && DateOnly.FromDateTime(released.UtcDateTime) >= from))
            && (Title is null || new NamePattern(Title).Matches(facts.Title))
            && ((Product is null && FixedBuild is null) || ProductsOf(facts, ring).Any(Concerns))
            && (RingHas is null || (Versions.Installed(ring, RingHas.Product) is { } version && RingHas.Span.Contains(version)));
    }

    // One KB covers several products; those that the ring does not run say nothing about the ring.
    private static IEnumerable<PatchedProduct> ProductsOf(PatchFacts facts, Ring? ring)
    {
        var run = ring?.Runs(facts) ?? facts.Products;
        return run is [] ? facts.Products : run;
    }

    private bool Concerns(PatchedProduct product) =>
        (Product is null || new NamePattern(Product).Matches(product.Name))
        && (FixedBuild is null || (Version.TryParse(product.FixedBuild, out var build) && FixedBuild.Contains(build)));
}
