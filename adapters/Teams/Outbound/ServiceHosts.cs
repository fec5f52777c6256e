using System.Collections.Concurrent;
using PatchBot.Adapters.Teams.Trust;
using PatchBot.Core.Delivery;

namespace PatchBot.Adapters.Teams.Outbound;

/// <summary>Where the connector of a tenant is.</summary>
internal sealed class ServiceHosts(TeamsOptions options)
{
    /// <summary>The government community cloud: its tenants sign in with the commercial one, and have a connector of their own.</summary>
    private static readonly Uri Gcc = new("https://smba.infra.gcc.teams.microsoft.com/teams/");

    private readonly ConcurrentDictionary<string, bool> inGcc = new(StringComparer.Ordinal);

    /// <summary>What the conversation said last; else the setting, else the cloud's own.</summary>
    /// <exception cref="DeliveryException">None of them names one.</exception>
    public Uri Of(ConnectorCall call) => inGcc.ContainsKey(call.Tenant) ? Gcc
        : Read(call.ServiceUrl) ?? TeamsAddresses.Of(options).ServiceUrl
        ?? throw new DeliveryException($"Where to send {call.Subject} is not known; set Teams:ServiceUrl.", permanent: false);

    /// <returns><see langword="false"/> when that is no remedy.</returns>
    public bool MoveToGcc(string tenant) => options.Cloud == TeamsCloud.Public && inGcc.TryAdd(tenant, true);

    public static Uri At(Uri service, string path) => new($"{service.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{path}");

    private static Uri? Read(string kept) =>
        Uri.TryCreate(kept, UriKind.Absolute, out var service) && (service.Scheme == Uri.UriSchemeHttps || service.Scheme == Uri.UriSchemeHttp) ? service : null;
}
