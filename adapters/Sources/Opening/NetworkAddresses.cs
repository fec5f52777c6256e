using System.Net;
using System.Net.Sockets;

namespace PatchBot.Adapters.Sources.Opening;

/// <summary>Which network addresses a document may come from.</summary>
internal static class NetworkAddresses
{
    public static bool IsLoopback(IPAddress address) => IPAddress.IsLoopback(Plain(address));

    /// <summary>Addresses that no public server has: private, link-local, shared, documentation, multicast, unspecified.</summary>
    public static bool IsPrivate(IPAddress address)
    {
        var plain = Plain(address);
        return plain.AddressFamily == AddressFamily.InterNetwork ? IsPrivate4(plain.GetAddressBytes()) : IsPrivate6(plain);
    }

    /// <summary>The address without secrets: no user, no password, no query values.</summary>
    public static string Redacted(Uri address)
    {
        var port = address.IsDefaultPort ? "" : $":{address.Port}";
        var query = address.Query.Length > 1
            ? "?" + string.Join('&', address.Query[1..].Split('&').Select(pair => $"{pair.Split('=')[0]}=…"))
            : "";
        return $"{address.Scheme}://{address.IdnHost}{port}{address.AbsolutePath}{query}";
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static bool IsPrivate4(byte[] address) => address switch
    {
        [0 or 10 or 127, ..] => true,
        [100, >= 64 and <= 127, ..] => true,
        [169, 254, ..] => true,
        [172, >= 16 and <= 31, ..] => true,
        [192, 168, ..] => true,
        [192, 0, 0 or 2, ..] => true,
        [198, 18 or 19, ..] => true,
        [198, 51, 100, _] or [203, 0, 113, _] => true,
        [>= 224, ..] => true,
        _ => false,
    };

    // Only 2000::/3 is routed publicly; the transition prefixes in it can hide a private IPv4 address.
    private static bool IsPrivate6(IPAddress address) =>
        address.GetAddressBytes() is not [>= 0x20 and <= 0x3F, ..]
        || address.IsIPv6Teredo
        || address.GetAddressBytes() is [0x20, 0x02, ..] or [0x20, 0x01, 0x0D, 0xB8, ..];
}
