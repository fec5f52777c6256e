using PatchBot.Cards.PlainText;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Core.Lab;

public sealed class LabCardTests
{
    public static TheoryData<string> States => [.. LabCardStates.All.Keys];

    [Theory, MemberData(nameof(States))]
    public void Given_a_lab_report_in_a_state_then_its_card_reads_as_agreed(string state)
    {
        var card = LabCardStates.All[state];
        Golden.Matches($"{state}.txt", $"{PlainTextRenderer.Preview(card)}\n\n{PlainTextRenderer.Render(card)}");
    }
}
