using System.Text.Json.Serialization;
using PatchBot.Adapters.Teams.Protocol;

namespace PatchBot.Adapters.Teams.Outbound;

/// <summary>What the connector answers. Any of it may be missing, the whole body too.</summary>
internal sealed record CreatedAnswer
{
    /// <summary>The message, or the conversation that was created.</summary>
    public string? Id { get; init; }

    /// <summary>The first message of a new conversation.</summary>
    public string? ActivityId { get; init; }
}

internal sealed record MembersAnswer
{
    public IReadOnlyList<Member?>? Members { get; init; }

    public string? ContinuationToken { get; init; }
}

internal sealed record ChannelsAnswer
{
    public IReadOnlyList<Named?>? Conversations { get; init; }
}

internal sealed record FaultAnswer
{
    public FaultDetail? Error { get; init; }
}

internal sealed record FaultDetail
{
    public string? Code { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CreatedAnswer))]
[JsonSerializable(typeof(MembersAnswer))]
[JsonSerializable(typeof(ChannelsAnswer))]
[JsonSerializable(typeof(FaultAnswer))]
internal sealed partial class ConnectorShapes : JsonSerializerContext;
