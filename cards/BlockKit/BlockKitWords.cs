namespace PatchBot.Cards.BlockKit;

/// <summary>The model's enums as Slack knows them. Blocks have no colours; an emoji beside the words does what they do elsewhere.</summary>
internal static class BlockKitWords
{
    /// <summary>The name of an emoji; empty for none.</summary>
    public static string Badge(Tone tone) => tone switch
    {
        Tone.Neutral => "white_circle",
        Tone.Accent => "large_blue_circle",
        Tone.Good => "large_green_circle",
        Tone.Warning => "large_yellow_circle",
        Tone.Danger => "red_circle",
    };

    /// <summary>The name of an emoji.</summary>
    public static string Notice(Tone tone) => tone switch
    {
        Tone.Neutral or Tone.Accent => "information_source",
        Tone.Good => "white_check_mark",
        Tone.Warning => "warning",
        Tone.Danger => "rotating_light",
    };

    /// <returns><see langword="null"/> for a button that looks like any other.</returns>
    public static string? Of(ActionStyle style) => style switch
    {
        ActionStyle.Default => null,
        ActionStyle.Primary => "primary",
        ActionStyle.Danger => "danger",
    };
}
