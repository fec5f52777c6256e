using System.Text.Json;
using System.Text.Json.Serialization;
using PatchBot.Adapters.Wire;

namespace PatchBot.Adapters.Slack.Protocol;

internal enum ConversationKind
{
    /// <summary>Public or private.</summary>
    Channel,

    /// <summary>A chat of several people.</summary>
    Group,

    /// <summary>The chat with the bot alone.</summary>
    Direct,
}

/// <summary>How a conversation is reached; kept as <see cref="Core.Delivery.Channel.Address"/>.</summary>
/// <param name="Workspace">The installation whose token writes there; see <see cref="Install.SlackWorkspace.Id"/>.</param>
internal sealed record ConversationAddress(string Workspace, ConversationKind Kind)
{
    public string Write() => JsonSerializer.Serialize(this, AddressJson.Default.ConversationAddress);

    /// <returns><see langword="null"/> when nothing usable is kept.</returns>
    public static ConversationAddress? Read(string kept) => WireJson.Read(kept, AddressJson.Default.ConversationAddress);
}

/// <summary>How a person is reached; kept as <see cref="Core.People.KnownPerson.Address"/>.</summary>
/// <param name="Workspace">The installation that knows the person.</param>
/// <param name="User">The user id; people of other workspaces keep theirs.</param>
internal sealed record PersonAddress(string Workspace, string User)
{
    public string Write() => JsonSerializer.Serialize(this, AddressJson.Default.PersonAddress);

    /// <returns><see langword="null"/> when nothing usable is kept.</returns>
    public static PersonAddress? Read(string kept) => WireJson.Read(kept, AddressJson.Default.PersonAddress);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ConversationAddress))]
[JsonSerializable(typeof(PersonAddress))]
internal sealed partial class AddressJson : JsonSerializerContext;
