using System.Text.RegularExpressions;
using PatchBot.Adapters.Sources.Msrc.Cvrf;
using PatchBot.Adapters.Sources.Reading;
using PatchBot.Core.Patches;

namespace PatchBot.Adapters.Sources.Msrc.Patches;

/// <summary>
/// The facts of one patch. Every list is sorted and every choice between rows is a highest or an earliest, so that the
/// order in a document makes no difference.
/// </summary>
internal sealed partial class PatchFactsBuilder(
    CvrfDocument document, DateTimeOffset now, IReadOnlyDictionary<PatchId, IReadOnlyList<string>> aliases)
{
    private static readonly DateTimeOffset Earliest = new(1995, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public PatchFacts Of(PatchGroup group)
    {
        var rated = group.Fixes.Select(fix => (fix.Facts, Ratings: fix.Facts.RatingsOf(fix.Products))).ToList();
        var fixes = rated
            .Select(fix => fix.Facts.With(fix.Ratings))
            .OrderBy(fix => fix.Cve, StringComparer.Ordinal)
            .ToList();
        var products = Products(group);
        var type = TypeOf(group, products);
        var vendorWords = rated.Select(fix => fix.Ratings.Rated).DefaultIfEmpty().Max();
        var severity = fixes.Select(fix => fix.Severity).DefaultIfEmpty(Severity.Unrated).Max();
        return new PatchFacts
        {
            Title = PlainText.Line(PatchTitle.Of(group.Key, type, products.Select(product => product.Name), IsInternetExplorer(group)), 200),
            Summary = rated is [var only] ? only.Facts.Vulnerability.Description : "",
            Vendor = "Microsoft",
            // A servicing stack update mends the installer itself and closes no hole in the product.
            Kind = group.IsServicingStack && fixes.All(fix => !fix.Cve.StartsWith("CVE-", StringComparison.Ordinal)) ? PatchKind.Bugfix : PatchKind.Security,
            Type = type,
            Severity = severity,
            SeverityWord = vendorWords == severity ? SeverityWords.Word(severity) : "",
            Restart = products.Select(product => product.Restart).DefaultIfEmpty(RestartNeed.Unknown).Max(),
            ReleasedAt = ReleasedAt(group),
            UpdatedAt = group.Fixes.Select(fix => Believable(fix.Facts.Vulnerability.LastRevisedAt)).Max(),
            Aliases = group.Key.HasKb ? aliases.GetValueOrDefault(group.Key.Id, []) : [group.Key.Name],
            Products = products,
            Fixes = fixes,
            Supersedes = Supersedes(group),
            KnownIssues = KnownIssues(group),
            Links = PatchLinks.Of(group),
        };
    }

    private List<PatchedProduct> Products(PatchGroup group) =>
    [
        .. group.Products
            .Select(entry => new PatchedProduct(
                document.Products.GetValueOrDefault(entry.Key)?.Name ?? $"Product {entry.Key}",
                document.Products.GetValueOrDefault(entry.Key)?.Family ?? "",
                entry.Value.Build,
                entry.Value.Restart,
                group.Fixes.Where(fix => fix.Products.Contains(entry.Key))
                    .Select(fix => fix.Facts.SeverityOf(entry.Key))
                    .DefaultIfEmpty(Severity.Unrated).Max()))
            .Distinct()
            .OrderBy(product => product.Name, StringComparer.Ordinal)
            .ThenBy(product => product.FixedBuild, BuildOrder.Instance)
            .ThenBy(product => (product.Restart, product.Severity)),
    ];

    private static UpdateType TypeOf(PatchGroup group, List<PatchedProduct> products)
    {
        bool Says(string words) => group.SubTypes.Any(type =>
            type.Replace(" ", "", StringComparison.Ordinal).Contains(words, StringComparison.OrdinalIgnoreCase));

        var windows = products.Where(product => ProductNames.IsWindows(product.Name)).ToList();
        return group.Key.HasKb switch
        {
            _ when group.IsServicingStack => UpdateType.ServicingStack,
            false => UpdateType.ProductUpdate,
            true when Says("Hotpatch") => UpdateType.Hotpatch,
            true when Says("MonthlyRollup") => UpdateType.MonthlyRollup,
            true when Says("SecurityOnly") => UpdateType.SecurityOnly,
            // Windows since version 10 has only cumulative updates; one is known by the build that it brings.
            true when Says("Cumulative") || windows.Any(product => product.FixedBuild.StartsWith("10.0.", StringComparison.Ordinal)) => UpdateType.Cumulative,
            true => windows.Count > 0 ? UpdateType.Unspecified : UpdateType.ProductUpdate,
        };
    }

    private static bool IsInternetExplorer(PatchGroup group) =>
        group.SubTypes.Any(type => type.Contains("IE Cumulative", StringComparison.OrdinalIgnoreCase));

    // A month also lists older flaws again with a new fix: their first date is not the fix's, the month's is.
    private DateTimeOffset? ReleasedAt(PatchGroup group)
    {
        var listed = Believable(document.ReleasedAt);
        var month = MonthId.TryParse(document.Id, out var id) && id.Start is { } start ? start : listed;
        var first = group.Fixes.Select(fix => Believable(fix.Facts.Vulnerability.FirstRevisedAt)).Where(date => date is not null && (month is null || date >= month)).Min();
        return first ?? listed;
    }

    private DateTimeOffset? Believable(DateTimeOffset? date) => date >= Earliest && date <= now.AddDays(2) ? date : null;

    private static IReadOnlyList<PatchId> Supersedes(PatchGroup group) =>
    [
        .. group.Supersedes.SelectMany(text => text.Split([',', ';', ' ', '/', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Where(word => UpdateKey.KbIn(word) is not null || Bulletin().IsMatch(word))
            .Select(word => new PatchId(word.ToUpperInvariant()))
            .Where(id => id != group.Key.Id)
            .Distinct()
            .Order()
            .Take(100),
    ];

    private static IReadOnlyList<string> KnownIssues(PatchGroup group) =>
    [
        .. group.KnownIssues.Select(PatchLinks.Shown).OfType<Uri>()
            .Select(address => $"Microsoft lists known issues at {address.AbsoluteUri}")
            .Order(StringComparer.Ordinal)
            .Take(10),
    ];

    [GeneratedRegex("^MS[0-9]{2}-[0-9]{3}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Bulletin();
}
