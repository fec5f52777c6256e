using PatchBot.Core.Delivery;

namespace PatchBot.Adapters.Teams.Trust;

/// <param name="ExpiresAt">An instant, as the issuer says.</param>
internal sealed record IssuedToken(string Value, DateTimeOffset ExpiresAt);

/// <summary>Asks for a new token for the connector, each time that it is called.</summary>
internal interface ITokenIssuer
{
    /// <exception cref="DeliveryException">It was refused or not answered. Never permanent: a credential can be renewed.</exception>
    Task<IssuedToken> RequestAsync(CancellationToken cancellationToken);
}
