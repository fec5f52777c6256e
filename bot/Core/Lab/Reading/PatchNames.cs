using System.Text.RegularExpressions;

namespace PatchBot.Core.Lab.Reading;

/// <summary>Finds the vendors' names of patches in text, however they are spelled.</summary>
internal static partial class PatchNames
{
    /// <summary>The patch name that starts at <paramref name="at"/>, as its vendor writes it.</summary>
    public static bool TryRead(string text, int at, out string name, out int length)
    {
        (name, length) = ("", 0);

        // Every name has a digit near its start, but for Cisco's; most words are done with here.
        var near = text.AsSpan(at, Math.Min(24, text.Length - at));
        if (!near.ContainsAnyInRange('0', '9') && !near.StartsWith("cisco-sa-", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        if (Shape().Match(text, at) is not { Success: true } match)
        {
            return false;
        }

        length = match.Length;
        name = match.Groups["kb"] is { Success: true } kb ? $"KB{kb.Value}"
            : match.Groups["errata"] is { Success: true } errata ? $"{errata.Value}-{match.Groups["year"].Value}:{match.Groups["number"].Value}".ToUpperInvariant()
            : match.Value.Replace(' ', '-').ToUpperInvariant();
        return true;
    }

    /// <summary>CVE ids name holes, not patches; they are neither patch nor host.</summary>
    public static bool IsVulnerability(string name) => name.StartsWith("CVE-", StringComparison.OrdinalIgnoreCase);

    // \G ties the match to the position; every part is bounded. A bare number is a KB when it has seven digits, as all have today.
    [GeneratedRegex("""
        \G(?:
          kb[\s-]?(?<kb>\d{6,8})
        | (?<kb>\d{7})(?![\d%]|:\S)
        | (?<errata>rhsa|rhba|rhea|elsa|elba|alsa|rlsa)[\s-]?(?<year>\d{4})[:-](?<number>\d{2,6})
        | (?:usn|dsa|dla|lsn)[\s-]\d{2,5}(?:-\d{1,2})?
        | (?:open)?suse-(?:su|ru|ou|fu)[\s-]\d{4}:\d{2,6}(?:-\d{1,2})?
        | vmsa[\s-]\d{4}-\d{2,5}
        | fg-ir[\s-]\d{2}-\d{2,4}
        | ctx[\s-]?\d{5,8}
        | adv[\s-]?\d{6,8}
        | apsb[\s-]?\d{2}-\d{2,3}
        | pan-sa-\d{4}-\d{2,5}
        | cisco-sa-[a-z0-9-]{3,60}
        | alas2?-\d{4}-\d{2,6}
        | glsa-\d{6}-\d{2}
        | cve-\d{4}-\d{4,7}
        )(?![a-z0-9]|-\d)
        """, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Shape();
}
