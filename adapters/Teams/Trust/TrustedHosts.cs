using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using PatchBot.Adapters.Wire;

namespace PatchBot.Adapters.Teams.Trust;

internal enum ServiceTrust
{
    /// <summary>Nothing may be sent there.</summary>
    None,

    /// <summary>A local emulator: messages, and no token.</summary>
    WithoutToken,

    /// <summary>Messages and the bot's token.</summary>
    WithToken,
}

/// <summary>Where the bot's token and its messages may go. An address comes from a message; the trust in it never does.</summary>
internal sealed class TrustedHosts(IOptions<TeamsOptions> options, IHostEnvironment environment)
{
    private readonly TeamsAddresses addresses = TeamsAddresses.Of(options.Value);
    private readonly bool development = environment.IsDevelopment();

    public ServiceTrust Of(Uri address)
    {
        // Whatever is not plainly "scheme, host, path" is someone's attempt to be read differently by somebody else.
        if (!address.IsAbsoluteUri || address is not { UserInfo: "", Query: "", Fragment: "" } || !address.Host.All(char.IsAscii))
        {
            return ServiceTrust.None;
        }

        var local = development && Loopback.IsLoopback(address);
        if (options.Value.AppId.Length > 0 && (IsConfigured(address) || (IsPlain(address, local) && IsListed(address.IdnHost))))
        {
            return ServiceTrust.WithToken;
        }

        return local && options.Value.AllowEmulator ? ServiceTrust.WithoutToken : ServiceTrust.None;
    }

    /// <summary>Whether a setting is a host name, an address, or <c>*.</c> before a name of two labels or more.</summary>
    public static bool IsPattern(string pattern)
    {
        var any = pattern.StartsWith("*.", StringComparison.Ordinal);
        var host = any ? pattern[2..] : Bare(pattern);
        return host.All(char.IsAscii) && !host.EndsWith('.') && Uri.CheckHostName(host) switch
        {
            UriHostNameType.Dns => !any || host.Contains('.', StringComparison.Ordinal),
            UriHostNameType.IPv4 or UriHostNameType.IPv6 => !any,
            _ => false,
        };
    }

    private static bool IsPlain(Uri address, bool local) => local || (address.Scheme == Uri.UriSchemeHttps && address.IsDefaultPort);

    private bool IsConfigured(Uri address) =>
        options.Value.ServiceUrl is { } own && Loopback.IsSafe(own, development)
        && own.GetLeftPart(UriPartial.Authority).Equals(address.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase);

    private bool IsListed(string host) => addresses.TrustedServiceHosts.Any(pattern => IsPattern(pattern) && Matches(pattern, host));

    // The dot stays in the comparison: evil-example.com is not below example.com.
    private static bool Matches(string pattern, string host) => pattern.StartsWith("*.", StringComparison.Ordinal)
        ? host.Length >= pattern.Length && host.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase)
        : host.Equals(Bare(pattern), StringComparison.OrdinalIgnoreCase);

    private static string Bare(string host) => host.StartsWith('[') && host.EndsWith(']') ? host[1..^1] : host;
}
