using System.Text.Json;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace PatchBot.Adapters.Teams.Trust;

/// <summary>What a genuine token says, or why it is none.</summary>
/// <param name="ServiceUrl">The claim of that name; <see langword="null"/> when it is missing.</param>
internal readonly record struct TokenVerdict(Refusal? Refusal, SigningKey? Key = null, string? ServiceUrl = null)
{
    public static implicit operator TokenVerdict(Refusal refusal) => new(refusal);
}

/// <summary>Checks a bearer token of the Bot Connector: signature, issuer, audience, lifetime.</summary>
/// <remarks><see href="https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication#connector-to-bot"/></remarks>
internal sealed class TokenCheck
{
    /// <summary>Characters; real ones have about a thousand.</summary>
    public const int LongestToken = 16 * 1024;

    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    private readonly JsonWebTokenHandler handler = new() { MaximumTokenSizeInBytes = LongestToken, MapInboundClaims = false };
    private readonly string appId;
    private readonly string issuer;
    private readonly SigningKeys keys;
    private readonly TimeProvider clock;

    public TokenCheck(IOptions<TeamsOptions> options, SigningKeys keys, TimeProvider clock)
    {
        (appId, issuer) = (options.Value.AppId, TeamsAddresses.Of(options.Value).Issuer);
        (this.keys, this.clock) = (keys, clock);
    }

    public async ValueTask<TokenVerdict> JudgeAsync(string token, CancellationToken cancellationToken)
    {
        try
        {
            var read = handler.ReadJsonWebToken(token);
            if (Fault(read) is { } fault)
            {
                return fault;
            }

            if (await keys.FindAsync(read.Kid, cancellationToken) is not { } key)
            {
                return Refusal.UnknownKey;
            }

            var result = await handler.ValidateTokenAsync(read, Parameters(key));
            return result.IsValid ? new TokenVerdict(null, key, ServiceUrl(read))
                : result.Exception is SecurityTokenInvalidSignatureException ? Refusal.Signature
                : Refusal.Malformed;
        }
        catch (KeysUnavailableException)
        {
            return Refusal.KeysUnavailable;
        }
        catch (Exception fault) when (fault is SecurityTokenException or ArgumentException or FormatException or JsonException or InvalidOperationException or OverflowException)
        {
            return Refusal.Malformed;
        }
    }

    // The handler checks the same once more, after the signature. Here it tells the reason, and keeps tokens that can only
    // be refused from asking for keys.
    private Refusal? Fault(JsonWebToken token) =>
        token.IsEncrypted || string.IsNullOrEmpty(token.Kid) || token.TryGetHeaderValue<object>("crit", out _) ? Refusal.Malformed
        : token.Alg != SecurityAlgorithms.RsaSha256 ? Refusal.Algorithm
        : token.Issuer != issuer ? Refusal.Issuer
        : !IsForBot(token.Audiences) ? Refusal.Audience
        : !IsInTime(token.ValidFrom, token.ValidTo) ? Refusal.Lifetime
        : null;

    private TokenValidationParameters Parameters(SigningKey key) => new()
    {
        IssuerSigningKey = key.Key,
        TryAllIssuerSigningKeys = false,
        RequireSignedTokens = true,
        ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
        ValidIssuer = issuer,
        AudienceValidator = (audiences, _, _) => IsForBot(audiences),
        LifetimeValidator = (from, to, _, _) => IsInTime(from ?? default, to ?? default),
    };

    // The connector names one audience. A token for several could have been taken from another of them.
    private bool IsForBot(IEnumerable<string> audiences) =>
        audiences.Take(2).ToArray() is [var audience] && audience.Equals(appId, StringComparison.OrdinalIgnoreCase);

    // Without an expiry, the library says the earliest time there is.
    private bool IsInTime(DateTime from, DateTime to)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return to != DateTime.MinValue && to >= now - Skew && from <= now + Skew;
    }

    private static string? ServiceUrl(JsonWebToken token) => token.TryGetPayloadValue<string>("serviceurl", out var value) ? value : null;
}
