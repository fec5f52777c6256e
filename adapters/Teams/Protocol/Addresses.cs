using System.Buffers;
using System.Text.Json;
using PatchBot.Adapters.Wire;

namespace PatchBot.Adapters.Teams.Protocol;

/// <summary>What an address may be made of, so that there is room to keep it.</summary>
internal static class AddressParts
{
    // Ids and service addresses of Teams stay below 150 characters. Four of these, written as JSON, fit into a person's address.
    private const int Longest = 200;

    // Longest that JSON makes of one letter: \u0000.
    private const int Escaped = 6;

    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$()*,;=%{}| ");

    /// <param name="part">One that is not told takes no room.</param>
    public static bool Fit(string? part) => part is null
        || (part.Length <= Longest && (!part.AsSpan().ContainsAnyExcept(Plain) || part.Sum(letter => Plain.Contains(letter) ? 1 : Escaped) <= Longest));
}

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
