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

/// <param name="Text">For a vendor fix the KB number, or words such as "Release Notes".</param>
internal sealed record CvrfRemediation(CvrfRemediationKind Kind, string Text, IReadOnlyList<string> Products)
{
    public string Address { get; init; } = "";

    public string SubType { get; init; } = "";

    public string FixedBuild { get; init; } = "";

    public string Supersedes { get; init; } = "";

    public string Restart { get; init; } = "";
}
