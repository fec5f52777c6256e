using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using PatchBot.Adapters.Slack.Outbound;
using PatchBot.Core.Delivery;

namespace PatchBot.Tests.Slack.Inbound;

/// <summary>Something that reached somebody in Slack.</summary>
/// <param name="How"><c>post</c>, <c>file</c>, <c>whisper to U…</c>, <c>respond at …</c>, <c>modal</c> or <c>home of U…</c>.</param>
/// <param name="Where">The channel, with the thread; empty for modals.</param>
internal sealed record Said(string How, string Where, string Text)
{
    /// <summary>The blocks or the view.</summary>
    public JsonNode? Json { get; init; }

    public override string ToString() => $"{How} {Where}: {Text}";
}

/// <summary>A workspace of Slack as far as its Web API tells: it keeps what is said, takes a trigger once, and whispers to members alone.</summary>
internal sealed class FakeSlackApi : ISlackApi
{
    private readonly Lock gate = new();
    private readonly List<Said> said = [];
    private readonly HashSet<string> used = [];
    private int messages;
    private int lookups;

    public Dictionary<string, SlackUser> Users { get; } = [];

    public FakeHistory History { get; } = new();

    /// <summary>How often it was asked who somebody is.</summary>
    public int Lookups => lookups;

    public Dictionary<string, SlackConversation> Conversations { get; } = [];

    /// <summary>Who is in no channel.</summary>
    public HashSet<string> Strangers { get; } = [];

    /// <summary>Triggers are older than three seconds when they arrive.</summary>
    public bool TriggersExpire { get; set; }

    public bool ViewsAreClosed { get; set; }

    public bool AddressesExpire { get; set; }

    public bool OpensChats { get; set; } = true;

    /// <summary>The limits are used up for longer than anybody waits.</summary>
    public bool IsFull { get; set; }

    /// <summary>What every call waits for first.</summary>
    public Func<Task> Line { get; set; } = () => Task.CompletedTask;

    /// <summary>What every call meets.</summary>
    public Exception? Fault { get; set; }

    /// <summary>What the list of the bot's channels meets at its end.</summary>
    public Exception? ListBreaks { get; set; }

    public IReadOnlyList<Said> All
    {
        get
        {
            lock (gate)
            {
                return [.. said];
            }
        }
    }

    public IEnumerable<Said> Modals => All.Where(one => one.How == "modal");

    public bool MayPost(string workspace, string channel, TimeSpan patience) => !IsFull;

    public bool MayWhisper(string workspace) => !IsFull;

    public bool MayOpenDirect(string workspace) => !IsFull;

    public async Task<string> PostAsync(string workspace, string channel, string? thread, SlackMessage message, TimeSpan patience, CancellationToken cancellationToken)
    {
        await ReachAsync();
        Add(new Said("post", Place(channel, thread), message.Text) { Json = Json(message.Blocks) });
        return $"1800000000.{Interlocked.Increment(ref messages):000000}";
    }

    public async Task UpdateAsync(string workspace, string channel, string message, SlackMessage content, TimeSpan patience, CancellationToken cancellationToken)
    {
        await ReachAsync();
        Add(new Said($"update of {message}", channel, content.Text));
    }

    public async Task DeleteAsync(string workspace, string channel, string message, TimeSpan patience, CancellationToken cancellationToken)
    {
        await ReachAsync();
        Add(new Said($"deletion of {message}", channel, ""));
    }

    public async Task<bool> WhisperAsync(string workspace, string channel, string? thread, string user, SlackMessage message, CancellationToken cancellationToken)
    {
        await ReachAsync();
        return !Strangers.Contains(user) && Add(new Said($"whisper to {user}", Place(channel, thread), message.Text) { Json = Json(message.Blocks) });
    }

    public async Task<bool> RespondAsync(Uri responseUrl, SlackMessage message, CancellationToken cancellationToken)
    {
        await ReachAsync();
        return !AddressesExpire && Add(new Said($"respond at {responseUrl}", "", message.Text) { Json = Json(message.Blocks) });
    }

    public async Task<string?> OpenDirectAsync(string workspace, string user, CancellationToken cancellationToken)
    {
        await ReachAsync();
        return OpensChats ? $"D{user}" : null;
    }

    public async Task<bool> OpenViewAsync(string workspace, string trigger, ReadOnlyMemory<byte> view, CancellationToken cancellationToken)
    {
        await ReachAsync();
        lock (gate)
        {
            if (TriggersExpire || !used.Add(trigger))
            {
                return false;
            }
        }

        return Add(new Said("modal", "", Encoding.UTF8.GetString(view.Span)) { Json = Json(view) });
    }

    public async Task<bool> UpdateViewAsync(string workspace, string view, string? hash, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        await ReachAsync();
        return !ViewsAreClosed && Add(new Said($"change of modal {view}", "", Encoding.UTF8.GetString(content.Span)) { Json = Json(content) });
    }

    public async Task PublishHomeAsync(string workspace, string user, ReadOnlyMemory<byte> view, CancellationToken cancellationToken)
    {
        await ReachAsync();
        Add(new Said($"home of {user}", workspace, Encoding.UTF8.GetString(view.Span)) { Json = Json(view) });
    }

    public Task<Uri?> PermalinkAsync(string workspace, string channel, string message, CancellationToken cancellationToken) =>
        Task.FromResult<Uri?>(new Uri($"https://patch-works.slack.com/archives/{channel}/p{message.Replace(".", "", StringComparison.Ordinal)}"));

    public Task<IReadOnlyList<FoundPost>> FindPostsAsync(
        string workspace, string channel, string? thread, long postId, DateTimeOffset after, TimeSpan patience, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<FoundPost>>([]);

    public async Task<MessagePage> HistoryAsync(string workspace, string channel, string after, string? page, CancellationToken cancellationToken)
    {
        await ReachAsync();
        return History.Look(channel, null, after, page);
    }

    public async Task<MessagePage> RepliesAsync(string workspace, string channel, string thread, string after, string? page, CancellationToken cancellationToken)
    {
        await ReachAsync();
        return History.Look(channel, thread, after, page);
    }

    public async Task<SlackUser?> UserAsync(string workspace, string user, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref lookups);
        await ReachAsync();
        return Users.GetValueOrDefault(user);
    }

    public Task<IReadOnlyList<string>> GroupMembersAsync(string workspace, string group, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>>([]);

    public async Task<SlackConversation?> ConversationAsync(string workspace, string channel, CancellationToken cancellationToken)
    {
        await ReachAsync();
        return Conversations.GetValueOrDefault(channel);
    }

    public async IAsyncEnumerable<SlackConversation> OwnConversationsAsync(string workspace, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await ReachAsync();
        foreach (var conversation in Conversations.Values.Where(one => one is { IsMember: true, IsDirect: false, IsGroup: false }))
        {
            yield return conversation;
        }

        if (ListBreaks is { } fault)
        {
            throw fault;
        }
    }

    public Task UploadAsync(string workspace, string channel, string? thread, string name, string title, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        Add(new Said("file", Place(channel, thread), $"{name}: {Encoding.UTF8.GetString(content.Span)}"));
        return Task.CompletedTask;
    }

    private async Task ReachAsync()
    {
        await Line();
        if (Fault is { } fault)
        {
            throw fault;
        }
    }

    private bool Add(Said one)
    {
        lock (gate)
        {
            said.Add(one);
        }

        return true;
    }

    private static string Place(string channel, string? thread) => thread is null ? channel : $"{channel}/{thread}";

    private static JsonNode? Json(ReadOnlyMemory<byte> json) => json.IsEmpty ? null : JsonNode.Parse(json.Span);
}
