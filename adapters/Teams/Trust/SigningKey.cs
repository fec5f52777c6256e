using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using PatchBot.Cards;

namespace PatchBot.Adapters.Teams.Trust;

/// <summary>A published key, and the channels whose messages it may vouch for.</summary>
internal sealed record SigningKey(RsaSecurityKey Key, FrozenSet<string> Endorsements)
{
    private const int SmallestBits = 2048;
    private const int MostKeys = 256;

    /// <summary>The usable keys by their id; whatever else is published is left out.</summary>
    public static FrozenDictionary<string, SigningKey> Of(OpenIdConnectConfiguration metadata)
    {
        var keys = new Dictionary<string, SigningKey>(StringComparer.Ordinal);
        foreach (var published in metadata.JsonWebKeySet?.Keys.Take(MostKeys) ?? [])
        {
            if (Of(published) is { } key)
            {
                keys.TryAdd(published.Kid, key);
            }
        }

        return keys.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static SigningKey? Of(JsonWebKey key)
    {
        if (key is not { Kty: JsonWebAlgorithmsKeyTypes.RSA, Kid.Length: > 0, N.Length: > 0, E.Length: > 0 }
            || key.Use is { Length: > 0 } and not "sig" || key.Alg is { Length: > 0 } and not SecurityAlgorithms.RsaSha256)
        {
            return null;
        }

        try
        {
            var parameters = new RSAParameters { Modulus = Base64UrlEncoder.DecodeBytes(key.N), Exponent = Base64UrlEncoder.DecodeBytes(key.E) };
            var rsa = new RsaSecurityKey(parameters) { KeyId = key.Kid };
            return rsa.KeySize >= SmallestBits ? new(rsa, EndorsementsOf(key)) : null;
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException or CryptographicException)
        {
            return null;
        }
    }

    // A custom member of the key; the library keeps what it does not know as it was written.
    private static FrozenSet<string> EndorsementsOf(JsonWebKey key) =>
        (key.AdditionalData.TryGetValue("endorsements", out var value) ? value : null) switch
        {
            JsonElement { ValueKind: JsonValueKind.Array } list => list.EnumerateArray().Select(ForeignJson.Text).OfType<string>().ToFrozenSet(StringComparer.Ordinal),
            IEnumerable<object> list => list.Select(entry => entry?.ToString() ?? "").ToFrozenSet(StringComparer.Ordinal),
            _ => [],
        };
}
