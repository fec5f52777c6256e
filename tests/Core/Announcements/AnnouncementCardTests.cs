using PatchBot.Cards.PlainText;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Core.Announcements;

/// <summary>What a channel reads of a window, stage by stage.</summary>
public sealed class AnnouncementCardTests
{
    public static TheoryData<string> States => [.. AnnouncementCardStates.All.Keys];

    [Theory, MemberData(nameof(States))]
    public void Given_a_stage_then_the_card_reads_as_agreed(string state)
    {
        var card = AnnouncementCardStates.All[state];
        Golden.Matches($"{state}.txt", $"{PlainTextRenderer.Preview(card)}\n\n{PlainTextRenderer.Render(card)}");
    }
}
