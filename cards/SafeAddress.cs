namespace PatchBot.Cards;

/// <summary>Which addresses a reader may click. Anything else is shown as words.</summary>
public static class SafeAddress
{
    /// <returns>The escaped address, or <see langword="null"/> when it must not become a link.</returns>
    public static string? Of(Uri address) =>
        address.IsAbsoluteUri && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeMailto)
            ? address.AbsoluteUri
            : null;
}
