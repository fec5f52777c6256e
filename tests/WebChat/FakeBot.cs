using PatchBot.Cards;
using PatchBot.Core.Conversation;
using PatchBot.Core.Delivery;

namespace PatchBot.Tests.WebChat;

/// <summary>A bot that remembers what reached it and does as a test says.</summary>
internal sealed class FakeBot : IConversation, IDelivery
{
    public List<ChatEvent> Heard { get; } = [];

    public List<ChannelRef> Delivered { get; } = [];

    public Func<ChatEvent, Answer> Answers { get; set; } = _ => Answer.None;

    public Func<ChannelRef, Task> Delivers { get; set; } = _ => Task.CompletedTask;

    public Task<Answer> HandleAsync(ChatEvent chatEvent, CancellationToken cancellationToken)
    {
        Heard.Add(chatEvent);
        return Task.FromResult(Answers(chatEvent));
    }

    public Task DeliverAsync(ChannelRef channel, CancellationToken cancellationToken)
    {
        Delivered.Add(channel);
        return Delivers(channel);
    }

    public void Nudge()
    {
    }

    public static ChatCard Card(string title, params CardAction[] actions) => new() { Title = title, Summary = $"{title} it is.", Actions = actions };
}
