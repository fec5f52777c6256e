namespace PatchBot.Adapters.Slack.Manifest;

/// <summary>A right that the app asks for.</summary>
/// <param name="Why">What does not work without it.</param>
internal sealed record SlackScope(string Name, string Why);

/// <summary>The rights of the bot's token: what its features need and nothing besides.</summary>
/// <remarks><see href="https://docs.slack.dev/reference/scopes"/></remarks>
internal static class SlackScopes
{
    public static IReadOnlyList<SlackScope> Needed { get; } =
    [
        new("app_mentions:read", "hear what mentions the bot"),
        new("channels:history", "read replies in public channels that the bot is in"),
        new("channels:read", "know the names of public channels, and when one is archived or renamed"),
        new("chat:write", "post cards and keep them up to date"),
        new("commands", "the slash command and the shortcuts"),
        new("files:write", "share a list as a file"),
        new("groups:history", "read replies in private channels that the bot is in"),
        new("groups:read", "know the names of private channels that the bot is in"),
        new("im:history", "read what people write to the bot alone"),
        new("im:write", "write to approvers and admins alone"),
        new("mpim:history", "read what is written in chats of several people with the bot"),
        new("usergroups:read", "take a user group's members as approvers"),
        new("users:read", "know people's names and time zones"),
    ];

    /// <summary>Names with commas, as an installation asks for them.</summary>
    public static string Asked { get; } = string.Join(',', Needed.Select(scope => scope.Name));

    /// <param name="granted">Names with commas, as Slack tells them.</param>
    public static IReadOnlyList<SlackScope> Missing(string granted)
    {
        var names = granted.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        return [.. Needed.Where(scope => !names.Contains(scope.Name))];
    }
}
