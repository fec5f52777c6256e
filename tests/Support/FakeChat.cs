using PatchBot.Cards;
using PatchBot.Core.Delivery;
using PatchBot.Core.People;

namespace PatchBot.Tests.Support;

/// <summary>A platform that keeps messages as Slack and Teams do: it gives ids, replaces, and remembers which post made which message.</summary>
internal sealed class FakeChat(string name = "chat") : IChatPlatform
{
    private readonly Lock gate = new();
    private readonly List<FakeMessage> messages = [];

    public string Name => name;

    /// <summary>What every call meets first: a fault to throw, a barrier to wait at.</summary>
    public Func<ChannelRef, ChatCard, CancellationToken, Task> Weather { get; set; } = (_, _, _) => Task.CompletedTask;

    public int Edits { get; private set; }

    public IReadOnlyList<FakeMessage> Messages
    {
        get
        {
            lock (gate)
            {
                return [.. messages];
            }
        }
    }

    public async Task<string> PostAsync(ChannelRef channel, string? thread, ChatCard card, long postId, CancellationToken cancellationToken)
    {
        await Weather(channel, card, cancellationToken);
        lock (gate)
        {
            messages.Add(new FakeMessage($"m{messages.Count + 1}", channel, thread, card));
            return messages[^1].Id;
        }
    }

    public async Task EditAsync(MessageRef message, string? thread, ChatCard card, long postId, CancellationToken cancellationToken)
    {
        await Weather(message.Channel, card, cancellationToken);
        lock (gate)
        {
            Edits++;
            var at = messages.FindIndex(known => known.Id == message.Message && known.Channel == message.Channel);
            messages[at] = messages[at] with { Card = card };
        }
    }

    /// <summary>Everyone of this platform can be written to alone.</summary>
    public Task<ChannelRef?> DirectAsync(PersonId person, CancellationToken cancellationToken) =>
        Task.FromResult<ChannelRef?>(person.Platform == name ? new ChannelRef(name, $"direct-{person.ObjectId}") : null);
}

internal sealed record FakeMessage(string Id, ChannelRef Channel, string? Thread, ChatCard Card);
