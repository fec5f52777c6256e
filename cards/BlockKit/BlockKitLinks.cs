namespace PatchBot.Cards.BlockKit;

/// <summary>Which addresses Slack may open.</summary>
internal static class BlockKitLinks
{
    public const int Longest = 3_000;

    /// <summary>In a text.</summary>
    public static string? Of(Uri address) => SafeAddress.Of(address) is { Length: <= Longest } safe ? safe : null;

    /// <summary>Behind a button: pages alone, since only those are documented for one.</summary>
    public static string? OfButton(Uri address) => Of(address) is { } safe && address.Scheme != Uri.UriSchemeMailto ? safe : null;
}
