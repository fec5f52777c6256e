using System.Text.Json.Serialization;

namespace PatchBot.Adapters.Slack.Install;

/// <summary>What every answer of Slack holds.</summary>
internal record SlackReply
{
    public bool Ok { get; init; }

    /// <summary>Slack's word for why not.</summary>
    public string? Error { get; init; }
}

/// <remarks><see href="https://docs.slack.dev/reference/methods/auth.test"/></remarks>
internal sealed record IdentityReply : SlackReply
{
    public string? TeamId { get; init; }

    /// <summary>The workspace's name.</summary>
    public string? Team { get; init; }

    public string? EnterpriseId { get; init; }

    public bool IsEnterpriseInstall { get; init; }

    public string? UserId { get; init; }

    public string? BotId { get; init; }

    public string? AppId { get; init; }
}

/// <remarks><see href="https://docs.slack.dev/reference/methods/apps.connections.open"/></remarks>
internal sealed record SocketReply : SlackReply
{
    public string? Url { get; init; }
}

/// <remarks><see href="https://docs.slack.dev/reference/methods/oauth.v2.access"/></remarks>
internal sealed record GrantReply : SlackReply
{
    public string? AccessToken { get; init; }

    public string? RefreshToken { get; init; }

    /// <summary>Seconds.</summary>
    public int? ExpiresIn { get; init; }

    public string? TokenType { get; init; }

    public string? Scope { get; init; }

    public string? BotUserId { get; init; }

    public string? AppId { get; init; }

    public NamedId? Team { get; init; }

    public NamedId? Enterprise { get; init; }

    public bool IsEnterpriseInstall { get; init; }

    public NamedId? AuthedUser { get; init; }
}

internal sealed record NamedId
{
    public string Id { get; init; } = "";

    public string? Name { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SlackReply))]
[JsonSerializable(typeof(IdentityReply))]
[JsonSerializable(typeof(SocketReply))]
[JsonSerializable(typeof(GrantReply))]
internal sealed partial class AppReplyJson : JsonSerializerContext;
