using System.Globalization;
using System.Text.RegularExpressions;

namespace PatchBot.Core.Lab.Reading;

/// <summary>The numbers that machines' names end in, and the names between two of them.</summary>
internal static partial class HostNumbers
{
    // A longer row is nobody's lab.
    private const int MostHosts = 50;

    /// <summary>Such as ("hv-lab-", "01").</summary>
    public static (string Name, string Number)? Of(string host) =>
        Numbered().Match(host) is { Success: true } match ? (match.Groups["name"].Value, match.Groups["number"].Value) : null;

    /// <summary>The two ends of a range that was written as one word.</summary>
    /// <returns><c>Sure</c> where the name stands twice, as in "lab1-lab3"; "lab1-3" may be a machine's own name.</returns>
    public static (string Name, string First, string Last, bool Sure)? Joined(string word) =>
        JoinedRange().Match(word) is { Success: true } joined
            ? (joined.Groups["name"].Value, joined.Groups["first"].Value, joined.Groups["last"].Value, joined.Groups["again"].Success)
            : null;

    /// <returns>Empty where the numbers do not ascend, are padded in different ways, or are too far apart.</returns>
    public static List<string> Between(string name, string first, string last)
    {
        var (from, to) = (int.Parse(first, CultureInfo.InvariantCulture), int.Parse(last, CultureInfo.InvariantCulture));
        var alike = first.Length == last.Length || (last[0] != '0' && (first[0] != '0' || last.Length < first.Length));
        return to <= from || to - from >= MostHosts || !alike
            ? []
            : [.. Enumerable.Range(from, to - from + 1).Select(number => Padded(name, number.ToString(CultureInfo.InvariantCulture), first))];
    }

    public static string Padded(string name, string number, string like) => name + number.PadLeft(like.Length, '0');

    [GeneratedRegex(@"^(?<name>[a-z](?:[a-z0-9.-]*[a-z-])?)(?<number>\d{1,4})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Numbered();

    [GeneratedRegex(@"^(?<name>[a-z](?:[a-z0-9.-]{0,40}[a-z])?-?)(?<first>\d{1,4})-(?<again>\k<name>)?(?<last>\d{1,4})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex JoinedRange();
}
