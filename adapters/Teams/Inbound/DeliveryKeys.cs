using PatchBot.Adapters.Teams.Protocol;
using PatchBot.Adapters.Wire;

namespace PatchBot.Adapters.Teams.Inbound;

/// <summary>
/// What tells one delivery from another. Activity ids are unique within a conversation; edits and deletions carry the id
/// of the message, so their time belongs to the key.
/// </summary>
internal static class DeliveryKeys
{
    public static string Of(Activity activity) => DeliveryKey.Fit(activity.Type is "message" or "invoke"
        ? $"{activity.Type}/{activity.Conversation?.Id}/{activity.Id}"
        : $"{activity.Type}/{activity.ChannelData?.EventType}/{activity.Conversation?.Id}/{activity.Id}/{activity.Timestamp}");
}
