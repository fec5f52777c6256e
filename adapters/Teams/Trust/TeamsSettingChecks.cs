using System.Security.Cryptography;
using PatchBot.Adapters.Wire;
using PatchBot.Core;

namespace PatchBot.Adapters.Teams.Trust;

/// <summary>What one look at a setting alone cannot tell: how they go together, and with the environment.</summary>
internal static class TeamsSettingChecks
{
    public static IEnumerable<SettingFault> Of(TeamsOptions options, bool development, bool serves = true)
    {
        if (options.AllowEmulator && !development)
        {
            yield return Fault(nameof(options.AllowEmulator), "True",
                "this lets callers in without a token and is for Development only; write false, or start with --environment Development on your own machine");
        }

        foreach (var fault in Addresses(options, development))
        {
            yield return fault;
        }

        if (options.AppId.Length > 0)
        {
            // Who writes the app's package or imports a document may not have the credential, and should not need it.
            foreach (var fault in serves ? Credentials(options).Concat(Hosts(options)) : Hosts(options))
            {
                yield return fault;
            }
        }
    }

    private static IEnumerable<SettingFault> Addresses(TeamsOptions options, bool development)
    {
        (string Key, Uri? Address)[] addresses =
        [
            (nameof(options.OpenIdMetadata), options.OpenIdMetadata),
            (nameof(options.LoginAuthority), options.LoginAuthority),
            (nameof(options.ServiceUrl), options.ServiceUrl),
        ];
        foreach (var (key, address) in addresses)
        {
            if (address is { IsAbsoluteUri: true, UserInfo.Length: > 0 })
            {
                // What stands before the @ may be a password.
                yield return Fault(key, "", "write the address without a user name or password");
            }
            else if (address is not null && !Loopback.IsSafe(address, development))
            {
                yield return Fault(key, address.OriginalString, "write an address with https; plain http is for this machine's own addresses, in Development");
            }
        }

        if (options.LoginAuthority is { IsAbsoluteUri: true, PathAndQuery: not "/" } authority)
        {
            yield return Fault(nameof(options.LoginAuthority), authority.UserInfo.Length > 0 ? "" : authority.OriginalString,
                "write it without the tenant or any other path, such as https://login.microsoftonline.com/");
        }
    }

    public static IEnumerable<SettingFault> Credentials(TeamsOptions options)
    {
        var given = new[] { options.ClientSecret.Length > 0, options.CertificateFile.Length > 0, options.ManagedIdentity }.Count(has => has);
        if (given != 1)
        {
            yield return Fault(nameof(options.ClientSecret), "", given == 0
                ? "the bot has no credential; write a client secret here, or a file in Teams:CertificateFile, or true in Teams:ManagedIdentity"
                : "the bot has more than one credential; keep one of Teams:ClientSecret, Teams:CertificateFile and Teams:ManagedIdentity");
        }

        if (options.CertificateFile.Length > 0 && CertificateFault(options) is { } remedy)
        {
            yield return Fault(nameof(options.CertificateFile), options.CertificateFile, remedy);
        }
    }

    private static string? CertificateFault(TeamsOptions options)
    {
        if (!File.Exists(options.CertificateFile))
        {
            return "there is no such file; write the path of a PFX or PEM file with certificate and private key";
        }

        try
        {
            BotCertificate.Load(options.CertificateFile, options.CertificatePassword).Dispose();
            return null;
        }
        catch (CryptographicException)
        {
            return "it holds no certificate with a private RSA key that Teams:CertificatePassword opens";
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return "this user may not read the file";
        }
    }

    private static IEnumerable<SettingFault> Hosts(TeamsOptions options)
    {
        foreach (var (pattern, index) in options.TrustedServiceHosts.Select((pattern, index) => (pattern, index)))
        {
            if (!HostPattern.IsOne(pattern))
            {
                yield return Fault($"{nameof(options.TrustedServiceHosts)}:{index}", pattern,
                    "write a host name without scheme, port and path, such as smba.trafficmanager.net, or *.example.com for any name below");
            }
        }

        if (TeamsAddresses.Of(options).TrustedServiceHosts.Count == 0)
        {
            yield return Fault(nameof(options.TrustedServiceHosts), "",
                "this cloud has no default; write the hosts that your tenant's messages name in serviceUrl, such as frontend.botapi.msg.infra.teams.microsoftonline.cn");
        }
    }

    private static SettingFault Fault(string key, string value, string remedy) => new($"{TeamsOptions.Section}:{key}", value, remedy);
}
