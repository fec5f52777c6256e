using System.Text.Json;
using PatchBot.Adapters.Wire;

namespace PatchBot.Adapters.Teams.Protocol;

internal enum ConversationKind
{
    Personal,
    GroupChat,
    Channel,
}

/// <summary>How a conversation is reached; kept as <see cref="Core.Delivery.Channel.Address"/>.</summary>
/// <param name="ServiceUrl">Base address of the connector; may change, so the latest is kept.</param>
/// <param name="BotId">The bot as the connector calls it there.</param>
/// <param name="TeamId">The team's id when it is a channel.</param>
/// <param name="HearsAll">Messages that do not mention the bot arrive too (RSC permission): one has.</param>
internal sealed record ConversationAddress(
    string ServiceUrl, string TenantId, string BotId, ConversationKind Kind, string? TeamId = null, bool HearsAll = false)
{
    public string Write() => JsonSerializer.Serialize(this, TeamsJson.Default.ConversationAddress);

    /// <returns><see langword="null"/> when nothing usable is kept.</returns>
    public static ConversationAddress? Read(string kept) => WireJson.Read(kept, TeamsJson.Default.ConversationAddress);
}

/// <summary>How a person is reached; kept as <see cref="Core.People.KnownPerson.Address"/>.</summary>
/// <param name="Id">As the connector calls the person towards this bot: <c>29:…</c>.</param>
internal sealed record PersonAddress(string Id, string ServiceUrl, string TenantId, string BotId)
{
    public string Write() => JsonSerializer.Serialize(this, TeamsJson.Default.PersonAddress);

    /// <returns><see langword="null"/> when nothing usable is kept.</returns>
    public static PersonAddress? Read(string kept) => WireJson.Read(kept, TeamsJson.Default.PersonAddress);
}
