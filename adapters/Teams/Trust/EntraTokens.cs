using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;
using PatchBot.Core.Delivery;

namespace PatchBot.Adapters.Teams.Trust;

/// <summary>
/// Asks Entra, through MSAL, with the bot's secret, certificate or managed identity. The certificate is read anew each
/// time, about once an hour, so that a renewed file needs no restart.
/// </summary>
internal sealed class EntraTokens(IOptions<TeamsOptions> options, IHostEnvironment environment) : ITokenIssuer, IDisposable
{
    private readonly TeamsAddresses addresses = TeamsAddresses.Of(options.Value);
    private readonly LoginClient clients = new(TeamsAddresses.Of(options.Value).LoginAuthority, environment.IsDevelopment());

    public async Task<IssuedToken> RequestAsync(CancellationToken cancellationToken)
    {
        try
        {
            var result = await (options.Value.ManagedIdentity ? AsManagedIdentityAsync(cancellationToken) : AsAppAsync(cancellationToken));
            return new(result.AccessToken, result.ExpiresOn);
        }
        catch (Exception fault)
        {
            // Whatever it is: MSAL lets even a NullReferenceException out when an answer is no JSON.
            throw TokenFaults.Of(fault, options.Value);
        }
    }

    public void Dispose() => clients.Dispose();

    private async Task<AuthenticationResult> AsAppAsync(CancellationToken cancellationToken)
    {
        var settings = options.Value;

        // The authority is written down by whoever runs the bot; there is nobody else to ask whether it is one.
        var app = ConfidentialClientApplicationBuilder.Create(settings.AppId)
            .WithAuthority(clients.Authority(settings.TenantId).AbsoluteUri, validateAuthority: false)
            .WithInstanceDiscovery(false)
            .WithHttpClientFactory(clients, retryOnceOn5xx: false);
        if (settings.ClientSecret.Length > 0)
        {
            return await RequestAsync(app.WithClientSecret(settings.ClientSecret), cancellationToken);
        }

        using var certificate = BotCertificate.Load(settings.CertificateFile, settings.CertificatePassword);
        return await RequestAsync(app.WithCertificate(certificate), cancellationToken);
    }

    private Task<AuthenticationResult> RequestAsync(ConfidentialClientApplicationBuilder app, CancellationToken cancellationToken) =>
        app.Build().AcquireTokenForClient([addresses.Scope]).WithForceRefresh(true).ExecuteAsync(cancellationToken);

    private Task<AuthenticationResult> AsManagedIdentityAsync(CancellationToken cancellationToken)
    {
        const string Default = "/.default";
        var resource = addresses.Scope.EndsWith(Default, StringComparison.Ordinal) ? addresses.Scope[..^Default.Length] : addresses.Scope;
        return ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.WithUserAssignedClientId(options.Value.AppId))
            .WithHttpClientFactory(clients.Plain)
            .Build().AcquireTokenForManagedIdentity(resource).WithForceRefresh(true).ExecuteAsync(cancellationToken);
    }
}

/// <summary>The certificate that is the bot's credential: a PFX or PEM file with its private key.</summary>
internal static class BotCertificate
{
    /// <exception cref="CryptographicException">The file holds no certificate with an RSA key, or the password is another.</exception>
    /// <exception cref="IOException">It cannot be read; also <see cref="UnauthorizedAccessException"/>.</exception>
    public static X509Certificate2 Load(string file, string password)
    {
        var content = File.ReadAllBytes(file);
        var isPem = content.AsSpan().IndexOf("-----BEGIN "u8) >= 0;
        var certificate = !isPem ? X509CertificateLoader.LoadPkcs12(content, password, X509KeyStorageFlags.EphemeralKeySet)
            : password.Length > 0 ? X509Certificate2.CreateFromEncryptedPemFile(file, password)
            : X509Certificate2.CreateFromPemFile(file);
        using var key = certificate.GetRSAPrivateKey();
        if (key is null)
        {
            certificate.Dispose();
            throw new CryptographicException("There is no private RSA key in it.");
        }

        return certificate;
    }
}
