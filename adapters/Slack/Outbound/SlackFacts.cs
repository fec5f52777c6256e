using System.Runtime.CompilerServices;
using PatchBot.Adapters.Slack.Outbound.Calls;
using PatchBot.Adapters.Slack.Protocol;

namespace PatchBot.Adapters.Slack.Outbound;

/// <summary>What Slack tells of people, groups and conversations.</summary>
internal sealed class SlackFacts(SlackLine line, TimeProvider clock)
{
    // Names and time zones change rarely, and authorise nothing.
    private static readonly TimeSpan UserGoodFor = TimeSpan.FromMinutes(15);

    // More than any workspace has of channels with the bot.
    private const int MostPages = 100;

    private readonly Remembered<SlackUser> users = new(UserGoodFor, clock);

    public async Task<Uri?> PermalinkAsync(string workspace, string channel, string message, CancellationToken cancellationToken)
    {
        var answer = await line.CallAsync(
            SlackCall.Asking(SlackMethod.Permalink, workspace, channel, $"the address of {message}", ("channel", channel), ("message_ts", message)),
            SlackShapes.Default.PermalinkAnswer,
            SlackApi.TurnPatience,
            cancellationToken,
            "message_not_found", "channel_not_found");
        return Uri.TryCreate(answer.Permalink, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps ? address : null;
    }

    public async Task<SlackUser?> UserAsync(string workspace, string user, CancellationToken cancellationToken)
    {
        var key = $"{workspace} {user}";
        if (users.Find(key) is { } known)
        {
            return known;
        }

        var answer = await line.CallAsync(
            SlackCall.Asking(SlackMethod.User, workspace, "", $"who {user} is", ("user", user)),
            SlackShapes.Default.UserAnswer,
            SlackApi.TurnPatience,
            cancellationToken,
            "user_not_found", "user_not_visible", "users_not_found");
        if (answer.User is not { Id: { Length: > 0 } id } told)
        {
            return null;
        }

        string?[] names = [told.Profile?.DisplayName, told.Profile?.RealName, told.RealName, told.Name];
        var found = new SlackUser(
            id, told.TeamId ?? "", names.FirstOrDefault(name => name is { Length: > 0 }) ?? id, told.IsBot, told.Deleted,
            IsGuest: told.IsRestricted || told.IsUltraRestricted || told.IsStranger, told.Tz);
        users.Keep(key, found);
        return found;
    }

    public async Task<IReadOnlyList<string>> GroupMembersAsync(string workspace, string group, CancellationToken cancellationToken)
    {
        var answer = await line.CallAsync(
            SlackCall.Asking(SlackMethod.GroupMembers, workspace, "", $"the members of group {group}", ("usergroup", group)),
            SlackShapes.Default.UsersAnswer,
            SlackApi.ListPatience,
            cancellationToken);
        return [.. (answer.Users ?? []).OfType<string>()];
    }

    public async Task<SlackConversation?> ConversationAsync(string workspace, string channel, CancellationToken cancellationToken)
    {
        var answer = await line.CallAsync(
            SlackCall.Asking(SlackMethod.Conversation, workspace, channel, "a conversation's facts", ("channel", channel)),
            SlackShapes.Default.ConversationAnswer,
            SlackApi.TurnPatience,
            cancellationToken,
            "channel_not_found");
        return Read(answer.Channel);
    }

    public async IAsyncEnumerable<SlackConversation> OwnConversationsAsync(string workspace, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? cursor = null;
        for (var page = 0; page < MostPages; page++)
        {
            var answer = await line.CallAsync(
                SlackCall.Asking(
                    SlackMethod.OwnConversations, workspace, "", "the list of the bot's channels",
                    ("types", "public_channel,private_channel"), ("limit", "200"), ("cursor", cursor)),
                SlackShapes.Default.ConversationsAnswer,
                SlackApi.ListPatience,
                cancellationToken);
            foreach (var channel in answer.Channels ?? [])
            {
                // Whatever else such a list says, the bot is a member of all that stands in it.
                if (Read(channel) is { } known)
                {
                    yield return known with { IsMember = true };
                }
            }

            if (answer.NextCursor is not { } next || next == cursor)
            {
                yield break;
            }

            cursor = next;
        }
    }

    /// <param name="thread"><see langword="null"/> for the conversation itself.</param>
    public async Task<MessagePage> MessagesAsync(
        string workspace, string channel, string? thread, string after, string? page, CancellationToken cancellationToken)
    {
        // Cards are large: two hundred could be more than an answer may be. A root that is gone has no replies.
        var answer = await line.CallAsync(
            SlackCall.Asking(
                thread is null ? SlackMethod.History : SlackMethod.Replies, workspace, channel, "the reading of what was missed",
                ("channel", channel), ("ts", thread), ("oldest", after), ("limit", "100"), ("cursor", page)),
            SlackShapes.Default.HistoryAnswer,
            SlackApi.ListPatience,
            cancellationToken,
            "thread_not_found");
        return new MessagePage([.. (answer.Messages ?? []).OfType<SlackEvent>()], answer.NextCursor is { } next && next != page ? next : null);
    }

    private static SlackConversation? Read(KeptConversation? told) => told is { Id: { Length: > 0 } id }
        ? new SlackConversation(id, told.Name ?? id, told.IsArchived, told.IsMember, told.IsIm, told.IsMpim) { IsShared = told.IsExtShared } : null;
}
