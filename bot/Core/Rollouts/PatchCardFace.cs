using System.Globalization;
using PatchBot.Cards;
using PatchBot.Core.Lab;
using PatchBot.Core.Patches;
using PatchBot.Core.Policy;
using PatchBot.Core.Relations;

namespace PatchBot.Core.Rollouts;

/// <summary>How a patch card looks: verdict first, then what the patch is, what must go first, and each ring's window.</summary>
internal static class PatchCardFace
{
    private const int ShownProducts = 4;
    private const int ShownFixes = 3;

    public static ChatCard Draw(PatchOnCard shown)
    {
        var (patch, facts) = (shown.Patch, shown.Patch.Facts);
        return new ChatCard
        {
            Title = $"{patch.Id}: {facts.Title}",
            Summary = $"{SeverityText(facts)}. {shown.Verdict.Line}",
            Tone = shown.Verdict.Urgency switch
            {
                Urgency.PatchFast => Tone.Danger,
                Urgency.NextWindow => Tone.Warning,
                Urgency.CanWait => Tone.Neutral,
            },
            Badges = [.. Badges(shown)],
            Body =
            [
                new TextBlock(CardText.Strong(shown.Verdict.Line)),
                .. Notices(shown),
                Facts(facts),
                .. shown.Rings.SelectMany(part => RingFace.Draw(part)),
                .. LabBlocks(shown),
                .. Details(shown),
            ],
            Actions = PatchCardActions.For(shown),
            Footer = $"{facts.Vendor}, revision {patch.Revision}, last changed {Day(patch.RevisedAt)}",
        };
    }

    private static IEnumerable<CardBadge> Badges(PatchOnCard shown)
    {
        var facts = shown.Patch.Facts;
        yield return new CardBadge(SeverityText(facts), facts.Severity switch
        {
            Severity.Critical => Tone.Danger,
            Severity.High or Severity.Unrated => Tone.Warning,
            Severity.Medium or Severity.Low or Severity.None => Tone.Neutral,
        });
        if (facts.Exploited == Claim.Yes)
        {
            yield return new CardBadge("Exploited", Tone.Danger);
        }

        if (facts.Disclosed == Claim.Yes)
        {
            yield return new CardBadge("Publicly disclosed", Tone.Warning);
        }

        yield return LabBadge(shown.Lab);
        foreach (var part in shown.Rings)
        {
            yield return RingFace.Badge(part);
        }
    }

    private static IEnumerable<CardBlock> Notices(PatchOnCard shown)
    {
        if (shown.Patch.Changes.Count > 0)
        {
            yield return new NoticeBlock(
                Tone.Accent, $"Changed in revision {shown.Patch.Revision}", [.. shown.Patch.Changes.Select(CardText.FromString)]);
        }

        if (shown.UnlistedIn.Count > 0)
        {
            yield return new NoticeBlock(
                Tone.Warning, "No longer listed", [$"{string.Join(", ", shown.UnlistedIn)} does not list this patch any more; the vendor may have withdrawn it."]);
        }

        if (DependencyNotice.For([.. shown.Rings.Where(part => part.Rollout.IsOpen).Select(part => part.Dependencies)]) is { } first)
        {
            yield return first;
        }
    }

    private static FactsBlock Facts(PatchFacts facts)
    {
        var fixes = facts.Fixes.OrderByDescending(fix => fix.Exploited).ThenByDescending(fix => fix.Cvss ?? 0).ThenBy(fix => fix.Cve, StringComparer.Ordinal).ToList();
        var score = facts.Fixes.Max(fix => fix.Cvss);
        var lines = new List<CardFact> { new("For", Some([.. facts.Products.Select(product => product.Name)], ShownProducts)) };
        if (fixes.Count > 0)
        {
            lines.Add(new("Fixes", Some([.. fixes.Select(fix => fix.Exploited == Claim.Yes ? $"{fix.Cve} (exploited)" : fix.Cve)], ShownFixes)));
        }

        if (score is not null)
        {
            lines.Add(new("CVSS", $"up to {score.Value.ToString("0.0", CultureInfo.InvariantCulture)}"));
        }

        lines.Add(new("Restart", facts.Restart switch
        {
            RestartNeed.Unknown => "the vendor does not say",
            RestartNeed.No => "none",
            RestartNeed.Maybe => "likely",
            RestartNeed.Yes => "required",
        }));
        if (facts.ReleasedAt is { } released)
        {
            lines.Add(new("Released", Day(released)));
        }

        if (facts.Supersedes.Count > 0)
        {
            lines.Add(new("Supersedes", Some([.. facts.Supersedes.Select(id => id.Value)], ShownFixes)));
        }

        if (facts.KnownIssues.Count > 0)
        {
            lines.Add(new("Known issues", $"{facts.KnownIssues.Count}, see the details"));
        }

        return new FactsBlock(lines);
    }

