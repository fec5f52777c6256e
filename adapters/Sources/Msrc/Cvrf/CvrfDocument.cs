namespace PatchBot.Adapters.Sources.Msrc.Cvrf;

/// <summary>What is kept of a release document, JSON or XML: names and numbers, none of the long texts.</summary>
internal sealed class CvrfDocument
{
    public string Id { get; set; } = "";

    public string Title { get; set; } = "";

    /// <summary>The document's first release; the date of its newest revision is left out on purpose: it moves without change.</summary>
    public DateTimeOffset? ReleasedAt { get; set; }

    /// <summary>By product id.</summary>
    public Dictionary<string, CvrfProduct> Products { get; } = [];

    public List<CvrfVulnerability> Vulnerabilities { get; } = [];
}

/// <param name="Family">Name of the branch that lists the product, empty when no branch does.</param>
internal sealed record CvrfProduct(string Name, string Family);

/// <param name="Id"><c>CVE-2023-36025</c> or <c>ADV990001</c>, upper case.</param>
/// <param name="IssuedBy">The numbering authority ("Microsoft", "Chrome"), empty when not given.</param>
/// <param name="Description">Plain text.</param>
internal sealed record CvrfVulnerability(string Id)
{
    public string Title { get; set; } = "";

    public string IssuedBy { get; set; } = "";

    public string Description { get; set; } = "";

    public List<CvrfThreat> Threats { get; } = [];

    public List<CvrfScore> Scores { get; } = [];

    public List<CvrfRemediation> Remediations { get; } = [];

    public DateTimeOffset? FirstRevisedAt { get; set; }

    public DateTimeOffset? LastRevisedAt { get; set; }
}

/// <summary>The numbers of the JSON format; in XML they are words.</summary>
internal enum CvrfThreatKind
{
    Impact = 0,
    ExploitStatus = 1,
    TargetSet = 2,
    Severity = 3,
}

/// <summary>The numbers of the JSON format; in XML they are words. Microsoft has used 5 and 6 for known issues.</summary>
internal enum CvrfRemediationKind
{
    Workaround = 0,
    Mitigation = 1,
    VendorFix = 2,
    NoneAvailable = 3,
    WillNotFix = 4,
    KnownIssue = 5,
    KnownIssueToo = 6,
}

/// <param name="Products">Product ids; empty means all.</param>
internal sealed record CvrfThreat(CvrfThreatKind Kind, string Text, IReadOnlyList<string> Products);

/// <param name="Products">Product ids; empty means all.</param>
internal sealed record CvrfScore(decimal Base, string Vector, IReadOnlyList<string> Products);

internal sealed class CvrfRemediation
{
    public CvrfRemediationKind Kind { get; set; } = (CvrfRemediationKind)(-1);

    /// <summary>For a vendor fix the KB number, or words such as "Release Notes".</summary>
    public string Text { get; set; } = "";

    /// <summary>Product ids; empty means all.</summary>
    public IReadOnlyList<string> Products { get; set; } = [];

    public string Address { get; set; } = "";

    public string SubType { get; set; } = "";

    public string FixedBuild { get; set; } = "";

    public string Supersedes { get; set; } = "";

    public string Restart { get; set; } = "";
}
