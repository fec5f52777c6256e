namespace PatchBot.Core.Patches.Intake;

/// <summary>
/// Makes one set of facts of all sightings of a patch, whatever order they come in. Where they disagree, the more severe,
/// the more disruptive and the more exploited statement holds, and a source that is silent overrules none that speaks;
/// texts come from the sighting that was released last.
/// </summary>
public static class PatchMerge
{
    public static PatchFacts Merge(IReadOnlyCollection<Sighting> sightings)
    {
        if (sightings.Count == 0)
        {
            throw new ArgumentException("A patch has at least one sighting.", nameof(sightings));
        }

        // A document that no longer lists the patch speaks only while no other one does.
        var listed = sightings.Where(sighting => sighting.Listed).ToList();
        return Join([.. (listed.Count > 0 ? listed : [.. sightings])
            .OrderByDescending(sighting => sighting.Facts.ReleasedAt ?? DateTimeOffset.MinValue)
            .ThenBy(sighting => sighting.Origin.Source, StringComparer.Ordinal)
            .ThenBy(sighting => sighting.Origin.Document, StringComparer.Ordinal)
            .ThenBy(sighting => sighting.Content.Value, StringComparer.Ordinal)
            .Select(sighting => sighting.Facts)]);
    }

    // A single sighting comes through here too, so that a second one that says the same changes nothing.
    private static PatchFacts Join(List<PatchFacts> all)
    {
        var severity = Worst(all.Select(facts => facts.Severity));
        return all[0] with
        {
            Summary = FirstText(all.Select(facts => facts.Summary)),
            Kind = all.Any(facts => facts.Kind == PatchKind.Security)
                ? PatchKind.Security
                : all.Select(facts => facts.Kind).FirstOrDefault(kind => kind != PatchKind.Unknown),
            Type = all.Select(facts => facts.Type).FirstOrDefault(type => type != UpdateType.Unspecified),
            Severity = severity,
            SeverityWord = FirstText(all.Where(facts => facts.Severity == severity).Select(facts => facts.SeverityWord)),
            Restart = all.Max(facts => facts.Restart),
            ReleasedAt = all.Min(facts => facts.ReleasedAt),
            UpdatedAt = all.Max(facts => facts.UpdatedAt),
            Aliases = Union(all, facts => facts.Aliases, alias => alias),
            Products = [.. all.SelectMany(facts => facts.Products)
                .GroupBy(product => product.Name, StringComparer.OrdinalIgnoreCase)
                .Select(same => Join(same.ToList()))
                .OrderBy(product => product.Name, StringComparer.Ordinal)],
            Fixes = [.. all.SelectMany(facts => facts.Fixes)
                .GroupBy(fix => fix.Cve, StringComparer.OrdinalIgnoreCase)
                .Select(same => Join(same.ToList()))
                .OrderBy(fix => fix.Cve, StringComparer.Ordinal)],
            Supersedes = Union(all, facts => facts.Supersedes, id => id.Value),
            Requires = Union(all, facts => facts.Requires, id => id.Value),
            KnownIssues = [.. all.SelectMany(facts => facts.KnownIssues).Distinct(StringComparer.OrdinalIgnoreCase)],

            // In the source's order: the first one is the one to read.
            Links = [.. all.SelectMany(facts => facts.Links).DistinctBy(link => link.Address.AbsoluteUri, StringComparer.OrdinalIgnoreCase)],
        };
    }

    private static PatchedProduct Join(List<PatchedProduct> same) => same[0] with
    {
        Family = FirstText(same.Select(product => product.Family)),
        FixedBuild = FirstText(same.Select(product => product.FixedBuild)),
        Restart = same.Max(product => product.Restart),
        Severity = Worst(same.Select(product => product.Severity)),
    };

    private static FixedVulnerability Join(List<FixedVulnerability> same)
    {
        var scored = same.MaxBy(fix => fix.Cvss ?? -1)!;
        return scored with
        {
            Title = FirstText(same.Select(fix => fix.Title).Prepend(scored.Title)),
            Impact = FirstText(same.Select(fix => fix.Impact).Prepend(scored.Impact)),
            Severity = Worst(same.Select(fix => fix.Severity)),
            Exploited = same.Max(fix => fix.Exploited),
            Disclosed = same.Max(fix => fix.Disclosed),
        };
    }

    // "Unrated" is silence, though it ranks above Medium.
    private static Severity Worst(IEnumerable<Severity> severities) =>
        severities.Where(severity => severity != Severity.Unrated).DefaultIfEmpty(Severity.Unrated).Max();

    private static string FirstText(IEnumerable<string> texts) => texts.FirstOrDefault(text => text.Length > 0, "");

    private static List<T> Union<T>(List<PatchFacts> all, Func<PatchFacts, IReadOnlyList<T>> list, Func<T, string> key) =>
        [.. all.SelectMany(list).DistinctBy(key, StringComparer.OrdinalIgnoreCase).OrderBy(key, StringComparer.Ordinal)];
}
