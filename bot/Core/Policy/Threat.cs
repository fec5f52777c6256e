using System.Globalization;
using PatchBot.Core.Patches;
using PatchBot.Core.Relations;
using PatchBot.Core.Windows;

namespace PatchBot.Core.Policy;

/// <summary>The step of the deadline table that a patch stands on, lowest first.</summary>
internal enum ThreatLevel
{
    NotSecurity,
    Low,
    Medium,
    High,
    Critical,
    Exploited,
}

/// <summary>How bad a patch's holes are for one ring, and in which words to say it.</summary>
/// <param name="Because">Such as "critical severity", or "not rated, so treated as high".</param>
internal sealed record Threat(ThreatLevel Level, string Because)
{
    public static Threat Of(PatchFacts facts, Ring? ring, bool raiseDisclosed)
    {
        if (!IsSecurity(facts))
        {
            return new(ThreatLevel.NotSecurity, "no security fix");
        }

        if (facts.Exploited == Claim.Yes)
        {
            return new(ThreatLevel.Exploited, "exploited");
        }

        var severity = SeverityFor(facts, ring);
        var rated = LevelOf(severity);
        var word = severity switch
        {
            Severity.Unrated => "not rated, so treated as high",
            Severity.None => "rated as no risk",
            _ => $"{Word(rated)} severity",
        };
        return raiseDisclosed && facts.Disclosed == Claim.Yes && rated < ThreatLevel.Critical
            ? new(rated + 1, $"{word}, raised to {Word(rated + 1)} because it was publicly disclosed")
            : new(rated, word);
    }

    public static bool IsSecurity(PatchFacts facts) => facts.Kind == PatchKind.Security || facts.Fixes.Count > 0;

    /// <summary>
    /// The highest severity over the products that the ring runs: one patch may be critical on one product and
    /// harmless on another.
    /// </summary>
    public static Severity SeverityFor(PatchFacts facts, Ring? ring) =>
        (ring?.Runs(facts) ?? facts.Products)
            .Select(product => product.Severity)
            .Where(severity => severity != Severity.Unrated)
            .DefaultIfEmpty(facts.Severity)
            .Max();

    private static string Word(ThreatLevel level) => level.ToString().ToLower(CultureInfo.InvariantCulture);

    private static ThreatLevel LevelOf(Severity severity) => severity switch
    {
        Severity.None or Severity.Low => ThreatLevel.Low,
        Severity.Medium => ThreatLevel.Medium,
        Severity.Unrated or Severity.High => ThreatLevel.High,
        Severity.Critical => ThreatLevel.Critical,
    };
}
