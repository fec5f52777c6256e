using System.Text.Json.Serialization;

namespace PatchBot.Cards;

public enum ActionStyle
{
    Default,
    Primary,
    Danger,
}

/// <summary>
/// Something that a reader can press. The set is closed. <paramref name="Title"/> is a verb with its object,
/// such as "Approve Production", at most 75 characters (Slack's limit).
/// </summary>
[JsonDerivedType(typeof(PressAction), "press")]
[JsonDerivedType(typeof(FormAction), "form")]
[JsonDerivedType(typeof(LinkAction), "link")]
public abstract record CardAction(string Title);

/// <summary>
/// A press that reaches the bot. <paramref name="Id"/> carries the verb and what it acts on
/// (<c>approve/42/9f3ab2c1</c>), at most 255 characters (Slack's limit).
/// </summary>
public sealed record PressAction(string Id, string Title, ActionStyle Style = ActionStyle.Default) : CardAction(Title)
{
    /// <summary>A question to answer before the press is sent; empty sends it at once.</summary>
    public string Confirm { get; init => field = value ?? ""; } = "";

    /// <summary>The bot answers with a form, which some platforms can only open when they know beforehand.</summary>
    public bool OpensForm { get; init; }

    /// <summary>The question as a form without inputs, whose button is the press.</summary>
    public CardForm Question() => new(Id, Title, [], Title) { Text = Confirm };
}

/// <summary>A press that first asks for input: a fold-out form or a dialog, whichever the platform has.</summary>
public sealed record FormAction(string Title, CardForm Form, ActionStyle Style = ActionStyle.Default) : CardAction(Title);

/// <summary>Opens a web page; the bot does not hear of it.</summary>
public sealed record LinkAction(string Title, Uri Address) : CardAction(Title);

/// <summary>Inputs and the press that sends them. <paramref name="Id"/> is an action id, as in <see cref="PressAction"/>.</summary>
public sealed record CardForm(string Id, string Heading, IReadOnlyList<CardInput> Inputs, string Submit)
{
    /// <summary>What to know before sending it; empty for most forms.</summary>
    public string Text { get; init => field = value ?? ""; } = "";
}
