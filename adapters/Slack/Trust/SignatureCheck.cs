using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace PatchBot.Adapters.Slack.Trust;

/// <summary>
/// Lets in what was signed with this app's secret, within five minutes of now. While the secret is rotated, the one before
/// is good too. There is no setting that turns it off.
/// </summary>
/// <remarks><see href="https://docs.slack.dev/authentication/verifying-requests-from-slack"/></remarks>
internal sealed class SignatureCheck(IOptions<SlackOptions> options, TimeProvider clock)
{
    public const string TimeHeader = "X-Slack-Request-Timestamp", SignatureHeader = "X-Slack-Signature";

    private const string Version = "v0=";
    private const int SignatureLength = 3 + (2 * HMACSHA256.HashSizeInBytes);

    // Seconds since 1970 have ten digits until the year 2286; what is longer is no time.
    private const int MostDigits = 12;
    private const long Tolerance = 300;

    private readonly byte[][] secrets =
        [.. new[] { options.Value.SigningSecret, options.Value.PreviousSigningSecret }.Where(secret => secret.Length > 0).Select(Encoding.UTF8.GetBytes)];

    /// <summary>Without a secret of now nothing can be proven: the one before alone is left over from a rotation.</summary>
    public bool HasSecret { get; } = options.Value.SigningSecret.Length > 0;

    /// <returns><see langword="null"/> when the call is Slack's.</returns>
    public Refusal? Refuse(IHeaderDictionary headers, RawBody body)
    {
        if (!HasSecret)
        {
            return Refusal.NoSecret;
        }

        if (One(headers[TimeHeader]) is not { } time || One(headers[SignatureHeader]) is not { } signature)
        {
            return Refusal.Unsigned;
        }

        if (time.Length is 0 or > MostDigits || !long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var signedAt)
            || signature.Length != SignatureLength || !signature.StartsWith(Version, StringComparison.Ordinal) || !Ascii.IsValid(signature))
        {
            return Refusal.Malformed;
        }

        if (Math.Abs(clock.GetUtcNow().ToUnixTimeSeconds() - signedAt) > Tolerance)
        {
            return Refusal.Stale;
        }

        return IsGenuine(body.After($"v0:{time}:"), signature.AsSpan(Version.Length)) ? null : Refusal.Signature;
    }

    // Two values are two opinions about what was signed.
    private static string? One(StringValues header) => header is [{ } only] ? only : null;

    private bool IsGenuine(ReadOnlySpan<byte> signed, ReadOnlySpan<char> claimed)
    {
        Span<byte> told = stackalloc byte[2 * HMACSHA256.HashSizeInBytes];
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Span<byte> right = stackalloc byte[2 * HMACSHA256.HashSizeInBytes];
        Encoding.ASCII.GetBytes(claimed, told);
        var genuine = false;
        foreach (var secret in secrets)
        {
            HMACSHA256.HashData(secret, signed, hash);
            Convert.TryToHexStringLower(hash, right, out _);
            genuine |= CryptographicOperations.FixedTimeEquals(right, told);
        }

        return genuine;
    }
}
