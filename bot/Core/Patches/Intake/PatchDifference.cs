using System.Globalization;

namespace PatchBot.Core.Patches.Intake;

/// <summary>Says in words what a revision changed: "severity Important → Critical", "exploited: no → yes".</summary>
public static class PatchDifference
{
    private const int Named = 5;

    // Cards and audit entries stay readable when a vendor rates a hundred vulnerabilities anew.
    private const int MostChanges = 10;

    public static IReadOnlyList<string> Between(PatchFacts before, PatchFacts after)
    {
        var changes = new List<string>();
        Value("severity", Word(before), Word(after));
        Value("exploited:", Words.For(before.Exploited), Words.For(after.Exploited));
        Value("publicly disclosed:", Words.For(before.Disclosed), Words.For(after.Disclosed));
        Value("restart:", Words.For(before.Restart), Words.For(after.Restart));
        Value("highest CVSS", Score(before), Score(after));
        Value("title", before.Title, after.Title);
        Value("kind:", Kind(before), Kind(after));
        Value("update type:", Words.For(before.Type), Words.For(after.Type));
        Value("released", Day(before.ReleasedAt), Day(after.ReleasedAt));
        Items("fixes", before.Fixes.Select(fix => fix.Cve), after.Fixes.Select(fix => fix.Cve));
        Items("products", before.Products.Select(product => product.Name), after.Products.Select(product => product.Name));
        Items("supersedes", before.Supersedes.Select(id => id.Value), after.Supersedes.Select(id => id.Value));
        Items("requires", before.Requires.Select(id => id.Value), after.Requires.Select(id => id.Value));
        Items("known issues", before.KnownIssues, after.KnownIssues);
        foreach (var (old, fresh) in before.Products.Join(after.Products, product => product.Name, product => product.Name, (old, fresh) => (old, fresh)))
        {
            Value($"fixed build of {fresh.Name}:", old.FixedBuild, fresh.FixedBuild);
            Value($"severity on {fresh.Name}", old.Severity.ToString(), fresh.Severity.ToString());
            Value($"restart of {fresh.Name}:", Words.For(old.Restart), Words.For(fresh.Restart));
        }

        foreach (var (old, fresh) in before.Fixes.Join(after.Fixes, fix => fix.Cve, fix => fix.Cve, (old, fresh) => (old, fresh)))
        {
            Value($"{fresh.Cve} severity", old.Severity.ToString(), fresh.Severity.ToString());
            Value($"{fresh.Cve} exploited:", Words.For(old.Exploited), Words.For(fresh.Exploited));
            Value($"{fresh.Cve} CVSS", Score(old.Cvss), Score(fresh.Cvss));
        }

        // Equal in everything that is named above, yet different: wording, links, vectors.
        return changes.Count switch
        {
            0 => ContentHash.Of(before) == ContentHash.Of(after) ? [] : ["details and wording"],
            > MostChanges => [.. changes.Take(MostChanges - 1), $"and {changes.Count - MostChanges + 1} more changes"],
            _ => changes,
        };

        void Value(string what, string old, string fresh)
        {
            if (old != fresh)
            {
                changes.Add($"{what} {(old.Length > 0 ? old : "none")} → {(fresh.Length > 0 ? fresh : "none")}");
            }
        }

        void Items(string what, IEnumerable<string> old, IEnumerable<string> fresh)
        {
            var (had, has) = (old.ToList(), fresh.ToList());
            Listed($"{what}: added", has.Except(had).ToList());
            Listed($"{what}: removed", had.Except(has).ToList());
        }

        void Listed(string what, List<string> items)
        {
            if (items.Count > 0)
            {
                var more = items.Count > Named ? $" and {items.Count - Named} more" : "";
                changes.Add($"{what} {string.Join(", ", items.Take(Named))}{more}");
            }
        }
    }

    private static string Word(PatchFacts facts) => facts.SeverityWord.Length > 0 ? facts.SeverityWord : facts.Severity.ToString();

    private static string Kind(PatchFacts facts) => facts.Kind == PatchKind.Unknown ? "not known" : facts.Kind.ToString().ToLowerInvariant();

    private static string Score(PatchFacts facts) => Score(facts.Fixes.Max(fix => fix.Cvss));

    private static string Score(decimal? score) => score?.ToString("0.0", CultureInfo.InvariantCulture) ?? "";

    private static string Day(DateTimeOffset? at) => at?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
