using System.Text.Json;
using System.Text.Json.Serialization;
using PatchBot.Adapters.Slack.Protocol;

namespace PatchBot.Adapters.Slack.Outbound.Calls;

/// <summary>What every answer says, whatever else it says. Any of it may be missing.</summary>
internal record SlackAnswer
{
    public bool Ok { get; init; }

    public string? Error { get; init; }

    /// <summary>The scopes that the token lacks.</summary>
    public string? Needed { get; init; }

    [JsonPropertyName("response_metadata")]
    public AnswerMetadata? Metadata { get; init; }

    public string? NextCursor => Metadata?.NextCursor is { Length: > 0 } cursor ? cursor : null;
}

/// <param name="Messages">What is wrong with the blocks or arguments.</param>
internal sealed record AnswerMetadata(string? NextCursor, IReadOnlyList<string>? Messages);

internal sealed record MessageAnswer : SlackAnswer
{
    public string? Ts { get; init; }
}

internal sealed record PermalinkAnswer : SlackAnswer
{
    public string? Permalink { get; init; }
}

internal sealed record MessagesAnswer : SlackAnswer
{
    public IReadOnlyList<KeptMessage?>? Messages { get; init; }
}

/// <summary>A message as a conversation keeps it.</summary>
internal sealed record KeptMessage
{
    public string? Ts { get; init; }

    public string? User { get; init; }

    public string? BotId { get; init; }

    public string? AppId { get; init; }

    /// <summary>Of a root that was replied to.</summary>
    public int? ReplyCount { get; init; }

    /// <summary>Any app may have written it, whatever it likes.</summary>
    public JsonElement Metadata { get; init; }
}

/// <summary>Messages in the shape that events tell them in, less what is the same for all of them, such as the conversation.</summary>
internal sealed record HistoryAnswer : SlackAnswer
{
    public IReadOnlyList<SlackEvent?>? Messages { get; init; }
}

internal sealed record ConversationAnswer : SlackAnswer
{
    public KeptConversation? Channel { get; init; }
}

internal sealed record ConversationsAnswer : SlackAnswer
{
    public IReadOnlyList<KeptConversation?>? Channels { get; init; }
}

internal sealed record KeptConversation
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    public bool IsArchived { get; init; }

    public bool IsMember { get; init; }

    public bool IsIm { get; init; }

    public bool IsMpim { get; init; }

    public bool IsExtShared { get; init; }
}

internal sealed record UserAnswer : SlackAnswer
{
    public KeptUser? User { get; init; }
}

internal sealed record KeptUser
{
    public string? Id { get; init; }

    public string? TeamId { get; init; }

    public string? Name { get; init; }

    public string? RealName { get; init; }

    public KeptProfile? Profile { get; init; }

    public bool Deleted { get; init; }

    public bool IsBot { get; init; }

    public bool IsRestricted { get; init; }

    public bool IsUltraRestricted { get; init; }

    public bool IsStranger { get; init; }

    public string? Tz { get; init; }
}

internal sealed record KeptProfile(string? DisplayName, string? RealName);

internal sealed record UsersAnswer : SlackAnswer
{
    public IReadOnlyList<string?>? Users { get; init; }
}

internal sealed record UploadAnswer : SlackAnswer
{
    public string? UploadUrl { get; init; }

    public string? FileId { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(LooseTextConverter)])]
[JsonSerializable(typeof(SlackAnswer))]
[JsonSerializable(typeof(MessageAnswer))]
[JsonSerializable(typeof(PermalinkAnswer))]
[JsonSerializable(typeof(MessagesAnswer))]
[JsonSerializable(typeof(HistoryAnswer))]
[JsonSerializable(typeof(ConversationAnswer))]
[JsonSerializable(typeof(ConversationsAnswer))]
[JsonSerializable(typeof(UserAnswer))]
[JsonSerializable(typeof(UsersAnswer))]
[JsonSerializable(typeof(UploadAnswer))]
internal sealed partial class SlackShapes : JsonSerializerContext;
