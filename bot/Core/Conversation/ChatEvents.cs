using PatchBot.Cards;
using PatchBot.Core.Delivery;
using PatchBot.Core.Exports;
using PatchBot.Core.People;

namespace PatchBot.Core.Conversation;

/// <summary>What reaches the bot from a platform, once the adapter has verified who is speaking.</summary>
/// <param name="DeliveryKey">The platform's id of this delivery; a second delivery with the same key changes nothing. At most 200 characters.</param>
public abstract record ChatEvent(ChannelRef Channel, Person By, string DeliveryKey);

/// <summary>Someone wrote something.</summary>
/// <param name="Thread">Root message when it was written in a thread.</param>
/// <param name="Text">As the platform delivers it, markup included.</param>
/// <param name="ToBot">The bot was mentioned or the chat is with it alone.</param>
/// <param name="Alone">The chat is with the bot alone: nobody else reads what is said there. Only what the platform vouches for counts.</param>
public sealed record MessagePosted(
    ChannelRef Channel, Person By, string DeliveryKey, string Message, string? Thread, string Text, bool ToBot, bool Alone = false)
    : ChatEvent(Channel, By, DeliveryKey)
{
    /// <summary>
    /// When it was written, of a message that was read only afterwards; <see langword="null"/> for one that came at once. What is
    /// read late decides nothing and changes nothing but lab results: what its writer saw may have changed since.
    /// </summary>
    public DateTimeOffset? WrittenAt { get; init; }

    public bool IsLate => WrittenAt is not null;
}

public sealed record MessageEdited(
    ChannelRef Channel, Person By, string DeliveryKey, string Message, string? Thread, string Text, bool ToBot, bool Alone = false)
    : ChatEvent(Channel, By, DeliveryKey)
{
    /// <summary>When it was edited; see <see cref="MessagePosted.WrittenAt"/>.</summary>
    public DateTimeOffset? WrittenAt { get; init; }
}

public sealed record MessageDeleted(ChannelRef Channel, Person By, string DeliveryKey, string Message)
    : ChatEvent(Channel, By, DeliveryKey);

/// <summary>Someone pressed a button or sent a form.</summary>
/// <param name="Message">The message that holds the card.</param>
/// <param name="Thread">Root of that message's thread; the message itself when it is a root.</param>
/// <param name="Action">The <see cref="PressAction.Id"/> or <see cref="CardForm.Id"/>.</param>
public sealed record ActionPressed(
    ChannelRef Channel,
    Person By,
    string DeliveryKey,
    string Message,
    string? Thread,
    string Action,
    IReadOnlyDictionary<string, string> Inputs) : ChatEvent(Channel, By, DeliveryKey);

/// <summary>Someone asks for the lab form, usually with a message in hand that reports a result ("Record as lab result").</summary>
/// <param name="Message">The message in hand; <see langword="null"/> when there is none.</param>
/// <param name="Thread">Root message when that one stands in a thread.</param>
/// <param name="Text">What it says, as the platform delivers it; empty without a message.</param>
public sealed record ResultAsked(ChannelRef Channel, Person By, string DeliveryKey, string? Message, string? Thread, string Text)
    : ChatEvent(Channel, By, DeliveryKey);

/// <summary>The bot may write to the channel from now on: it was installed or invited there, or the channel is back.</summary>
/// <param name="Name">As people know the channel; empty when the event does not say.</param>
/// <param name="Address">How the platform reaches it; see <see cref="Delivery.Channel.Address"/>.</param>
/// <param name="Alone">The chat is with one person alone.</param>
/// <param name="Greets">The bot was asked in on purpose, so it says what it does there.</param>
public sealed record ChannelOpened(ChannelRef Channel, Person By, string DeliveryKey, string Name, string Address, bool Alone, bool Greets)
    : ChatEvent(Channel, By, DeliveryKey);

/// <summary>The bot may not write to the channel any more: it was removed, or the channel is gone or archived.</summary>
/// <param name="Reason">A sentence for the admins.</param>
public sealed record ChannelClosed(ChannelRef Channel, Person By, string DeliveryKey, string Reason)
    : ChatEvent(Channel, By, DeliveryKey);

public sealed record ChannelRenamed(ChannelRef Channel, Person By, string DeliveryKey, string Name)
    : ChatEvent(Channel, By, DeliveryKey);

/// <summary>What goes straight back in the same turn. What everyone should see for good goes through posts instead.</summary>
public abstract record Answer
{
    private protected Answer()
    {
    }

    /// <summary>Nothing to say.</summary>
    public static Answer None { get; } = new NoAnswer();

    /// <summary>Nothing to say: the same delivery came before, and was answered then.</summary>
    public static Answer Repeated { get; } = new NoAnswer(IsRepeated: true);
}

public sealed record NoAnswer(bool IsRepeated = false) : Answer;

/// <summary>A reply in the thread, for everyone: a question, a list that was asked for.</summary>
public sealed record ReplyAnswer(ChatCard Card) : Answer
{
    /// <summary>Goes with the card where the platform takes files from a bot; the card says enough without it.</summary>
    public Exported? File { get; init; }
}

/// <summary>A sentence for the person alone: a refusal, a confirmation.</summary>
/// <param name="Field">Id of the form's input that it is about, where it refuses a form and one is to blame.</param>
public sealed record NoticeAnswer(Tone Tone, string Text, string? Field = null) : Answer;

/// <summary>A form for the person alone, such as an earlier report to be changed.</summary>
public sealed record FormAnswer(CardForm Form) : Answer;
