using System.Text.RegularExpressions;
using PatchBot.Core.Patches;

namespace PatchBot.Adapters.Sources.Msrc.Patches;

/// <summary>Where to read about a patch and get it; only https addresses, few enough for a card.</summary>
internal static partial class PatchLinks
{
    private const int Most = 10;
    private const int LongestAddress = 500;

    public static IReadOnlyList<PatchLink> Of(PatchGroup group) =>
    [
        .. Article(group.Key).Concat(group.Addresses.Select(Link).OfType<PatchLink>())
            .DistinctBy(link => link.Address.AbsoluteUri)
            .OrderBy(link => link.Title, StringComparer.Ordinal)
            .ThenBy(link => link.Address.AbsoluteUri, StringComparer.Ordinal)
            .Take(Most),
    ];

    /// <summary>The address if it is one that may be shown.</summary>
    public static Uri? Shown(string address) =>
        address.Length <= LongestAddress && Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && uri.Scheme == Uri.UriSchemeHttps && uri.UserInfo.Length == 0 && uri.IsDefaultPort && uri.HostNameType == UriHostNameType.Dns
            ? uri
            : null;

    /// <summary>The KB number that a download address of the update catalogue asks for.</summary>
    public static PatchId? KbInAddress(string address) =>
        QueriedKb().Match(address) is { Success: true } kb ? new PatchId(kb.Groups[1].Value) : null;

    // The article of a KB always stands at this address.
    private static IEnumerable<PatchLink> Article(UpdateKey key) => key.HasKb
        ? [new PatchLink("Article", new Uri($"https://support.microsoft.com/help/{key.Id.Value[2..]}"))]
        : [];

    private static PatchLink? Link(string address) => Shown(address) is { } uri
        ? new PatchLink(uri.Host.Equals("catalog.update.microsoft.com", StringComparison.OrdinalIgnoreCase) ? "Update catalogue" : "Download", uri)
        : null;

    [GeneratedRegex(@"[?&]q=KB([0-9]{6,8})(?:&|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex QueriedKb();
}
