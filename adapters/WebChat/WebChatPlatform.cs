using System.Globalization;
using Microsoft.Extensions.Logging;
using PatchBot.Cards;
using PatchBot.Core.Delivery;
using PatchBot.Core.People;
using PatchBot.Core.Record;

namespace PatchBot.Adapters.WebChat;

/// <summary>The web chat, seen from the delivery worker. Its messages lie in the same database as the posts.</summary>
internal sealed partial class WebChatPlatform(ChatLog log, Room room, ILogger<WebChatPlatform> logger) : IChatPlatform
{
    public const string PlatformName = WebChatOptions.Platform;

    public string Name => PlatformName;

    // A key holds one message for each post, so doubt or none, creating it again finds it.
    public Task<string?> PostAsync(ChannelRef channel, string? thread, ChatCard card, long postId, bool doubt, CancellationToken cancellationToken)
    {
        if (!room.Has(channel))
        {
            throw new DeliveryException($"The web chat has no channel '{channel.Id}'. Add it to WebChat:Channels.", permanent: true);
        }

        return InRecordAsync<string?>(async () =>
        {
            var message = await log.PostAsync(channel, thread is null ? null : Id(thread), card, postId, cancellationToken);
            return message.Id.ToString(CultureInfo.InvariantCulture);
        });
    }

    public Task EditAsync(MessageRef message, string? thread, ChatCard card, long postId, CancellationToken cancellationToken) => InRecordAsync(async () =>
    {
        var edited = await log.ShowAsync(Id(message.Message), card, cancellationToken);
        if (edited is null)
        {
            LogGone(message.Message);
        }

        return edited;
    });

    // Everything in this room is said before everyone.
    public Task<ChannelRef?> DirectAsync(PersonId person, CancellationToken cancellationToken) => Task.FromResult<ChannelRef?>(null);

    private static long Id(string message) => long.Parse(message, CultureInfo.InvariantCulture);

    private static async Task<T> InRecordAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (RecordUnavailableException fault)
        {
            throw new DeliveryException("The web chat's messages could not be written.", permanent: false, cause: fault);
        }
    }

    // Nobody can see a message that is gone, so there is nothing to try again.
    [LoggerMessage(7001, LogLevel.Warning, "Message {Message} of the web chat is gone; its card was not changed")]
    private partial void LogGone(string message);
}
