namespace PatchBot.Cards.AdaptiveCards;

/// <summary>Which addresses Teams may open: narrower than <see cref="SafeAddress"/>, since Teams asks for https.</summary>
internal static class AdaptiveLinks
{
    public const int Longest = 2_000;

    public static string? Of(Uri address) =>
        SafeAddress.Of(address) is { Length: <= Longest } safe && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeMailto) ? safe : null;
}
