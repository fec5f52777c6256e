using PatchBot.Core.Patches;

namespace PatchBot.Adapters.Sources.Msrc.Patches;

/// <summary>Microsoft's severity and restart words. A word that is not listed counts as not given.</summary>
internal static class SeverityWords
{
    public static Severity Severity(string word) => word.Trim().ToUpperInvariant() switch
    {
        "CRITICAL" => Core.Patches.Severity.Critical,
        "IMPORTANT" => Core.Patches.Severity.High,
        "MODERATE" => Core.Patches.Severity.Medium,
        "LOW" => Core.Patches.Severity.Low,
        _ => Core.Patches.Severity.Unrated,
    };

    /// <summary>Microsoft's word for a rating that it gave; empty for one that it did not.</summary>
    public static string Word(Severity severity) => severity switch
    {
        Core.Patches.Severity.Critical => "Critical",
        Core.Patches.Severity.High => "Important",
        Core.Patches.Severity.Medium => "Moderate",
        Core.Patches.Severity.Low => "Low",
        Core.Patches.Severity.None or Core.Patches.Severity.Unrated => "",
    };

    /// <summary>The band of a CVSS base score. Version 2, whose vectors do not name it, knows no Critical.</summary>
    public static Severity Band(decimal score, string vector)
    {
        var version2 = !vector.StartsWith("CVSS:", StringComparison.OrdinalIgnoreCase) && vector.Length > 0;
        return score switch
        {
            0 => Core.Patches.Severity.None,
            < 4 => Core.Patches.Severity.Low,
            < 7 => Core.Patches.Severity.Medium,
            < 9 => Core.Patches.Severity.High,
            _ => version2 ? Core.Patches.Severity.High : Core.Patches.Severity.Critical,
        };
    }

    public static RestartNeed Restart(string word) => word.Trim().ToUpperInvariant() switch
    {
        "YES" => RestartNeed.Yes,
        "MAYBE" => RestartNeed.Maybe,
        "NO" => RestartNeed.No,
        _ => RestartNeed.Unknown,
    };
}
