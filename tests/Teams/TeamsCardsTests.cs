using System.Text;
using Microsoft.Extensions.Options;
using PatchBot.Adapters.Teams;
using PatchBot.Adapters.Teams.Protocol;
using PatchBot.Cards;
using PatchBot.Core.Windows;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Teams;

public sealed class TeamsCardsTests
{
    [Theory, InlineData(false, true), InlineData(true, false)]
    public async Task Given_a_bot_of_another_name_then_its_cards_say_whom_to_mention_where_that_is_needed(bool hearsAll, bool says)
    {
        await using var record = await TestRecord.CreateAsync();
        var cards = new TeamsCards(new Rings([]), Options.Create(new TeamsOptions { Package = new() { Name = "Patchy" } }));
        var address = new ConversationAddress("https://smba.trafficmanager.net/emea/", "tenant", "28:bot", ConversationKind.Channel, "19:team", hearsAll);
        var card = new ChatCard { Title = "KB1", Summary = "KB1", Body = [new ReplyHintBlock("pass on hv-lab-02")] };

        var drawn = Encoding.UTF8.GetString(await record.ReadAsync((session, token) => cards.PostAsync(session, address, card, 1, token), Some.Token));
        Assert.Equal(says, drawn.Contains("@Patchy pass on hv-lab-02", StringComparison.Ordinal));
        Assert.DoesNotContain("@PatchBot", drawn, StringComparison.Ordinal);
    }
}
