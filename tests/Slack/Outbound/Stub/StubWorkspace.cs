using System.Globalization;
using System.Text.Json;

namespace PatchBot.Tests.Slack.Outbound.Stub;

/// <param name="Post">As its metadata tells it.</param>
/// <param name="By">The bot id that sent it.</param>
internal sealed record StubMessage(string Channel, string? Thread, string Ts, string By, long? Post, JsonElement Content, DateTimeOffset At)
{
    public string? Text => Content.TryGetProperty("text", out var text) ? text.GetString() : null;

    public bool HasBlocks => Content.TryGetProperty("blocks", out var blocks) && blocks.GetArrayLength() > 0;
}

/// <summary>What people would see.</summary>
internal sealed class StubWorkspace(TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, List<StubMessage>> channels = [];
    private int created;

    public int Created => created;

    /// <summary>How long it takes a message to show up where one looks for it.</summary>
    public TimeSpan Lag { get; set; }

    /// <summary>Oldest first within each channel.</summary>
    public IReadOnlyList<StubMessage> Shown
    {
        get
        {
            lock (gate)
            {
                return [.. channels.Values.SelectMany(messages => messages)];
            }
        }
    }

    public StubMessage Add(string channel, string? thread, string by, JsonElement content)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            var ts = string.Create(CultureInfo.InvariantCulture, $"{now.ToUnixTimeSeconds()}.{++created:000000}");
            var message = new StubMessage(channel, thread, ts, by, PostOf(content), content.Clone(), now);
            Of(channel).Add(message);
            return message;
        }
    }

    /// <returns><see langword="false"/> when there is no such message.</returns>
    public bool Replace(string channel, string ts, JsonElement content)
    {
        lock (gate)
        {
            var messages = Of(channel);
            var at = messages.FindIndex(message => message.Ts == ts);
            if (at >= 0)
            {
                // Metadata stays where an edit brings none.
                messages[at] = messages[at] with { Content = content.Clone(), Post = PostOf(content) ?? messages[at].Post };
            }

            return at >= 0;
        }
    }

    public bool Delete(string channel, string ts)
    {
        lock (gate)
        {
            return Of(channel).RemoveAll(message => message.Ts == ts) > 0;
        }
    }

    /// <summary>Newest first for a conversation; oldest first, after its root however old, for a thread.</summary>
    public IReadOnlyList<StubMessage> Look(string channel, string? thread, string oldest)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            var seen = Of(channel).Where(message => message.At + Lag <= now && string.CompareOrdinal(message.Ts, oldest) > 0);
            return thread is null
                ? [.. seen.Where(message => message.Thread is null).Reverse()]
                : [.. Of(channel).Where(message => message.Ts == thread), .. seen.Where(message => message.Thread == thread)];
        }
    }

    /// <returns><see langword="null"/> for a message that nobody replied to.</returns>
    public string? NewestReply(StubMessage root)
    {
        lock (gate)
        {
            return Of(root.Channel).LastOrDefault(message => message.Thread == root.Ts)?.Ts;
        }
    }

    private List<StubMessage> Of(string channel) => channels.TryGetValue(channel, out var messages) ? messages : channels[channel] = [];

    private static long? PostOf(JsonElement content) =>
        content.TryGetProperty("metadata", out var metadata) && metadata.GetProperty("event_type").GetString() == "patchbot_post"
            ? metadata.GetProperty("event_payload").GetProperty("post").GetInt64() : null;
}
