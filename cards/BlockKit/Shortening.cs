namespace PatchBot.Cards.BlockKit;

/// <summary>
/// How much of a card is shown. First the forms leave their buttons, which nobody sees; then folded lists go, then long
/// texts; the verdict, the notices and the actions come last, and only for cards that nobody would write.
/// </summary>
/// <param name="Forms">Buttons carry the whole form that they open.</param>
/// <param name="Folded">Items of a list, and parts, inside details.</param>
/// <param name="Listed">Items of a list, facts, and lines of a notice.</param>
/// <param name="Blocks">Parts of the body.</param>
/// <param name="Text">Code points of one text.</param>
/// <param name="Actions">Buttons.</param>
internal sealed record Shortening(bool Forms, int Folded, int Listed, int Blocks, int Text, int Actions)
{
    /// <summary>Code points of a title, a heading or a label.</summary>
    public int Title => Math.Min(Text, 300);

    /// <summary>For a message and for Home; each shows less than the one before.</summary>
    public static IReadOnlyList<Shortening> Steps { get; } =
    [
        new(true, 30, 40, 100, 3_000, 25),
        new(false, 30, 40, 100, 3_000, 25),
        new(false, 10, 40, 100, 1_500, 25),
        new(false, 4, 25, 40, 800, 25),
        new(false, 1, 15, 30, 400, 25),
        new(false, 1, 8, 20, 200, 12),
        new(false, 0, 5, 12, 120, 8),
        new(false, 0, 3, 6, 80, 4),
        new(false, 0, 1, 3, 60, 0),
    ];

    /// <summary>For details in a modal, where there is more room.</summary>
    public static IReadOnlyList<Shortening> DetailSteps { get; } =
    [
        new(false, 300, 300, 300, 3_000, 0),
        new(false, 100, 100, 60, 2_000, 0),
        new(false, 40, 40, 40, 800, 0),
        new(false, 15, 15, 20, 300, 0),
        new(false, 5, 5, 10, 100, 0),
        new(false, 1, 1, 4, 60, 0),
    ];
}
