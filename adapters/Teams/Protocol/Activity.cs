using System.Text.Json;

namespace PatchBot.Adapters.Teams.Protocol;

/// <summary>
/// What Teams sends: a message, an event or an invoke. Everything may be missing but <see cref="Type"/>, and everything is
/// the sender's word until the caller is verified.
/// </summary>
/// <remarks>Format: <see href="https://github.com/microsoft/Agents/blob/main/specs/activity/protocol-activity.md"/></remarks>
internal sealed record Activity
{
    public string? Type { get; init; }

    public string? Id { get; init; }

    /// <summary>When it happened; tells the edits of one message apart.</summary>
    public string? Timestamp { get; init; }

    public string? ServiceUrl { get; init; }

    /// <summary><c>msteams</c>.</summary>
    public string? ChannelId { get; init; }

    public Account? From { get; init; }

    /// <summary>The bot, <c>28:{app id}</c>; emulators write the bare id.</summary>
    public Account? Recipient { get; init; }

    public ConversationAccount? Conversation { get; init; }

    public string? Text { get; init; }

    public IReadOnlyList<Entity?>? Entities { get; init; }

    /// <summary>The bot's message that a press is about.</summary>
    public string? ReplyToId { get; init; }

    /// <summary>Which invoke it is.</summary>
    public string? Name { get; init; }

    /// <summary>What an installation event did: <c>add</c>, <c>remove</c>, each also with <c>-upgrade</c>.</summary>
    public string? Action { get; init; }

    public JsonElement? Value { get; init; }

    public IReadOnlyList<Account?>? MembersAdded { get; init; }

    public IReadOnlyList<Account?>? MembersRemoved { get; init; }

    public TeamsChannelData? ChannelData { get; init; }

    /// <summary>The tenant that it says it comes from.</summary>
    public string? TenantId => ChannelData?.Tenant?.Id ?? Conversation?.TenantId;
}

internal sealed record Account
{
    /// <summary><c>29:…</c> for people, one for each bot; <c>28:{app id}</c> for bots.</summary>
    public string? Id { get; init; }

    public string? Name { get; init; }

    /// <summary>Entra object id: who someone is, together with the tenant.</summary>
    public string? AadObjectId { get; init; }

    /// <summary>Of a message's recipient: the message was written so that only sender and recipient see it.</summary>
    /// <remarks><see href="https://learn.microsoft.com/microsoftteams/platform/agents-in-teams/targeted-messages"/></remarks>
    public bool? IsTargeted { get; init; }
}

internal sealed record ConversationAccount
{
    /// <summary>In channels with the thread: <c>19:…@thread.tacv2;messageid=1700000000000</c>.</summary>
    public string? Id { get; init; }

    public string? Name { get; init; }

    /// <summary><c>personal</c>, <c>groupChat</c> or <c>channel</c>.</summary>
    public string? ConversationType { get; init; }

    public string? TenantId { get; init; }

    public bool? IsGroup { get; init; }
}

internal sealed record Entity
{
    /// <summary><c>mention</c> among others.</summary>
    public string? Type { get; init; }

    public Account? Mentioned { get; init; }

    /// <summary>The mention as it stands in the text: <c>&lt;at&gt;Name&lt;/at&gt;</c>.</summary>
    public string? Text { get; init; }
}

internal sealed record TeamsChannelData
{
    public Named? Tenant { get; init; }

    public Named? Team { get; init; }

    public Named? Channel { get; init; }

    /// <summary>Compared without regard to case.</summary>
    public string? EventType { get; init; }

    public TeamsSettings? Settings { get; init; }
}

internal sealed record TeamsSettings
{
    /// <summary>The channel picked when the app was installed.</summary>
    public Named? SelectedChannel { get; init; }
}

internal sealed record Named
{
    public string? Id { get; init; }

    public string? Name { get; init; }
}
