namespace PatchBot.Cards;

/// <summary>How a card or a part of it should strike the reader. Words always say it too; colour never stands alone.</summary>
public enum Tone
{
    Neutral,
    Accent,
    Good,
    Warning,
    Danger,
}

/// <summary>A short word in a coloured chip, such as "Critical" or "Lab passed".</summary>
public sealed record CardBadge(string Text, Tone Tone);

/// <summary>
/// What a message shows, without knowing the platform that shows it. Every renderer turns the same card
/// into the same words in the same order with the same actions.
/// </summary>
public sealed record ChatCard
{
    /// <summary>The heading; one line.</summary>
    public required string Title { get; init; }

    /// <summary>One sentence that says what matters, for notifications and for screen readers. The body says it too.</summary>
    public required string Summary { get; init; }

    public Tone Tone { get; init; } = Tone.Neutral;

    public IReadOnlyList<CardBadge> Badges { get; init; } = [];

    public IReadOnlyList<CardBlock> Body { get; init; } = [];

    /// <summary>Buttons, most wanted first. Platforms put the seventh and later into a menu.</summary>
    public IReadOnlyList<CardAction> Actions { get; init; } = [];

    /// <summary>Small print under the card: source, revision.</summary>
    public CardText Footer { get; init; } = CardText.Empty;
}
