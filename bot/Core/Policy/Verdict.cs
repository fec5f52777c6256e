namespace PatchBot.Core.Policy;

/// <summary>How soon, most urgent first.</summary>
public enum Urgency
{
    PatchFast,
    NextWindow,
    CanWait,
}

/// <summary>What a patch does for those who install it.</summary>
public enum Purpose
{
    Unknown,
    FixesSecurityHole,
    FixesDefect,
    AddsFeature,
}

/// <summary>What PatchBot makes of a patch, for the rings that it concerns.</summary>
/// <param name="Because">The grounds in a few words, such as "exploited in the wild (CVE-2023-36025)".</param>
/// <param name="Reasons">Sentences that cite the data, most important first.</param>
public sealed record Verdict(Urgency Urgency, Purpose Purpose, IReadOnlyList<string> Because, IReadOnlyList<string> Reasons)
{
    public string Word => Urgency switch
    {
        Urgency.PatchFast => "Patch fast",
        Urgency.NextWindow => "Patch in the next window",
        Urgency.CanWait => "Can wait for a convenient window",
    };

    public string PurposeSentence => Purpose switch
    {
        Purpose.FixesSecurityHole => "Fixes a security hole.",
        Purpose.FixesDefect => "Fixes a defect.",
        Purpose.AddsFeature => "Adds a feature.",
        Purpose.Unknown => "What it is for is not known.",
    };

    /// <summary>The one line that a card shows.</summary>
    public string Line => $"{Word}: {string.Join(", ", Because)}. {PurposeSentence}";
}
