using PatchBot.Adapters.Teams.Protocol;
using PatchBot.Cards;
using PatchBot.Cards.PlainText;
using PatchBot.Core.Delivery;
using PatchBot.Core.People;
using PatchBot.Core.Record;

namespace PatchBot.Adapters.Teams.Outbound;

/// <summary>Microsoft Teams, seen from the delivery worker.</summary>
internal sealed class TeamsPlatform(IRecord record, IConnector connector, TeamsCards cards) : IChatPlatform
{
    /// <summary>Within the deliverer's time for one post, together with the call itself; a longer wait leaves the worker to other channels.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public string Name => TeamsOptions.Platform;

    // The connector cannot be asked whether a message is there; what people look at tells, see Duplicates.
    public async Task<string?> PostAsync(ChannelRef channel, string? thread, ChatCard card, long postId, bool doubt, CancellationToken cancellationToken)
    {
        var (address, message) = await DrawAsync(channel, card, postId, cancellationToken);
        return await connector.SendAsync(address, In(address, channel, thread), message, Patience, cancellationToken);
    }

    public async Task EditAsync(MessageRef message, string? thread, ChatCard card, long postId, CancellationToken cancellationToken)
    {
        var (address, content) = await DrawAsync(message.Channel, card, postId, cancellationToken);
        await connector.UpdateAsync(address, In(address, message.Channel, thread ?? message.Message), message.Message, content, Patience, cancellationToken);
    }

    public async Task<ChannelRef?> DirectAsync(PersonId person, CancellationToken cancellationToken)
    {
        if (person.Platform != Name
            || await record.ReadAsync((session, token) => session.People.FindAsync([person], token), cancellationToken) is not [var known])
        {
            return null;
        }

        if (known.Direct is { } open)
        {
            return open;
        }

        return PersonAddress.Read(known.Address) is { } address && await connector.OpenDirectAsync(address, cancellationToken) is { } conversation
            ? await RememberAsync(known, address, ConversationId.Read(conversation).Ref, cancellationToken)
            : null;
    }

    /// <summary>A chat has no threads; in a channel, whatever is said stands in one.</summary>
    internal static ConversationId In(ConversationAddress address, ChannelRef channel, string? thread) =>
        new(channel.Id, address.Kind == ConversationKind.Channel ? thread : null);

    private async Task<(ConversationAddress Address, OutboundMessage Message)> DrawAsync(
        ChannelRef channel, ChatCard card, long postId, CancellationToken cancellationToken)
    {
        // Address and people are as the latest call told them, so they are read each time; it takes a tenth of a millisecond.
        var (address, content) = await record.ReadAsync(
            async (session, token) => ConversationAddress.Read((await session.Channels.FindAsync(channel, token))?.Address ?? "") is { } known
                ? (known, await cards.PostAsync(session, known, card, postId, token))
                : ((ConversationAddress?)null, Array.Empty<byte>()),
            cancellationToken);
        return address is null
            ? throw new DeliveryException($"How to reach Teams conversation '{channel.Id}' is not known; mention the bot there, or install the app again.", permanent: false)
            : (address, OutboundMessage.OfCard(content, PlainTextRenderer.Preview(card)));
    }

    private Task<ChannelRef> RememberAsync(KnownPerson known, PersonAddress address, ChannelRef chat, CancellationToken cancellationToken) => record.WriteAsync(
        async (session, token) =>
        {
            var before = await session.Channels.FindAsync(chat, token);
            await session.Channels.SaveAsync(
                new Channel(chat, before?.Name ?? known.Name, before?.State ?? ChannelState.Active)
                {
                    Address = new ConversationAddress(address.ServiceUrl, address.TenantId, address.BotId, ConversationKind.Personal).Write(),
                },
                token);
            await session.People.SaveAsync(known with { Direct = chat }, token);
            return chat;
        },
        cancellationToken);
}
