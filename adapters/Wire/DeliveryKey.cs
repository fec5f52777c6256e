using System.Security.Cryptography;
using System.Text;

namespace PatchBot.Adapters.Wire;

/// <summary>What tells one delivery of a platform from another, short enough to be kept.</summary>
public static class DeliveryKey
{
    private const int Longest = 190;

    /// <param name="key">Its kind, a slash, and what is unique within the kind.</param>
    /// <returns>The key itself, or the kind and a fingerprint of a key that is too long.</returns>
    public static string Fit(string key) => key.Length <= Longest
        ? key
        : $"{key[..key.IndexOf('/', StringComparison.Ordinal)]}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))}";
}
