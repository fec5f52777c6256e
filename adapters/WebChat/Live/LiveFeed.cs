using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using PatchBot.Adapters.WebChat.Api;
using PatchBot.Core.Conversation;

namespace PatchBot.Adapters.WebChat.Live;

/// <param name="Kind"><c>message</c> for one that is new or changed, <c>removed</c> for one that is gone.</param>
internal sealed record LiveEvent(string Id, string Kind, string Data);

/// <summary>
/// Tells open pages what changed. It remembers the last events, so that a page that lost its connection misses nothing;
/// one that was away for longer, or through a restart, is told to read anew.
/// </summary>
internal sealed class LiveFeed
{
    private const int Remembered = 512;
    private const int MostListeners = 64;

    private readonly Lock gate = new();
    private readonly Queue<LiveEvent> recent = new();
    private readonly List<Channel<LiveEvent>> listeners = [];
    private readonly string run = Guid.NewGuid().ToString("n")[..8];
    private long count;

    public void Show(TranscriptMessage message) =>
        Publish("message", JsonSerializer.Serialize(MessageView.Of(message), WebChatJson.Default.MessageView));

    public void Remove(TranscriptMessage message) =>
        Publish("removed", JsonSerializer.Serialize(new RemovedView(message.Id, message.Channel.Id), WebChatJson.Default.RemovedView));

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
            var channel = Channel.CreateBounded<LiveEvent>(Remembered);
            listeners.Add(channel);
            return new Listening(EventId(count), missed, channel.Reader, () => Forget(channel));
        }
    }

    private void Publish(string kind, string data)
    {
        lock (gate)
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

    private string EventId(long number) => string.Create(CultureInfo.InvariantCulture, $"{run}-{number}");
}

/// <param name="At">The event id that the listener stands at.</param>
/// <param name="Missed">What happened since it last listened; <see langword="null"/> when it must read anew.</param>
internal sealed record Listening(string At, IReadOnlyList<LiveEvent>? Missed, ChannelReader<LiveEvent> Events, Action Stop) : IDisposable
{
    public void Dispose() => Stop();
}
