namespace PatchBot.Adapters.Teams.Package;

/// <summary>
/// What Teams offers to someone who writes to the bot. It puts the title into the message box, to be completed there, so
/// a title is the beginning of what <see cref="Core.Conversation.CommandReader"/> understands.
/// </summary>
internal static class BotCommands
{
    public const string Team = "team";
    public const string GroupChat = "groupChat";
    public const string Personal = "personal";

    private static readonly ManifestCommand[] Looking =
    [
        new("status", "What is open. With a patch's name behind it, where that one stands: status KB5032196"),
        new("what waits for me?", "What you can decide or test now"),
        new("windows", "The next approved maintenance windows"),
    ];

    private static readonly ManifestCommand Help = new("help", "All that you can write");

    // Decisions are for the thread of a patch's card, where the mention offers the same list.
    private static readonly ManifestCommand[] Together =
    [
        .. Looking,
        new("pass on", "In a card's thread: a lab result, such as: pass on hv-lab-02, backups ok. Also fail, blocked, partial"),
        new("approve", "In a card's thread: approve the suggested window. Add the ring's name if several wait"),
        new("reject:", "In a card's thread: reject the patch, with the reason behind the colon"),
        new("defer to next month", "In a card's thread: ask for a later window. Also next week, next window, or a date"),
        new("follow patches of", "For admins: cards of a ring's patches come here, such as: follow patches of production"),
        new("follow announcements of", "For admins: a ring's approved windows are announced here, such as: follow announcements of production"),
        Help,
    ];

    private static readonly ManifestCommand[] Alone =
    [
        new("whoami", "By which identities I know you, and what you may"),
        new("link", "You are on another chat platform too: be one person on both"),
    ];

    public static IReadOnlyList<ManifestCommandList> Lists { get; } =
    [
        new([Team], Together),
        new([GroupChat], Together),
        new([Personal], [.. Looking, .. Alone, Help]),
    ];
}
