using System.ComponentModel.DataAnnotations;
using PatchBot.Adapters.Teams.Package;
using PatchBot.Adapters.Teams.Trust;
using PatchBot.Core;

namespace PatchBot.Adapters.Teams;

/// <summary>The Microsoft cloud that an installation lives in; it chooses the defaults of all addresses.</summary>
public enum TeamsCloud
{
    /// <summary>Commercial and GCC.</summary>
    Public,

    /// <summary>US government, GCC High.</summary>
    GccHigh,

    /// <summary>US government, Department of Defense.</summary>
    Dod,

    /// <summary>China, operated by 21Vianet. Its service hosts must be named in <see cref="TeamsOptions.TrustedServiceHosts"/>.</summary>
    China,
}

/// <summary>The bot in Microsoft Teams. Bound from the section <c>Teams</c>; it is on once it has an app id or the emulator is let in.</summary>
public sealed class TeamsOptions : IValidatableObject
{
    public const string Section = "Teams";

    /// <summary>The platform's name in channel and person ids.</summary>
    public const string Platform = "teams";

    /// <summary>Application (client) id of the bot's registration in Entra; a GUID. Empty: Teams is off.</summary>
    public string AppId { get; set; } = "";

    /// <summary>The tenant of that registration; a GUID.</summary>
    public string TenantId { get; set; } = "";

    /// <summary>The credential: exactly one of these three. A client secret.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>A PFX or PEM file with certificate and private key.</summary>
    public string CertificateFile { get; set; } = "";

    /// <summary>Empty when the file is not protected.</summary>
    public string CertificatePassword { get; set; } = "";

    /// <summary>Takes tokens from the user-assigned managed identity whose client id is <see cref="AppId"/>; works on Azure only.</summary>
    public bool ManagedIdentity { get; set; }

    /// <summary>Tenants whose people may use the bot. Empty: <see cref="TenantId"/> alone.</summary>
    public IList<string> AllowedTenants { get; init; } = [];

    /// <summary>Chooses the defaults of the addresses below.</summary>
    public TeamsCloud Cloud { get; set; }

    /// <summary>Where the keys of inbound tokens are published. Empty: the cloud's own.</summary>
    public Uri? OpenIdMetadata { get; set; }

    /// <summary>Who issues inbound tokens. Empty: the cloud's own.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>Where outbound tokens are asked for, without the tenant. Empty: the cloud's own.</summary>
    public Uri? LoginAuthority { get; set; }

    /// <summary>What outbound tokens are for. Empty: the cloud's own.</summary>
    public string Scope { get; set; } = "";

    /// <summary>Hosts that the bot sends its token and its messages to; <c>*.example.com</c> stands for any name below. Empty: the cloud's own.</summary>
    public IList<string> TrustedServiceHosts { get; init; } = [];

    /// <summary>Where to write to a tenant that has not told its own address yet. Empty: the cloud's own.</summary>
    public Uri? ServiceUrl { get; set; }

    /// <summary>Lets local emulators in without a token: only in the environment Development, only from loopback.</summary>
    public bool AllowEmulator { get; set; }

    /// <summary>Requests a second that this process may ask in each tenant. Teams allows 50 to all processes together: divide it among them by hand.</summary>
    [Range(1, 1_000)]
    public int RequestsPerSecond { get; set; } = 50;

    /// <summary>How the app presents itself in Teams; for <c>teams-package</c> alone.</summary>
    public PackageOptions Package { get; set; } = new();

    public bool IsConfigured => AppId.Length > 0 || AllowEmulator;

    /// <summary>What cannot be used together, in this environment, or on this machine.</summary>
    /// <param name="development">Whether the environment is Development.</param>
    /// <param name="serves">Whether the bot is about to call Teams, for which it needs its credential.</param>
    public IEnumerable<SettingFault> Faults(bool development, bool serves = true) => TeamsSettingChecks.Of(this, development, serves);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (AppId.Length == 0)
        {
            yield break;
        }

        if (!Guid.TryParseExact(AppId, "D", out _))
        {
            yield return new("write the application (client) id of the bot's registration, a GUID", [nameof(AppId)]);
        }

        if (!Guid.TryParseExact(TenantId, "D", out _))
        {
            yield return new("write the tenant id of the bot's registration, a GUID", [nameof(TenantId)]);
        }

        foreach (var (tenant, index) in AllowedTenants.Select((tenant, index) => (tenant, index)))
        {
            if (!Guid.TryParseExact(tenant, "D", out _))
            {
                yield return new($"'{tenant}' is no tenant id; write a GUID", [$"{nameof(AllowedTenants)}:{index}"]);
            }
        }
    }
}
