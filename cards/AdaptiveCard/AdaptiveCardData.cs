namespace PatchBot.Cards.AdaptiveCards;

/// <summary>
/// What a card's actions send back. A press sends <c>{"patchbot":{"action":"approve/42/9f3ab2c1","post":17}}</c>; a button
/// that opens a dialog sends <c>{"patchbot":{"form":{…},"post":17}}</c>, and the dialog's own button action and form. Where
/// an old client sends an <c>Action.Submit</c> instead of an <c>Action.Execute</c>, the verb stands inside the object.
/// </summary>
public static class AdaptiveCardData
{
    /// <summary>The only key of ours beside the inputs, which all begin with <see cref="InputPrefix"/>.</summary>
    public const string Root = "patchbot";

    public const string Action = "action", Form = "form", Post = "post", Verb = "verb", Once = "once";

    /// <summary>Before each input's id, so that none can take the place of a key.</summary>
    public const string InputPrefix = "in.";

    public const string PressVerb = "patchbot.press", SubmitVerb = "patchbot.submit", RefreshVerb = "patchbot.refresh";

    /// <summary>Teams' own key, and the type that makes it ask the bot for a dialog.</summary>
    public const string Teams = "msteams", OpenDialog = "task/fetch";
}
