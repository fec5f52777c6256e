using System.Collections.Concurrent;
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

    /// <summary>What every search for a person's own chat meets first.</summary>
    public Func<PersonId, CancellationToken, Task> Doors { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Who of this platform has not met the bot.</summary>
    public HashSet<PersonId> Strangers { get; } = [];

    /// <summary>Posts whose message might have been there.</summary>
    public ConcurrentBag<long> Doubted { get; } = [];

    public int Edits { get; private set; }

    /// <summary>Whether it says which message it made.</summary>
    public bool NamesMessages { get; set; } = true;

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

    public async Task<string?> PostAsync(ChannelRef channel, string? thread, ChatCard card, long postId, bool doubt, CancellationToken cancellationToken)
    {
        if (doubt)
        {
            Doubted.Add(postId);
        }

        await Weather(channel, card, cancellationToken);
        lock (gate)
        {
            messages.Add(new FakeMessage($"m{messages.Count + 1}", channel, thread, card));
            return NamesMessages ? messages[^1].Id : null;
        }
    }

    public async Task EditAsync(MessageRef message, string? thread, ChatCard card, long postId, CancellationToken cancellationToken)
    {
        await Weather(message.Channel, card, cancellationToken);
        lock (gate)
        {
            var at = messages.FindIndex(known => known.Id == message.Message && known.Channel == message.Channel);
            if (at < 0)
            {
                throw new MessageGoneException($"There is no message {message}.");
            }

            Edits++;
            messages[at] = messages[at] with { Card = card };
        }
    }

    /// <summary>Someone takes all messages away.</summary>
    public void Clear()
    {
        lock (gate)
        {
            messages.Clear();
        }
    }

    /// <summary>Everyone of this platform can be written to alone, but for <see cref="Strangers"/>.</summary>
    public async Task<ChannelRef?> DirectAsync(PersonId person, CancellationToken cancellationToken)
    {
        if (person.Platform != name || Strangers.Contains(person))
        {
            return null;
        }

        await Doors(person, cancellationToken);
        return new ChannelRef(name, $"direct-{person.ObjectId}");
    }
}

internal sealed record FakeMessage(string Id, ChannelRef Channel, string? Thread, ChatCard Card);