    private static IEnumerable<CardBlock> LabBlocks(PatchOnCard shown)
    {
        yield return new HeadingBlock("Lab");
        if (shown.Lab.Latest.Count == 0)
        {
            yield return new TextBlock("No result yet.", Subtle: true);
            yield return new ReplyHintBlock("pass on hv-lab-02, backups ok");
            yield break;
        }

        yield return new ListBlock([.. shown.Lab.Latest.Select(LabLine)]);
    }

    private static CardBadge LabBadge(LabStatus lab) => lab.Standing switch
    {
        LabStanding.Untested => new CardBadge("Not tested", Tone.Neutral),
        LabStanding.Passed => new CardBadge("Lab passed", Tone.Good),
        LabStanding.Failed => new CardBadge("Lab failed", Tone.Danger),
        LabStanding.Blocked => new CardBadge("Lab blocked", Tone.Warning),
        LabStanding.Partial => new CardBadge("Lab partly passed", Tone.Warning),
    };

    private static CardText LabLine(LabResult result) => new([
        new StrongRun(char.ToUpperInvariant(LabWords.Of(result.Outcome)[0]) + LabWords.Of(result.Outcome)[1..]),
        .. result.Host.Length > 0 ? (IEnumerable<CardRun>)[new PlainRun(" on "), new CodeRun(result.Host)] : [],
        new PlainRun($" by {result.By.Name}{(LabWords.Remark(result) is { Length: > 0 } remark ? $": {remark}" : "")}"),
    ]);

    private static IEnumerable<CardBlock> Details(PatchOnCard shown)
    {
        var facts = shown.Patch.Facts;
        var content = new List<CardBlock>();
        if (facts.Fixes.Count > 0)
        {
            content.Add(new ListBlock([.. facts.Fixes.Select(FixLine)]));
        }

        if (facts.Products.Count > ShownProducts)
        {
            content.Add(new TextBlock($"For: {string.Join(", ", facts.Products.Select(product => product.Name))}"));
        }

        content.AddRange(facts.KnownIssues.Select(issue => new TextBlock($"Known issue: {issue}")));
        if (content.Count > 0)
        {
            string?[] parts =
            [
                facts.Fixes.Count switch { 0 => null, 1 => "1 vulnerability", _ => $"{facts.Fixes.Count} vulnerabilities" },
                facts.Products.Count > ShownProducts ? $"{facts.Products.Count} products" : null,
                facts.KnownIssues.Count switch { 0 => null, 1 => "1 known issue", _ => $"{facts.KnownIssues.Count} known issues" },
            ];
            yield return new DetailsBlock($"Details: {string.Join(", ", parts.Where(part => part is not null))}", content);
        }
    }

    private static CardText FixLine(FixedVulnerability fix) => new([
        new CodeRun(fix.Cve),
        new PlainRun($" {fix.Title}{(fix.Cvss is { } score ? $", CVSS {score.ToString("0.0", CultureInfo.InvariantCulture)}" : "")}{(fix.Impact.Length > 0 && !fix.Title.Contains(fix.Impact, StringComparison.OrdinalIgnoreCase) ? $", {fix.Impact}" : "")}"),
        .. fix.Exploited == Claim.Yes ? (IEnumerable<CardRun>)[new PlainRun(", "), new StrongRun("exploited")] : [],
    ]);

    private static string SeverityText(PatchFacts facts) =>
        facts.Severity == Severity.Unrated ? "Unrated" : facts.SeverityWord.Length > 0 ? facts.SeverityWord : facts.Severity.ToString();

    private static string Some(List<string> items, int count) => items.Count <= count
        ? string.Join(", ", items)
        : $"{string.Join(", ", items.Take(count))} and {items.Count - count} more";

    private static string Day(DateTimeOffset at) => at.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
}
