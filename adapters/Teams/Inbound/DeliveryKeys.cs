using PatchBot.Adapters.Teams.Protocol;
using PatchBot.Adapters.Wire;

namespace PatchBot.Adapters.Teams.Inbound;

/// <summary>
/// What tells one delivery from another. Activity ids are unique within a conversation; edits and deletions carry the id
/// of the message, so their time belongs to the key.
/// </summary>
internal static class DeliveryKeys
{
    public static string Of(Activity activity) => activity.Type is "message" or "invoke" ? Of(activity, activity.Type) : DeliveryKey.Fit(
        $"{activity.Type}/{activity.ChannelData?.EventType}/{activity.Conversation?.Id}/{activity.Id}/{activity.Timestamp}");

    /// <summary>The key of the message that is edited or deleted.</summary>
    public static string OfMessage(Activity activity) => Of(activity, "message");

    private static string Of(Activity activity, string type) => DeliveryKey.Fit($"{type}/{activity.Conversation?.Id}/{activity.Id}");
}
