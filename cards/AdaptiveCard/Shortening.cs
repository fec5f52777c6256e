namespace PatchBot.Cards.AdaptiveCards;

/// <summary>
/// How much of a card is shown. Folded lists go first, then long texts; the verdict, the notices and the actions come last,
/// and only for cards that nobody would write.
/// </summary>
/// <param name="Folded">Items of a list, and parts, inside details.</param>
/// <param name="Listed">Items of a list, facts, and lines of a notice.</param>
/// <param name="Blocks">Parts of the body.</param>
/// <param name="Text">Characters of one text.</param>
/// <param name="Actions">Buttons.</param>
internal sealed record Shortening(int Folded, int Listed, int Blocks, int Text, int Actions)
{
    /// <summary>Characters of a title, a heading or a label.</summary>
    public int Title => Math.Min(Text, 300);

    /// <summary>Each shows less than the one before.</summary>
    public static IReadOnlyList<Shortening> Steps { get; } =
    [
        new(60, 60, 200, 3_000, 60),
        new(25, 60, 200, 3_000, 60),
        new(10, 60, 200, 2_000, 60),
        new(4, 40, 200, 1_000, 60),
        new(1, 30, 100, 500, 60),
        new(1, 15, 60, 300, 60),
        new(0, 8, 40, 200, 24),
        new(0, 5, 25, 120, 12),
        new(0, 3, 10, 80, 6),
        new(0, 1, 3, 60, 0),
    ];
}
