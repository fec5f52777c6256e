namespace PatchBot.Core.Patches;

/// <summary>
/// What vendors say about one patch: facts only, never our decisions. Text is plain (no markup) and capped by the
/// source's reader; lists are in a stable order, so that equal facts give an equal <see cref="ContentHash"/>.
/// </summary>
public sealed record PatchFacts
{
    public required string Title { get; init; }

    public string Summary { get; init; } = "";

    public required string Vendor { get; init; }

    public PatchKind Kind { get; init; } = PatchKind.Unknown;

    public UpdateType Type { get; init; } = UpdateType.Unspecified;

    /// <summary>The highest severity of what the patch fixes, normalised.</summary>
    public Severity Severity { get; init; } = Severity.Unrated;

    /// <summary>The vendor's own word for it ("Important"), empty when it gave none.</summary>
    public string SeverityWord { get; init; } = "";

    public RestartNeed Restart { get; init; } = RestartNeed.Unknown;

    /// <summary>UTC; <see langword="null"/> when the source gives no believable date.</summary>
    public DateTimeOffset? ReleasedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Other spellings and numbers, such as a bulletin id.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    public IReadOnlyList<PatchedProduct> Products { get; init; } = [];

    public IReadOnlyList<FixedVulnerability> Fixes { get; init; } = [];

    /// <summary>Patches that this one replaces; may name some that were never seen.</summary>
    public IReadOnlyList<PatchId> Supersedes { get; init; } = [];

    /// <summary>Patches that the vendor's metadata wants installed first.</summary>
    public IReadOnlyList<PatchId> Requires { get; init; } = [];

    public IReadOnlyList<string> KnownIssues { get; init; } = [];

    public IReadOnlyList<PatchLink> Links { get; init; } = [];

    /// <summary>Whether any vulnerability that it fixes is known to be exploited.</summary>
    public Claim Exploited => Strongest(Fixes.Select(fix => fix.Exploited));

    /// <summary>Whether any vulnerability that it fixes was publicly disclosed before the fix.</summary>
    public Claim Disclosed => Strongest(Fixes.Select(fix => fix.Disclosed));

    private static Claim Strongest(IEnumerable<Claim> claims) => claims.DefaultIfEmpty(Claim.Unknown).Max();
}

/// <summary>One product that the patch is for. One patch may restart one product and not another.</summary>
/// <param name="Name">As the vendor writes it, such as <c>Windows Server 2019</c>.</param>
/// <param name="Family">The vendor's group of products, such as <c>Windows</c>; empty when not given.</param>
/// <param name="FixedBuild">Build that the product has afterwards; empty when not given.</param>
public sealed record PatchedProduct(string Name, string Family, string FixedBuild, RestartNeed Restart, Severity Severity);

/// <summary>One vulnerability that the patch fixes, as its vendor describes it.</summary>
/// <param name="Cve">Upper case, <c>CVE-yyyy-n…</c>, or the vendor's advisory id (<c>ADV190013</c>).</param>
/// <param name="Cvss">Highest CVSS base score given for the patch's products, 0.0 to 10.0.</param>
/// <param name="Vector">The CVSS vector behind <paramref name="Cvss"/>.</param>
/// <param name="Impact">The vendor's word, such as <c>Remote Code Execution</c>.</param>
public sealed record FixedVulnerability(
    string Cve,
    string Title,
    Severity Severity,
    decimal? Cvss,
    string Vector,
    string Impact,
    Claim Exploited,
    Claim Disclosed);

/// <summary>Where to read or download; <c>https</c> or <c>http</c> only.</summary>
public sealed record PatchLink(string Title, Uri Address);
