using PatchBot.Core.Record;

namespace PatchBot.Core.Conversation;

/// <summary>Where adapters bring what people said and pressed.</summary>
public interface IConversation
{
    /// <summary>Understands an event, does what it asks in one transaction, and answers. A repeated delivery changes nothing.</summary>
    /// <exception cref="RecordUnavailableException">Nothing was recorded; the adapter says so in the chat.</exception>
    Task<Answer> HandleAsync(ChatEvent chatEvent, CancellationToken cancellationToken);
}

/// <summary>Plays the bundled release cycle into a channel; only where there is something to try out.</summary>
public interface IDemo
{
    /// <summary>Whether the channel may be shown a demo: the installation is a trial.</summary>
    Task<bool> IsOfferedAsync(Delivery.ChannelRef channel, CancellationToken cancellationToken);

    /// <summary>Plays it, once; a second time says so.</summary>
    Task<Answer> PlayAsync(Delivery.ChannelRef channel, People.Person by, CancellationToken cancellationToken);
}
