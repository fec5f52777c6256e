using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using PatchBot.Adapters.Slack.Outbound;
using PatchBot.Adapters.Slack.Protocol;

namespace PatchBot.Tests.Slack.Inbound;

/// <summary>What conversations keep of what was said in them, whether or not the bot has heard it.</summary>
internal sealed class FakeHistory
{
    private readonly Lock gate = new();
    private readonly List<SlackEvent> messages = [];

    public int PageSize { get; set; } = 200;

    /// <summary>What a look at a conversation meets.</summary>
    public Func<string, Exception?> Refusal { get; set; } = _ => null;

    /// <summary>The looks so far: the conversation, and the thread.</summary>
    public ConcurrentQueue<string> Looks { get; } = new();

    /// <param name="message">In the shape in which events deliver it.</param>
    public void Keep(JsonObject message)
    {
        lock (gate)
        {
            messages.Add(message.Deserialize(SlackJson.Default.SlackEvent)!);
        }
    }

    /// <summary>A person changes their message.</summary>
    public void Edit(JsonObject message, string text, string editedAt)
    {
        lock (gate)
        {
            var at = messages.FindIndex(one => one.Ts == (string?)message["ts"]);
            messages[at] = messages[at] with { Text = text, Edited = new Edited { User = messages[at].User, Ts = editedAt } };
        }
    }

    public MessagePage Look(string channel, string? thread, string after, string? page)
    {
        Looks.Enqueue(thread is null ? channel : $"{channel}/{thread}");
        if (Refusal(channel) is { } fault)
        {
            throw fault;
        }

        lock (gate)
        {
            var here = messages.Where(one => one.Channel!.Id == channel).OrderBy(one => one.Ts, StringComparer.Ordinal).ToList();
            var seen = thread is null
                ? here.Where(one => IsNewer(one, after) && (one.ThreadTs is null || one.ThreadTs == one.Ts || one.Subtype == "thread_broadcast")).Reverse().Select(Root)
                : here.Where(one => one.Ts == thread || (one.ThreadTs == thread && IsNewer(one, after)));
            var first = int.Parse(page ?? "0", CultureInfo.InvariantCulture);
            var all = seen.ToList();
            return new MessagePage([.. all.Skip(first).Take(PageSize)], first + PageSize < all.Count ? $"{first + PageSize}" : null);
        }

        SlackEvent Root(SlackEvent one) =>
            one with { LatestReply = messages.Where(reply => reply.ThreadTs == one.Ts && reply.Ts != one.Ts).Max(reply => reply.Ts), Channel = null, ChannelType = null };
    }

    private static bool IsNewer(SlackEvent message, string after) => string.CompareOrdinal(message.Ts, after) > 0;
}
