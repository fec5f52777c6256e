using System.Text.Json.Serialization;

namespace PatchBot.Adapters.Slack.Protocol;

/// <summary>What the Events API delivers: one event, or a word about the delivery itself. Everything may be missing.</summary>
/// <remarks>Format: <see href="https://docs.slack.dev/apis/events-api/#event-type-structure"/></remarks>
internal sealed record Envelope
{
    /// <summary><c>event_callback</c>, <c>url_verification</c> or <c>app_rate_limited</c>.</summary>
    public string? Type { get; init; }

    public string? Challenge { get; init; }

    /// <summary>Where it happened; in a shared channel possibly another workspace than the one that installed the bot.</summary>
    public string? TeamId { get; init; }

    public string? EnterpriseId { get; init; }

    public string? EventId { get; init; }

    /// <summary>The conversation is shared with another organisation.</summary>
    public bool? IsExtSharedChannel { get; init; }

    /// <summary>The installation that the event is delivered for; one, though others may see it too.</summary>
    public IReadOnlyList<Authorization>? Authorizations { get; init; }

    public SlackEvent? Event { get; init; }
}

internal sealed record Authorization
{
    public string? EnterpriseId { get; init; }

    public string? TeamId { get; init; }
}

/// <summary>One event, in as far as the bot understands any; also a message within an event about it.</summary>
internal sealed record SlackEvent
{
    public string? Type { get; init; }

    public string? Subtype { get; init; }

    public ToldChannel? Channel { get; init; }

    /// <summary><c>channel</c>, <c>group</c>, <c>mpim</c> or <c>im</c>; absent in mentions.</summary>
    public string? ChannelType { get; init; }

    /// <summary>Who did it; of a message who wrote it.</summary>
    public string? User { get; init; }

    /// <summary>The workspace of <see cref="User"/>.</summary>
    public string? UserTeam { get; init; }

    public string? Team { get; init; }

    /// <summary>An app wrote it.</summary>
    public string? BotId { get; init; }

    public string? Text { get; init; }

    public string? Ts { get; init; }

    /// <summary>Root of the thread; of a root itself the same as <see cref="Ts"/>, once it was answered.</summary>
    public string? ThreadTs { get; init; }

    public Edited? Edited { get; init; }

    /// <summary>Of a root that was answered, where a conversation's history shows it: the newest reply.</summary>
    public string? LatestReply { get; init; }

    /// <summary>The message as it is after an edit.</summary>
    public SlackEvent? Message { get; init; }

    public SlackEvent? PreviousMessage { get; init; }

    public string? DeletedTs { get; init; }

    /// <summary>Of the app's page: <c>home</c> or <c>messages</c>.</summary>
    public string? Tab { get; init; }

    /// <summary>Who asked the bot in.</summary>
    public string? Inviter { get; init; }

    /// <summary>Who removed the bot.</summary>
    public string? ActorId { get; init; }

    public string? OldChannelId { get; init; }

    public string? NewChannelId { get; init; }

    /// <summary>Whose tokens were revoked, by user ids.</summary>
    public RevokedTokens? Tokens { get; init; }

    /// <summary>Workspaces of an organisation that the bot may not enter any more.</summary>
    public IReadOnlyList<string>? TeamIds { get; init; }
}

internal sealed record Edited
{
    public string? User { get; init; }

    public string? Ts { get; init; }
}

internal sealed record RevokedTokens
{
    public IReadOnlyList<string>? Bot { get; init; }
}

/// <param name="Name">Only some events say it.</param>
[JsonConverter(typeof(ToldChannelConverter))]
internal sealed record ToldChannel(string Id, string? Name);

internal sealed record Named
{
    public string? Id { get; init; }

    public string? Name { get; init; }
}
