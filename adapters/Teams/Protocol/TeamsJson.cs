using System.Text.Json;
using System.Text.Json.Serialization;

namespace PatchBot.Adapters.Teams.Protocol;

/// <summary>What crosses the wire and what is kept of it; unknown properties are ignored, as the protocol asks.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(Activity))]
[JsonSerializable(typeof(ConversationAddress))]
[JsonSerializable(typeof(PersonAddress))]
internal sealed partial class TeamsJson : JsonSerializerContext;
