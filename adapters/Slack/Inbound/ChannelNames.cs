using PatchBot.Adapters.Slack.Outbound;
using PatchBot.Adapters.Slack.Protocol;
using PatchBot.Adapters.Wire;
using PatchBot.Core.Delivery;
using PatchBot.Core.Record;

namespace PatchBot.Adapters.Slack.Inbound;

/// <summary>What conversations are called. Most deliveries do not say, so Slack is asked, while nobody waits.</summary>
internal sealed class ChannelNames(ISlackApi api, IRecord record, BackgroundTurns background)
{
    /// <summary>What Slack says in place of a name, of a chat with one person.</summary>
    public const string DirectMessage = "directmessage";

    private const string PrivateChannel = "privategroup", PrivateGroup = "mpdm-";

    /// <returns>Empty for what is no name.</returns>
    public static string Clean(string? told) => told is null or DirectMessage or PrivateChannel || told.StartsWith(PrivateGroup, StringComparison.Ordinal) ? "" : told;

    public void Learn(string workspace, ChannelRef channel) => background.Run("the name of a channel on Slack", () => LearnAsync(workspace, channel));

    private async Task LearnAsync(string workspace, ChannelRef channel)
    {
        try
        {
            if (await api.ConversationAsync(workspace, channel.Id, CancellationToken.None) is { IsDirect: false } found && Clean(found.Name) is { Length: > 0 } name)
            {
                await record.WriteAsync((session, token) => NameAsync(session, channel, name, found.IsGroup, token), CancellationToken.None);
            }
        }
        catch (Exception fault) when (fault is DeliveryException or DeliveryPostponedException)
        {
            // It goes by its id until somebody renames it.
        }
    }

    private static async Task<bool> NameAsync(IRecordSession session, ChannelRef channel, string name, bool isGroup, CancellationToken cancellationToken)
    {
        if (await session.Channels.FindAsync(channel, cancellationToken) is not { } known)
        {
            return false;
        }

        var address = ConversationAddress.Read(known.Address);
        var after = known with
        {
            Name = name,
            Address = isGroup && address is { Kind: ConversationKind.Channel } ? (address with { Kind = ConversationKind.Group }).Write() : known.Address,
        };
        if (after != known)
        {
            await session.Channels.SaveAsync(after, cancellationToken);
        }

        return true;
    }
}
