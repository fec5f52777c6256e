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

    private static bool IsPlain(Uri address, bool local) => local || (address.Scheme == Uri.UriSchemeHttps && address.IsDefaultPort);

    private bool IsConfigured(Uri address) =>
        options.Value.ServiceUrl is { } own && Loopback.IsSafe(own, development)
        && own.GetLeftPart(UriPartial.Authority).Equals(address.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase);

    private bool IsListed(string host) => addresses.TrustedServiceHosts.Any(pattern => HostPattern.IsOne(pattern) && HostPattern.Matches(pattern, host));
}
