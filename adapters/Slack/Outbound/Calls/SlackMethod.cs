namespace PatchBot.Adapters.Slack.Outbound.Calls;

/// <summary>A method of the Web API, and how often a workspace allows it.</summary>
/// <param name="PerMinute">In each workspace. Where Slack promises "20+", only the 20 are counted on.</param>
/// <remarks><see href="https://docs.slack.dev/apis/web-api/rate-limits"/></remarks>
internal sealed record SlackMethod(string Name, int PerMinute)
{
    /// <summary>
    /// Slack says "several hundred per minute" of a workspace, and no number: the least that can be called several hundred.
    /// </summary>
    public const int MessagesPerMinute = 300;

    private const int Tier2 = 20, Tier3 = 50, Tier4 = 100;

    public static readonly SlackMethod PostMessage = new("chat.postMessage", MessagesPerMinute) { Creates = true };
    public static readonly SlackMethod Update = new("chat.update", Tier3);
    public static readonly SlackMethod Delete = new("chat.delete", Tier3);
    public static readonly SlackMethod PostEphemeral = new("chat.postEphemeral", Tier4);
    public static readonly SlackMethod OpenView = new("views.open", Tier4);
    public static readonly SlackMethod UpdateView = new("views.update", Tier4);
    public static readonly SlackMethod PublishView = new("views.publish", Tier4);
    public static readonly SlackMethod OpenConversation = new("conversations.open", Tier3);
    public static readonly SlackMethod Conversation = new("conversations.info", Tier3);
    public static readonly SlackMethod History = new("conversations.history", Tier3);
    public static readonly SlackMethod Replies = new("conversations.replies", Tier3);
    public static readonly SlackMethod OwnConversations = new("users.conversations", Tier2);
    public static readonly SlackMethod User = new("users.info", Tier4);
    public static readonly SlackMethod GroupMembers = new("usergroups.users.list", Tier2);
    public static readonly SlackMethod BeginUpload = new("files.getUploadURLExternal", Tier4);
    public static readonly SlackMethod CompleteUpload = new("files.completeUploadExternal", Tier4);

    /// <summary>"Special", and said to be generous: the highest tier is counted on.</summary>
    public static readonly SlackMethod Permalink = new("chat.getPermalink", Tier4);

    public static IReadOnlyList<SlackMethod> All { get; } =
    [
        PostMessage, Update, Delete, PostEphemeral, OpenView, UpdateView, PublishView, OpenConversation, Conversation, History, Replies,
        OwnConversations, User, GroupMembers, BeginUpload, CompleteUpload, Permalink,
    ];

    /// <summary>Called twice, it shows twice.</summary>
    public bool Creates { get; private init; }
}
