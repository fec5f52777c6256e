namespace PatchBot.Cards.AdaptiveCards;

/// <summary>The model's enums as Teams' style names, which follow its light, dark and high contrast themes.</summary>
internal static class AdaptiveWords
{
    /// <summary>The ground of a container.</summary>
    public static string Ground(Tone tone) => tone switch
    {
        Tone.Neutral => "emphasis",
        Tone.Accent => "accent",
        Tone.Good => "good",
        Tone.Warning => "warning",
        Tone.Danger => "attention",
    };

    public static string Badge(Tone tone) => tone switch
    {
        Tone.Neutral => "informative",
        Tone.Accent => "accent",
        Tone.Good => "good",
        Tone.Warning => "warning",
        Tone.Danger => "attention",
    };

    public static string Of(ActionStyle style) => style switch
    {
        ActionStyle.Default => "default",
        ActionStyle.Primary => "positive",
        ActionStyle.Danger => "destructive",
    };
}
