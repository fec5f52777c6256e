using System.Security.Cryptography;
using System.Text;
using PatchBot.Adapters.Teams.Protocol;

namespace PatchBot.Adapters.Teams.Inbound;

/// <summary>
/// What tells one delivery from another. Activity ids are unique within a conversation; edits and deletions carry the id
/// of the message, so their time belongs to the key.
/// </summary>
internal static class DeliveryKeys
{
    private const int Longest = 190;

    public static string Of(Activity activity) => Fit(activity.Type is "message" or "invoke"
        ? $"{activity.Type}/{activity.Conversation?.Id}/{activity.Id}"
        : $"{activity.Type}/{activity.ChannelData?.EventType}/{activity.Conversation?.Id}/{activity.Id}/{activity.Timestamp}");

    /// <summary>The key itself, or a fingerprint of one that is too long to be kept.</summary>
    public static string Fit(string key) => key.Length <= Longest
        ? key
        : $"{key[..key.IndexOf('/', StringComparison.Ordinal)]}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))}";
}
