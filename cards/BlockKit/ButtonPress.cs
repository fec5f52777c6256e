namespace PatchBot.Cards.BlockKit;

/// <summary>What a button does; the middle of its <c>action_id</c>, such as <c>patchbot/press/0</c>.</summary>
public enum ButtonKind
{
    /// <summary>A press that reaches the bot; what it asked first is answered with yes.</summary>
    Press,

    /// <summary>A press that the bot answers with a form.</summary>
    Opens,

    /// <summary>Opens a form: the one that the button carries, or else the one of that id on the post's card.</summary>
    Form,

    /// <summary>Opens the details of the post's card.</summary>
    Details,

    /// <summary>Slack opened a page; the bot hears of it and has nothing to do.</summary>
    Link,
}

/// <summary>
/// What a button brings back. It is data from outside: it says what was pressed and on which post, and authorises nothing.
/// </summary>
/// <param name="Action">The id of the press or the form; empty for details and links.</param>
/// <param name="Post">The post that the card showed; <see langword="null"/> for cards that are no post.</param>
/// <param name="Form">The form that the button carries; <see langword="null"/> when it was too long to carry.</param>
public sealed record ButtonPress(ButtonKind Kind, string Action, long? Post, CardForm? Form);
