using PatchBot.Cards.PlainText;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Core.Rollouts;

/// <summary>The card of a patch in the states that people meet it in.</summary>
public sealed class PatchCardTests
{
    public static TheoryData<string> States => [.. PatchCardStates.All.Keys];

    [Theory, MemberData(nameof(States))]
    public async Task Given_a_patch_in_a_state_then_its_card_reads_as_agreed(string state)
    {
        var card = await PatchCardStates.All[state]();
        Golden.Matches($"{state}.txt", $"{PlainTextRenderer.Preview(card)}\n\n{PlainTextRenderer.Render(card)}");
    }
}
