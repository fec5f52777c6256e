using System.Globalization;
using PatchBot.Core.Patches;
using PatchBot.Core.Windows;

namespace PatchBot.Core.Policy;

/// <summary>Judges how soon a patch must go in. Facts in, verdict out; it stores nothing and asks nobody.</summary>
public sealed class PatchPolicy(PolicyOptions options)
{
    /// <param name="rings">The rings that the patch concerns; none means that no ring counts as exposed.</param>
    public Verdict Judge(Patch patch, IReadOnlyList<Ring> rings, DateTimeOffset now)
    {
        var facts = patch.Facts;
        var threats = rings.Select(ring => (Ring: ring, Threat: Threat.Of(facts, ring, options.RaiseDisclosed))).ToList();
        var worst = threats.Select(item => item.Threat).DefaultIfEmpty(Threat.Of(facts, null, options.RaiseDisclosed)).MaxBy(threat => threat.Level)!;
        var exposed = threats.Where(item => item.Ring.Exposed && item.Threat.Level >= ThreatLevel.Critical).Select(item => item.Ring).ToList();

        var urgency = worst.Level switch
        {
            ThreatLevel.Exploited => Urgency.PatchFast,
            ThreatLevel.Critical => exposed is [] ? Urgency.NextWindow : Urgency.PatchFast,
            ThreatLevel.High => Urgency.NextWindow,
            ThreatLevel.Medium or ThreatLevel.Low or ThreatLevel.NotSecurity => Urgency.CanWait,
        };
        var overdue = rings.Where(ring => DeadlineFor(patch, ring).Deadline <= now).ToList();
        return new Verdict(
            urgency,
            PolicyWords.PurposeOf(facts),
            PolicyWords.Because(facts, worst, threats.Select(item => Threat.SeverityFor(facts, item.Ring)), exposed.Count > 0),
            [
                .. PolicyWords.Grounds(facts, worst, options.RaiseDisclosed),
                .. exposed.Select(ring => $"{ring.Title} is exposed."),
                .. overdue.Select(ring => string.Create(CultureInfo.InvariantCulture,
                    $"Its deadline for {ring.Title} was {DeadlineFor(patch, ring).Deadline.UtcDateTime:d MMM yyyy} ({DeadlineFor(patch, ring).Reason}).")),
            ]);
    }

    /// <summary>When the patch must have gone into the ring, and why then.</summary>
    /// <returns>UTC; the reason reads like "exploited, 3 days from release".</returns>
    public (DateTimeOffset Deadline, string Reason) DeadlineFor(Patch patch, Ring ring)
    {
        var threat = Threat.Of(patch.Facts, ring, options.RaiseDisclosed);
        var wait = threat.Level switch
        {
            ThreatLevel.Exploited => ring.Exposed ? options.ExploitedExposed : options.Exploited,
            ThreatLevel.Critical => ring.Exposed ? options.CriticalExposed : options.Critical,
            ThreatLevel.High => options.High,
            ThreatLevel.Medium => options.Medium,
            ThreatLevel.Low => options.Low,
            ThreatLevel.NotSecurity => options.NotSecurity,
        };
        var where = ring.Exposed && threat.Level >= ThreatLevel.Critical ? " on an exposed ring" : "";
        var start = patch.Facts.ReleasedAt is null ? "we first saw it" : "release";

        // A date far in the future, as broken feeds give, must not overflow.
        var deadline = patch.ReleasedAt > DateTimeOffset.MaxValue - wait ? DateTimeOffset.MaxValue : patch.ReleasedAt.ToUniversalTime() + wait;
        return (deadline, $"{threat.Because}{where}, {PolicyWords.Span(wait)} from {(patch.Facts.ReleasedAt is null ? "when " : "")}{start}");
    }
}
