using PatchBot.Core.Patches;

namespace PatchBot.Adapters.Sources.Msrc.Patches;

/// <summary>A patch's name for people. Microsoft's documents give none, so it is made of the kind of update and its products.</summary>
internal static class PatchTitle
{
    private const int Shown = 3;

    public static string Of(UpdateKey key, UpdateType type, IEnumerable<string> products, bool internetExplorer) => key.HasKb
        ? $"{What(type, internetExplorer)} for {For(products)}"
        : $"Security update {key.Build} for {key.Product}";

    private static string What(UpdateType type, bool internetExplorer) => type switch
    {
        UpdateType.ServicingStack => "Servicing stack update",
        UpdateType.Cumulative => internetExplorer ? "Cumulative Internet Explorer update" : "Cumulative update",
        UpdateType.MonthlyRollup => "Monthly rollup",
        UpdateType.SecurityOnly => "Security-only update",
        UpdateType.Hotpatch => "Hotpatch",
        UpdateType.Unspecified or UpdateType.ProductUpdate => "Security update",
    };

    // Servers first: they are what windows are planned for.
    private static string For(IEnumerable<string> products)
    {
        var names = products.Select(ProductNames.Short).Distinct(StringComparer.OrdinalIgnoreCase)
            .OrderBy(name => ProductNames.IsWindowsServer(name) ? 0 : ProductNames.IsWindows(name) ? 1 : 2)
            .ThenBy(name => name, StringComparer.Ordinal)
            .ToList();
        return names switch
        {
            [] => "Microsoft products",
            [var only] => only,
            { Count: <= Shown } => $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}",
            _ => $"{string.Join(", ", names.Take(Shown - 1))} and {names.Count - Shown + 1} more products",
        };
    }
}
