using System.Net;

namespace PatchBot.Adapters.Wire;

/// <summary>This machine, in addresses: the only place that plain http may lead to, and only in Development.</summary>
public static class Loopback
{
    // Not Uri.IsLoopback: that takes a file, and whatever else names no host, for this machine.
    public static bool IsLoopback(Uri address) =>
        address is { IsAbsoluteUri: true, Scheme: "http" or "https" } && IsLoopback(address.IdnHost);

    public static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>Whether keys, tokens and messages may be asked for or sent there.</summary>
    public static bool IsSafe(Uri address, bool development) =>
        address is { IsAbsoluteUri: true, UserInfo: "" } && (address.Scheme == Uri.UriSchemeHttps || (development && IsLoopback(address)));
}
