namespace PatchBot.Adapters.Teams.Trust;

/// <summary>Where the bot's cloud lives: the defaults of <see cref="TeamsOptions.Cloud"/>, each replaced by the setting of its name.</summary>
/// <param name="OpenIdMetadata">Names the place of the keys that inbound tokens are signed with.</param>
/// <param name="Issuer">The <c>iss</c> of inbound tokens.</param>
/// <param name="LoginAuthority">Where outbound tokens are asked for, without the tenant.</param>
/// <param name="Scope">What outbound tokens are for; ends in <c>/.default</c>.</param>
/// <param name="TrustedServiceHosts">Hosts and <c>*.</c> patterns that may see the bot's token.</param>
/// <param name="ServiceUrl"><see langword="null"/> in a cloud that has no address to begin with (China).</param>
/// <remarks>
/// Sources: <see href="https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication"/>,
/// <see href="https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages"/>
/// </remarks>
internal sealed record TeamsAddresses(
    Uri OpenIdMetadata, string Issuer, Uri LoginAuthority, string Scope, IReadOnlyList<string> TrustedServiceHosts, Uri? ServiceUrl)
{
    private const string Public = "smba.trafficmanager.net";
    private const string Gcc = "smba.infra.gcc.teams.microsoft.com";
    private const string GccHigh = "smba.infra.gov.teams.microsoft.us";
    private const string Dod = "smba.infra.dod.teams.microsoft.us";

    public static TeamsAddresses Of(TeamsOptions options)
    {
        var cloud = Of(options.Cloud);
        return new(
            options.OpenIdMetadata ?? cloud.OpenIdMetadata,
            options.Issuer.Length > 0 ? options.Issuer : cloud.Issuer,
            options.LoginAuthority ?? cloud.LoginAuthority,
            options.Scope.Length > 0 ? options.Scope : cloud.Scope,
            options.TrustedServiceHosts.Count > 0 ? [.. options.TrustedServiceHosts] : cloud.TrustedServiceHosts,
            options.ServiceUrl ?? cloud.ServiceUrl);
    }

    public static TeamsAddresses Of(TeamsCloud cloud) => cloud switch
    {
        TeamsCloud.Public => In("botframework.com", "https://login.microsoftonline.com/", [Public, Gcc], Public),
        TeamsCloud.GccHigh => In("botframework.azure.us", "https://login.microsoftonline.us/", [GccHigh], GccHigh, "https://api.botframework.us"),
        TeamsCloud.Dod => In("botframework.azure.us", "https://login.microsoftonline.us/", [Dod], Dod, "https://api.botframework.us"),
        TeamsCloud.China => In("botframework.azure.cn", "https://login.partner.microsoftonline.cn/", [], null),
        _ => throw new ArgumentOutOfRangeException(nameof(cloud), cloud, "This cloud has no addresses yet."),
    };

    private static TeamsAddresses In(string domain, string login, IReadOnlyList<string> hosts, string? service, string? issuer = null)
    {
        issuer ??= $"https://api.{domain}";
        return new(
            new($"https://login.{domain}/v1/.well-known/openidconfiguration"),
            issuer,
            new(login),
            $"{issuer}/.default",
            hosts,
            service is null ? null : new($"https://{service}/teams/"));
    }
}
