using System.Text.RegularExpressions;

namespace PatchBot.Adapters.Sources.Msrc.Patches;

/// <summary>Reads what Microsoft's product names say.</summary>
internal static partial class ProductNames
{
    private static readonly string[] LinuxNames = ["Mariner", "Azure Linux"];

    /// <summary>The name without the processor and installation kind: one update serves them all.</summary>
    public static string Base(string product)
    {
        var name = product;
        for (string shorter; (shorter = Variant().Replace(name, "")) != name;)
        {
            name = shorter;
        }

        return name;
    }

    /// <summary>The base name; of the .NET Framework without the list of its versions, which is longer than a title.</summary>
    public static string Short(string product) => FrameworkOn().Replace(Base(product), "$1 on $2");

    /// <summary>Whether it is Windows itself; not a product "on Windows …".</summary>
    public static bool IsWindows(string product) => WindowsItself().IsMatch(product);

    public static bool IsWindowsServer(string product) => product.StartsWith("Windows Server", StringComparison.Ordinal);

    /// <summary>Azure Linux and its former name CBL-Mariner.</summary>
    public static bool IsLinux(string product, string family) =>
        LinuxNames.Any(name => family.Contains(name, StringComparison.OrdinalIgnoreCase) || product.Contains(name, StringComparison.OrdinalIgnoreCase))
        || product.StartsWith("azl", StringComparison.OrdinalIgnoreCase);

    /// <summary>The Edge that is built on Chromium; the older one says so in its name and came with Windows updates.</summary>
    public static bool IsChromiumEdge(string product) =>
        product.StartsWith("Microsoft Edge", StringComparison.Ordinal)
        && !product.Contains("EdgeHTML", StringComparison.Ordinal)
        && !product.Contains(" on Windows", StringComparison.Ordinal);

    [GeneratedRegex(
        @"\s*(?:\((?:Server Core installation|(?:32|64)-bit editions?)\)|(?:for|on)\s+(?:32-bit|64-bit|x64-based|ARM64-based|Itanium-Based)\s+(?:systems|editions)|(?<=Mariner\s[\d.]+|Linux\s[\d.]+|azl\d+)\s+(?:x64|ARM|aarch64))(?=$|\sService\sPack|\s\()",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Variant();

    [GeneratedRegex(@"^(Microsoft \.NET Framework) .+ on (Windows .+)$", RegexOptions.CultureInvariant)]
    private static partial Regex FrameworkOn();

    [GeneratedRegex(@"^(?:Microsoft )?Windows (?:Server\b|\d|RT\b|Vista\b|XP\b)", RegexOptions.CultureInvariant)]
    private static partial Regex WindowsItself();
}
