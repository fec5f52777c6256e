namespace PatchBot.Cards.Html;

/// <summary>The model's enums as attribute values that the page's style sheet knows.</summary>
internal static class HtmlWords
{
    public static string Of(Tone tone) => tone switch
    {
        Tone.Neutral => "neutral",
        Tone.Accent => "accent",
        Tone.Good => "good",
        Tone.Warning => "warning",
        Tone.Danger => "danger",
    };

    public static string Of(ActionStyle style) => style switch
    {
        ActionStyle.Default => "default",
        ActionStyle.Primary => "primary",
        ActionStyle.Danger => "danger",
    };
}
