using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using PatchBot.Adapters.WebChat.Api;
using PatchBot.Core.Conversation;
using PatchBot.Core.Delivery;

namespace PatchBot.Adapters.WebChat.Live;

/// <param name="Kind"><c>message</c> for one that is new or changed, <c>removed</c> for one that is gone, <c>hello</c> to read anew.</param>
internal sealed record LiveEvent(string Id, string Kind, string Data);

/// <summary>
/// Tells open pages what changed, by this process at once, by others as <see cref="LiveWatch"/> finds it. It remembers the
/// last events, so that a page that lost its connection misses nothing; one that was away for longer, or comes from
/// another process, is told to read anew.
/// </summary>
internal sealed class LiveFeed
{
    private const int Remembered = 512;
    private const int MostListeners = 64;

    private readonly Lock gate = new();
    private readonly Queue<LiveEvent> recent = new();
    private readonly List<Channel<LiveEvent>> listeners = [];
    private readonly Dictionary<ChannelRef, SeenMessages> seen = [];
    private readonly string run = Guid.NewGuid().ToString("n")[..8];
    private long count;

    public bool IsHeard
    {
        get
        {
            lock (gate)
            {
                return listeners.Count > 0;
            }
        }
    }

    /// <summary>The newest event, to be named when a look is handed in.</summary>
    public long Now
    {
        get
        {
            lock (gate)
            {
                return count;
            }
        }
    }

    public void Show(TranscriptMessage message)
    {
        lock (gate)
        {
            if (In(message.Channel).Advance(message, count + 1))
            {
                PublishShown(message);
            }
        }
    }

    public void Remove(TranscriptMessage message)
    {
        lock (gate)
        {
            if (In(message.Channel).Remove(message.Id, count + 1))
            {
                PublishRemoved(message.Id, message.Channel);
            }
        }
    }

    /// <summary>The newest message of a channel that pages were told of; <see langword="null"/> when nobody has looked yet.</summary>
    public long? Newest(ChannelRef channel)
    {
        lock (gate)
        {
            return In(channel) is { IsWhole: true } known ? known.Newest : null;
        }
    }

    /// <summary>Hands in what a channel shows, or its newer end.</summary>
    /// <param name="found">Oldest first.</param>
    /// <param name="from">The look asked for ids from here on and got all of them.</param>
    /// <param name="before">The newest event when the look began: what came later, it may have missed.</param>
    public void Compare(ChannelRef channel, IReadOnlyList<TranscriptMessage> found, long from, long before)
    {
        lock (gate)
        {
            var known = In(channel);
            if (!known.IsWhole)
            {
                known.TakeWhole(found, count);
                return;
            }

            foreach (var message in known.News(found).ToList())
            {
                known.Advance(message, count + 1);
                PublishShown(message);
            }

            foreach (var id in known.MissingFrom(found.Select(message => message.Id).ToHashSet(), from, before).ToList())
            {
                known.Remove(id, count + 1);
                PublishRemoved(id, channel);
            }
        }
    }

    /// <summary>Takes what a look found as known, without telling of each: pages read anew.</summary>
    public void Skip(ChannelRef channel, IReadOnlyList<TranscriptMessage> found)
    {
        lock (gate)
        {
            In(channel).TakeWhole(found, count);
            ReadAnew();
        }
    }

    /// <summary>Has every page read anew, because what it missed cannot be told.</summary>
    public void ReadAnew()
    {
        lock (gate)
        {
            recent.Clear();
            Publish("hello", """{"resumed":false}""");
        }
    }

    /// <returns><see langword="null"/> when too many listen already.</returns>
    public Listening? Listen(string? lastEventId)
    {
        lock (gate)
        {
            if (listeners.Count >= MostListeners)
            {
                return null;
            }

            var missed = Missed(lastEventId);
            var channel = System.Threading.Channels.Channel.CreateBounded<LiveEvent>(Remembered);
            listeners.Add(channel);
            return new Listening(EventId(count), missed, channel.Reader, () => Forget(channel));
        }
    }

    private void PublishShown(TranscriptMessage message) =>
        Publish("message", JsonSerializer.Serialize(MessageView.Of(message), WebChatJson.Default.MessageView));

    private void PublishRemoved(long id, ChannelRef channel) =>
        Publish("removed", JsonSerializer.Serialize(new RemovedView(id, channel.Id), WebChatJson.Default.RemovedView));

    private void Publish(string kind, string data)
    {
        var live = new LiveEvent(EventId(++count), kind, data);
        recent.Enqueue(live);
        if (recent.Count > Remembered)
        {
            recent.Dequeue();
        }

        // A listener that does not keep up is hung up on; it comes back and resumes or reads anew.
        foreach (var slow in listeners.Where(listener => !listener.Writer.TryWrite(live)).ToArray())
        {
            slow.Writer.TryComplete();
            listeners.Remove(slow);
        }
    }

    /// <returns><see langword="null"/> when it cannot tell what was missed.</returns>
    private LiveEvent[]? Missed(string? lastEventId)
    {
        if (lastEventId?.Split('-') is not [var theirRun, var number] || theirRun != run
            || !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var last) || last > count || count - last > recent.Count)
        {
            return null;
        }

        return [.. recent.TakeLast((int)(count - last))];
    }

    private void Forget(Channel<LiveEvent> channel)
    {
        lock (gate)
        {
            listeners.Remove(channel);
        }
    }

    private SeenMessages In(ChannelRef channel) => seen.TryGetValue(channel, out var known) ? known : seen[channel] = new SeenMessages();

    private string EventId(long number) => string.Create(CultureInfo.InvariantCulture, $"{run}-{number}");
}

/// <param name="At">The event id that the listener stands at.</param>
/// <param name="Missed">What happened since it last listened; <see langword="null"/> when it must read anew.</param>
internal sealed record Listening(string At, IReadOnlyList<LiveEvent>? Missed, ChannelReader<LiveEvent> Events, Action Stop) : IDisposable
{
    public void Dispose() => Stop();
}
