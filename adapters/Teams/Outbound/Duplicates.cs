using Microsoft.Extensions.Logging;
using PatchBot.Adapters.Teams.Protocol;
using PatchBot.Core.Delivery;
using PatchBot.Core.Record;

namespace PatchBot.Adapters.Teams.Outbound;

/// <summary>
/// The connector knows no repeated call: a sending whose answer was lost may have made a message that nobody noted. Each
/// message carries its post's id and tells it when somebody sees it; here is decided what becomes of it.
/// </summary>
internal sealed partial class Duplicates(IRecord record, IConnector connector, ILogger<Duplicates> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>A message that shows a post was seen: it becomes the post's message where that has none, and goes where it has another.</summary>
    /// <param name="thread">The root of the thread that it stands in; in a channel, a root's own id.</param>
    /// <param name="postId">As the message tells it; nothing happens when it cannot be true.</param>
    /// <exception cref="RecordUnavailableException">Nothing was decided; the next look does it.</exception>
    public async Task SettleAsync(ChannelRef channel, string? thread, string message, long postId, CancellationToken cancellationToken)
    {
        var (post, address) = await record.ReadAsync(
            async (session, token) => await session.Posts.FindAsync(postId, token) is { } found && MayShow(found, channel, thread, message)
                ? (found, ConversationAddress.Read((await session.Channels.FindAsync(channel, token))?.Address ?? ""))
                : ((Post?)null, (ConversationAddress?)null),
            cancellationToken);
        if (post is null || address is null || post.Message == message)
        {
            return;
        }

        if (post.Message is null)
        {
            if (await AdoptAsync(postId, message, cancellationToken))
            {
                LogAdopted(message, post.Subject, channel.Id);
            }

            return;
        }

        // While the post is worked on, this may be the very message that is about to be noted as the post's.
        if (post.ShownVersion == post.WantedVersion)
        {
            await DeleteAsync(address, TeamsPlatform.In(address, channel, thread ?? message), post, message, cancellationToken);
        }
    }

    // A message elsewhere is none of this post's, whatever it says.
    private static bool MayShow(Post post, ChannelRef channel, string? thread, string message) =>
        post.Channel == channel && (thread is null || thread == (post.Thread ?? message));

    /// <returns><see langword="false"/> when it has another message meanwhile.</returns>
    private Task<bool> AdoptAsync(long postId, string message, CancellationToken cancellationToken) => record.WriteAsync(
        async (session, token) =>
        {
            if (await session.Posts.FindAsync(postId, token) is not { } post || (post.Message is { } other && other != message))
            {
                return false;
            }

            if (post.Message is null)
            {
                // Which version it shows is not known: it is edited next, and wanted again so that this happens now.
                await session.Posts.ShownAsync(postId, 0, message, null, token);
                await session.Posts.WantAsync(post.Channel, post.Subject, post.Thread, token);
            }

            return true;
        },
        cancellationToken);

    private async Task DeleteAsync(ConversationAddress address, ConversationId conversation, Post post, string message, CancellationToken cancellationToken)
    {
        try
        {
            await connector.DeleteAsync(address, conversation, message, Patience, cancellationToken);
            LogDeleted(message, post.Subject, post.Channel.Id);
        }
        catch (Exception fault) when (fault is DeliveryException or DeliveryPostponedException)
        {
            LogLeft(fault, message, post.Subject, post.Channel.Id);
        }
    }

    [LoggerMessage(9111, LogLevel.Information, "Message {Message} in Teams conversation {Channel} is the one that shows {Subject}")]
    private partial void LogAdopted(string message, PostSubject subject, string channel);

    [LoggerMessage(9112, LogLevel.Information, "Deleted message {Message} in Teams conversation {Channel}: {Subject} was shown twice")]
    private partial void LogDeleted(string message, PostSubject subject, string channel);

    [LoggerMessage(9113, LogLevel.Warning, "Message {Message} in Teams conversation {Channel} shows {Subject} a second time and could not be deleted; the next look tries again")]
    private partial void LogLeft(Exception fault, string message, PostSubject subject, string channel);
}
