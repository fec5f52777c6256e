namespace PatchBot.Cards.AdaptiveCards;

/// <summary>What a card needs to know of the message that will hold it.</summary>
public sealed record AdaptiveCardOptions
{
    /// <summary>What is left of the 28 KB that are safe to send once the message around the card is counted.</summary>
    public const int DefaultMaxBytes = 24 * 1024;

    /// <summary>No card is asked to fit into less.</summary>
    public const int SmallestMaxBytes = 6 * 1024;

    /// <summary>The post that the card shows; each action carries it back.</summary>
    public long? PostId { get; init; }

    /// <summary>Teams ids (<c>29:…</c>) of those whose view is brought up to date by itself; the first 60 are used.</summary>
    public IReadOnlyList<string> RefreshUserIds { get; init; } = [];

    /// <summary>Only messages that mention the bot reach it.</summary>
    public bool MentionNeeded { get; init; }

    public string BotName { get; init; } = "PatchBot";

    /// <summary>Bytes of UTF-8 that the card may have, at least <see cref="SmallestMaxBytes"/>.</summary>
    public int MaxBytes
    {
        get;
        init => field = value >= SmallestMaxBytes ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"A card needs at least {SmallestMaxBytes} bytes.");
    } = DefaultMaxBytes;
}

/// <summary>What a form needs to know of where it is shown.</summary>
public sealed record AdaptiveCardFormOptions
{
    /// <summary>The post whose card led to the form.</summary>
    public long? PostId { get; init; }

    /// <summary>What was wrong with what was sent before, shown on top; empty when the form is new.</summary>
    public string Error { get; init; } = "";

    /// <summary>What was typed before, by input id; wins over the form's own values.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();

    /// <summary>Marks this opening of the form, so that what a client sends again is taken once; empty where several people fill in the same one.</summary>
    public string Once { get; init; } = "";

    /// <summary>The form is a message of its own and not a dialog.</summary>
    public bool StandsAlone { get; init; }

    /// <summary>Bytes of UTF-8 that the form may have.</summary>
    public int MaxBytes { get; init; } = AdaptiveCardOptions.DefaultMaxBytes;
}
