using System.Globalization;
using PatchBot.Core.Patches;

namespace PatchBot.Core.Policy;

/// <summary>The sentences of a verdict.</summary>
internal static class PolicyWords
{
    // Cards stay readable when a cumulative update fixes a hundred vulnerabilities.
    private const int CvesNamed = 3;

    public static Purpose PurposeOf(PatchFacts facts) => Threat.IsSecurity(facts)
        ? Purpose.FixesSecurityHole
        : facts.Kind switch
        {
            PatchKind.Bugfix => Purpose.FixesDefect,
            PatchKind.Enhancement or PatchKind.Feature => Purpose.AddsFeature,
            PatchKind.Unknown or PatchKind.Security or PatchKind.Definition or PatchKind.Driver or PatchKind.Tool => Purpose.Unknown,
        };

    public static IReadOnlyList<string> Because(PatchFacts facts, Threat worst, IEnumerable<Severity> severities, bool exposed)
    {
        List<string> because = [];
        if (worst.Level == ThreatLevel.Exploited)
        {
            because.Add($"exploited in the wild ({Names(Exploited(facts))})");
            if (severities.DefaultIfEmpty(facts.Severity).Max() == Severity.Critical)
            {
                because.Add(exposed ? "critical on an exposed ring" : "critical");
            }
            else if (exposed)
            {
                because.Add("on an exposed ring");
            }
        }
        else
        {
            because.Add(exposed ? $"{worst.Because} on an exposed ring" : worst.Because);
        }

        return because;
    }

    public static IEnumerable<string> Grounds(PatchFacts facts, Threat worst, bool raiseDisclosed)
    {
        if (!Threat.IsSecurity(facts))
        {
            yield return "It lists no vulnerability.";
            yield break;
        }

        if (facts.Exploited == Claim.Yes)
        {
            var exploited = Exploited(facts);
            yield return $"{Names(exploited)} {(exploited.Count == 1 ? "is" : "are")} known to be exploited in the wild.";
        }

        yield return facts.Severity == Severity.Unrated
            ? "Nobody has rated it; a security patch without a rating counts as high."
            : $"{facts.Vendor} rates it {(facts.SeverityWord.Length > 0 ? facts.SeverityWord : facts.Severity.ToString())}.";

        if (facts.Disclosed == Claim.Yes)
        {
            var disclosed = facts.Fixes.Where(fix => fix.Disclosed == Claim.Yes).Select(fix => fix.Cve).ToList();
            var raised = raiseDisclosed && worst.Level != ThreatLevel.Exploited ? " That counts one step higher, at most critical." : "";
            yield return $"{Names(disclosed)} {(disclosed.Count == 1 ? "was" : "were")} publicly disclosed before the fix.{raised}";
        }

        if (facts.Fixes.Where(fix => fix.Cvss is not null).MaxBy(fix => fix.Cvss) is { Cvss: { } score } top)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"The highest CVSS score is {score:0.0} ({top.Cve}).");
        }
    }

    public static string Span(TimeSpan span) => span switch
    {
        { TotalDays: 1 } => "1 day",
        { Hours: 0, Minutes: 0, Seconds: 0 } => $"{span.Days} days",
        { TotalHours: 1 } => "1 hour",
        _ => string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours:0.#} hours"),
    };

    private static List<string> Exploited(PatchFacts facts) =>
        [.. facts.Fixes.Where(fix => fix.Exploited == Claim.Yes).Select(fix => fix.Cve)];

    private static string Names(List<string> cves) => cves.Count <= CvesNamed
        ? string.Join(", ", cves)
        : $"{string.Join(", ", cves.Take(CvesNamed))} and {cves.Count - CvesNamed} more";
}
