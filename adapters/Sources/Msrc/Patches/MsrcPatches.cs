using PatchBot.Adapters.Sources.Msrc.Cvrf;
using PatchBot.Core.Patches;
using PatchBot.Core.Patches.Sources;

namespace PatchBot.Adapters.Sources.Msrc.Patches;

/// <summary>Turns a list of vulnerabilities, each with its fixes, into a list of patches, each with what it fixes.</summary>
internal sealed class MsrcPatches(CvrfDocument document, MsrcOptions options, DateTimeOffset now)
{
    private readonly Dictionary<PatchId, PatchGroup> groups = [];
    private readonly List<PatchGroup> order = [];

    public PatchDocument ToDocument()
    {
        foreach (var vulnerability in document.Vulnerabilities)
        {
            AddFixes(vulnerability);
        }

        foreach (var vulnerability in document.Vulnerabilities)
        {
            AddKnownIssues(vulnerability);
        }

        var builder = new PatchFactsBuilder(document, now, Aliases());
        var leftOut = new SortedDictionary<string, int>(StringComparer.Ordinal);
        List<PatchRecord> records = [];
        foreach (var group in order)
        {
            if (ReasonToLeaveOut(group) is { } reason)
            {
                leftOut[reason] = leftOut.GetValueOrDefault(reason) + 1;
            }
            else
            {
                records.Add(new PatchRecord(group.Key.Id, builder.Of(group)));
            }
        }

        return new PatchDocument(new SightingOrigin(MsrcCatalogue.SourceName, document.Id), document.Title, records, leftOut);
    }

    private void AddFixes(CvrfVulnerability vulnerability)
    {
        var facts = new VulnerabilityFacts(vulnerability);
        foreach (var fix in vulnerability.Remediations.Where(row => row.Kind == CvrfRemediationKind.VendorFix))
        {
            if (UpdateKey.KbIn(fix.Text) is { } kb)
            {
                Group(UpdateKey.Of(kb)).Add(facts, fix, fix.Products);
                continue;
            }

            // Without a KB each product is updated by itself; its 32-bit and 64-bit forms share a key.
            foreach (var id in fix.Products)
            {
                var product = Product(id);
                var linux = ProductNames.IsLinux(product.Name, product.Family);
                Group(UpdateKey.Of(fix, product.Name, linux, document.Id)).Add(facts, fix, [id]);
            }
        }
    }

    private void AddKnownIssues(CvrfVulnerability vulnerability)
    {
        foreach (var row in vulnerability.Remediations)
        {
            if (row.Kind is CvrfRemediationKind.KnownIssue or CvrfRemediationKind.KnownIssueToo
                && UpdateKey.KbIn(row.Text) is { } kb && groups.TryGetValue(kb, out var group) && row.Address.Length > 0)
            {
                group.KnownIssues.Add(row.Address);
            }
        }
    }

    private PatchGroup Group(UpdateKey key)
    {
        if (!groups.TryGetValue(key.Id, out var group))
        {
            groups.Add(key.Id, group = new PatchGroup(key));
            order.Add(group);
        }

        return group;
    }

    private CvrfProduct Product(string id) => document.Products.GetValueOrDefault(id) ?? new CvrfProduct($"Product {id}", "");

    // A .NET update is offered under one number and downloads under others; a number that two updates share names neither.
    private Dictionary<PatchId, IReadOnlyList<string>> Aliases()
    {
        var claims = order.Where(group => group.Key.HasKb)
            .SelectMany(group => group.Addresses.Select(PatchLinks.KbInAddress).OfType<PatchId>().Distinct()
                .Where(kb => !groups.ContainsKey(kb))
                .Select(kb => (Kb: kb, Of: group.Key.Id)))
            .GroupBy(claim => claim.Kb)
            .Where(claim => claim.Count() == 1)
            .Select(claim => claim.Single());
        return claims.GroupBy(claim => claim.Of).ToDictionary(
            claim => claim.Key,
            IReadOnlyList<string> (claim) => [.. claim.Select(alias => alias.Kb.Value).Order(StringComparer.Ordinal)]);
    }

    private string? ReasonToLeaveOut(PatchGroup group)
    {
        var products = group.Products.Keys.Select(Product).ToList();
        if (!options.LinuxPackages && products.Count > 0 && products.All(product => ProductNames.IsLinux(product.Name, product.Family)))
        {
            return "Linux packages";
        }

        if (!options.Chromium && !group.Key.HasKb && (products.Count > 0 && products.All(product => ProductNames.IsChromiumEdge(product.Name))
            || group.Fixes.All(fix => fix.Facts.Vulnerability.IssuedBy.StartsWith("Chrome", StringComparison.OrdinalIgnoreCase))))
        {
            return "Chromium and Edge";
        }

        return options.Families.Count > 0 && !products.Any(product => options.Families.Contains(product.Family, StringComparer.OrdinalIgnoreCase))
            ? "Product families that are not asked for"
            : null;
    }
}
