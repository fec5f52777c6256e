using PatchBot.Adapters.Teams;
using PatchBot.Cards;
using PatchBot.Core.Delivery;

namespace PatchBot.Host.Demo;

/// <summary>What the demo is, and what to try with it where it was asked for.</summary>
internal static class DemoCard
{
    private static IReadOnlyList<CardText> AsFourPeople { get; } =
    [
        "As Erin the engineer, reply in a card's thread: pass on hv-lab-02, backups ok",
        "As Max the manager, press Approve, or reply: approve production",
        "Look into Announcements: the window is there, with its patches in order",
        "As Otto the outsider, try to approve",
    ];

    // Teams' emulator has one person, who may do all but approve what nobody else tested, and it brings the bot only what mentions it.
    private static IReadOnlyList<CardText> AloneInTeams { get; } =
    [
        "Reply in a card's thread: @PatchBot pass on hv-lab-02, backups ok (pick the mention from the list)",
        "Reply there: @PatchBot approve production, and read why not: only you have tested it",
        "Test it once more as Erin, in the web chat beside this, and press Approve on the card",
        "The window is announced in this channel, with its patches in order",
    ];

    public static ChatCard For(ChannelRef channel, int patches, int posted) => new()
    {
        Title = "A real Patch Tuesday, replayed",
        Summary = $"{patches} patches of Microsoft's November 2023 release, {posted} of them concern your two rings.",
        Tone = Tone.Accent,
        Body =
        [
            new TextBlock($"These are {patches} patches of Microsoft's release of 14 November 2023, with their dates moved to today. {posted} of them concern the two rings of this trial and got a card."),
            new ListBlock(channel.Platform == TeamsOptions.Platform ? AloneInTeams : AsFourPeople, Ordered: true),
        ],
    };
}
