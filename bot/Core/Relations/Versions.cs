using PatchBot.Core.Windows;

namespace PatchBot.Core.Relations;

internal static class Versions
{
    /// <summary>Missing parts count as zero: 6.3 is 6.3.0.0.</summary>
    public static int Compare(Version left, Version right) => Full(left).CompareTo(Full(right));

    public static Version? Installed(Ring? ring, string product) => ring?.Installed
        .Where(installed => string.Equals(installed.Key, product, StringComparison.OrdinalIgnoreCase))
        .Select(installed => installed.Value)
        .FirstOrDefault();

    private static Version Full(Version version) => new(version.Major, version.Minor, Math.Max(version.Build, 0), Math.Max(version.Revision, 0));
}
