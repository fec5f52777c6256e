using System.Text.Json;

namespace PatchBot.Adapters.Slack.Protocol;

/// <summary>
/// A press, a sent modal or a shortcut. Everything may be missing, and everything but who acted may be stale. The message
/// comes whole with its blocks, which are not looked at.
/// </summary>
/// <remarks>Format: <see href="https://docs.slack.dev/reference/interaction-payloads/"/></remarks>
internal sealed record Interaction
{
    /// <summary><c>block_actions</c>, <c>view_submission</c>, <c>view_closed</c>, <c>shortcut</c> or <c>message_action</c>.</summary>
    public string? Type { get; init; }

    /// <summary>The workspace; <see langword="null"/> for an organisation's installation.</summary>
    public Named? Team { get; init; }

    public Named? Enterprise { get; init; }

    public Actor? User { get; init; }

    public Container? Container { get; init; }

    public Named? Channel { get; init; }

    /// <summary>The message that holds the button, or that a shortcut was used on.</summary>
    public SlackEvent? Message { get; init; }

    public View? View { get; init; }

    /// <summary>What was pressed: an array.</summary>
    public JsonElement? Actions { get; init; }

    /// <summary>Which shortcut.</summary>
    public string? CallbackId { get; init; }

    /// <summary>Opens a modal, once, within three seconds.</summary>
    public string? TriggerId { get; init; }

    public string? ResponseUrl { get; init; }
}

internal sealed record Actor
{
    public string? Id { get; init; }

    /// <summary>The workspace that the person belongs to.</summary>
    public string? TeamId { get; init; }

    /// <summary>The handle, not what people see.</summary>
    public string? Name { get; init; }
}

/// <summary>Where the button stands.</summary>
internal sealed record Container
{
    /// <summary><c>message</c> or <c>view</c>.</summary>
    public string? Type { get; init; }

    public string? MessageTs { get; init; }

    public string? ThreadTs { get; init; }

    public string? ChannelId { get; init; }
}

internal sealed record View
{
    public string? Id { get; init; }

    /// <summary><c>modal</c> or <c>home</c>.</summary>
    public string? Type { get; init; }

    public string? CallbackId { get; init; }

    public string? PrivateMetadata { get; init; }

    public ViewState? State { get; init; }
}

internal sealed record ViewState
{
    /// <summary>By block, then by element: what was typed and chosen.</summary>
    public JsonElement? Values { get; init; }
}
