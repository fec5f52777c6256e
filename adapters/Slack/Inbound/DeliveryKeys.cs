using PatchBot.Adapters.Wire;

namespace PatchBot.Adapters.Slack.Inbound;

/// <summary>
/// What tells one delivery from another, whichever way and however often it comes. A message is one delivery, though it
/// arrives once as a message and once as a mention.
/// </summary>
internal static class DeliveryKeys
{
    public static string Message(string channel, string ts) => DeliveryKey.Fit($"message/{channel}/{ts}");

    /// <param name="editedAt">The edit's own <c>ts</c>.</param>
    public static string Edit(string channel, string ts, string editedAt) => DeliveryKey.Fit($"edit/{channel}/{ts}/{editedAt}");

    public static string Deletion(string channel, string ts) => DeliveryKey.Fit($"deletion/{channel}/{ts}");

    public static string Event(string eventId) => DeliveryKey.Fit($"event/{eventId}");

    /// <param name="trigger">Each press, form and shortcut has one of its own; what is delivered again brings the same.</param>
    public static string Press(string trigger) => DeliveryKey.Fit($"press/{trigger}");

    /// <summary>A form that was refused may be sent again, corrected: the view is the same then, and the trigger another.</summary>
    public static string Form(string view, string trigger) => DeliveryKey.Fit($"form/{view}/{trigger}");

    public static string Shortcut(string trigger) => DeliveryKey.Fit($"shortcut/{trigger}");

    /// <summary>What a look at the bot's channels brought to light; nothing of it is delivered again.</summary>
    public static string Comparison(Guid comparison, string channel) => DeliveryKey.Fit($"comparison/{comparison:N}/{channel}");

    public static string Command(string trigger) => DeliveryKey.Fit($"command/{trigger}");
}
