using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using PatchBot.Adapters.Slack.Inbound;

namespace PatchBot.Tests.Slack.Socket;

/// <summary>Takes deliveries as the bot does: each once by its key, whatever comes again.</summary>
internal sealed class FakeDeliveries : ISlackDeliveries
{
    private readonly ConcurrentDictionary<string, byte> known = new();
    private readonly ConcurrentQueue<string> taken = new();
    private int atWork;
    private int mostAtWork;

    /// <summary>In the order in which they were taken; what came again is not among them.</summary>
    public IReadOnlyList<string> Taken => [.. taken];

    public ConcurrentQueue<int> Attempts { get; } = new();

    public int MostAtWork => mostAtWork;

    /// <summary>How long a turn takes.</summary>
    public Func<Task> Turn { get; set; } = () => Task.CompletedTask;

    /// <summary>Whether the record is away.</summary>
    public bool IsAway { get; set; }

    public string Body { get; set; } = "";

    public Task<Acknowledgement> EventAsync(ReadOnlyMemory<byte> envelope, int attempt, CancellationToken cancellationToken)
    {
        Attempts.Enqueue(attempt);
        return TakeAsync(JsonDocument.Parse(envelope).RootElement.GetProperty("event_id").GetString()!);
    }

    public Task<Acknowledgement> InteractionAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) => TakeAsync(Encoding.UTF8.GetString(payload.Span));

    public Task<Acknowledgement> CommandAsync(IReadOnlyDictionary<string, string> fields, CancellationToken cancellationToken) =>
        TakeAsync(string.Join('&', fields.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => $"{field.Key}={field.Value}")));

    private async Task<Acknowledgement> TakeAsync(string key)
    {
        var working = Interlocked.Increment(ref atWork);
        InterlockedMax(ref mostAtWork, working);
        try
        {
            await Turn();
        }
        finally
        {
            Interlocked.Decrement(ref atWork);
        }

        if (IsAway)
        {
            return Acknowledgement.Again;
        }

        if (known.TryAdd(key, 0))
        {
            taken.Enqueue(key);
        }

        return new Acknowledgement(true, Encoding.UTF8.GetBytes(Body));
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }
}
