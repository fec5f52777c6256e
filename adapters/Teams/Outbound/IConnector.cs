using PatchBot.Adapters.Teams.Protocol;
using PatchBot.Core.Delivery;

namespace PatchBot.Adapters.Teams.Outbound;

/// <summary>
/// The Bot Connector of Teams: one call each. Tokens, the platform's limits and repeated tries are its matter; what it
/// cannot deliver it throws.
/// </summary>
/// <remarks><see href="https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference"/></remarks>
internal interface IConnector
{
    /// <summary>Sends into a conversation: a chat, a channel (a new thread), or a thread of it.</summary>
    /// <param name="conversation">With <see cref="ConversationId.Thread"/> it replies there; without, in a channel, it begins a thread.</param>
    /// <param name="patience">How long the call may wait for room within the platform's limits before it gives up.</param>
    /// <returns>The message's id; <see langword="null"/> when the connector took it and did not say.</returns>
    /// <exception cref="DeliveryException">It was refused or not answered.</exception>
    /// <exception cref="DeliveryPostponedException">The limits leave no room within <paramref name="patience"/>; nothing was sent.</exception>
    Task<string?> SendAsync(ConversationAddress address, ConversationId conversation, OutboundMessage message, TimeSpan patience, CancellationToken cancellationToken);

    /// <summary>Replaces a message of the bot.</summary>
    /// <inheritdoc cref="SendAsync" path="/exception"/>
    Task UpdateAsync(ConversationAddress address, ConversationId conversation, string message, OutboundMessage content, TimeSpan patience, CancellationToken cancellationToken);

    /// <summary>Deletes a message of the bot; one that is gone already is no fault.</summary>
    /// <inheritdoc cref="SendAsync" path="/exception"/>
    Task DeleteAsync(ConversationAddress address, ConversationId conversation, string message, TimeSpan patience, CancellationToken cancellationToken);

    /// <summary>Shows a message to one member of a group chat or channel only.</summary>
    /// <returns><see langword="false"/> when the platform or the member's client does not know such messages: say it another way.</returns>
    /// <inheritdoc cref="SendAsync" path="/exception"/>
    Task<bool> WhisperAsync(ConversationAddress address, ConversationId conversation, string person, OutboundMessage message, CancellationToken cancellationToken);

    /// <summary>Opens the chat with one person, or finds the one that is open.</summary>
    /// <returns>Its conversation id; <see langword="null"/> when the person does not have the app.</returns>
    /// <inheritdoc cref="SendAsync" path="/exception"/>
    Task<string?> OpenDirectAsync(PersonAddress person, CancellationToken cancellationToken);

    /// <summary>Everyone in a conversation, page by page.</summary>
    /// <inheritdoc cref="SendAsync" path="/exception"/>
    IAsyncEnumerable<Member> MembersAsync(ConversationAddress address, ConversationId conversation, CancellationToken cancellationToken);

    /// <summary>The channels of a team; the one called General comes without a name.</summary>
    /// <inheritdoc cref="SendAsync" path="/exception"/>
    Task<IReadOnlyList<Named>> ChannelsAsync(ConversationAddress address, string teamId, CancellationToken cancellationToken);
}

/// <summary>A message to send: a text or a card, never both, since the platform would make two messages of it.</summary>
/// <param name="Text">Plain text; empty for a card.</param>
/// <param name="Card">The Adaptive Card as UTF-8 JSON; empty for a text.</param>
/// <param name="Summary">What a notification says.</param>
internal sealed record OutboundMessage(string Text, ReadOnlyMemory<byte> Card, string Summary)
{
    public static OutboundMessage OfText(string text) => new(text, default, text);

    public static OutboundMessage OfCard(ReadOnlyMemory<byte> card, string summary) => new("", card, summary);
}

/// <summary>A member of a conversation.</summary>
internal sealed record Member
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    /// <summary>Entra object id.</summary>
    public string? ObjectId { get; init; }

    /// <summary>The same under another name, as some answers have it.</summary>
    public string? AadObjectId { get; init; }

    public string? TenantId { get; init; }
}
