using PatchBot.Core.Lab;
using PatchBot.Core.People;
using PatchBot.Core.Rollouts;
using PatchBot.Tests.Slack;
using PatchBot.Tests.Slack.Inbound;
using PatchBot.Tests.Support;
using PatchBot.Tests.Teams.Inbound;

namespace PatchBot.Tests.Twins;

/// <summary>Two platforms, one record: what is done on one is seen on the other, and a person counts once.</summary>
public sealed class TwinTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Given_a_click_on_slack_then_the_card_in_teams_says_so_and_the_other_way_round()
    {
        await using var room = await TwinRoom.StartAsync(quorum: 2);
        var (teams, slack) = await room.ReleaseAsync();
        await TestedAsync(room, SlackSide.Dee);

        await room.Slack.Press(SlackSide.Cem, slack, "Approve")(0);
        await Eventually.IsAsync(() => Says(room.Teams.WordsOf(teams), "Cem", "1", "of", "2"), "Cem's approval on Teams");
        output.WriteLine($"From Slack to Teams and in step: {(await room.InStepAsync()).TotalMilliseconds:0} ms more");

        await room.Teams.Press(TeamsSide.Ben, teams, "Approve")(0);
        await Eventually.IsAsync(() => Says(room.Slack.WordsOf(slack), "approved", "Cem", "Ben"), "Ben's approval on Slack");
        output.WriteLine($"From Teams to Slack and in step: {(await room.InStepAsync()).TotalMilliseconds:0} ms more");

        Assert.Equal(RolloutState.Approved, (await room.RolloutAsync()).State);
        Assert.Equal(room.Teams.WordsOf(teams), room.Slack.WordsOf(slack));
    }

    [Fact]
    public async Task Given_a_lab_result_by_reply_on_teams_then_the_card_in_slack_shows_it_and_its_edit_and_its_deletion()
    {
        await using var room = await TwinRoom.StartAsync(quorum: 1);
        var (teams, slack) = await room.ReleaseAsync();
        await room.Teams.Written(Activities.Message(TeamsSide.Ben, "pass on hv-lab-01, backups ok", teams.Message, id: "1700000000001"))(0);
        await Eventually.IsAsync(() => Says(room.Slack.WordsOf(slack), "Pass", "hv-lab-01", "Ben"), "the result on Slack");

        await room.Teams.Written(Activities.Message(TeamsSide.Ben, "fail on hv-lab-01: agent won't start", teams.Message, type: "messageUpdate", id: "1700000000001"))(0);
        await Eventually.IsAsync(() => Says(room.Slack.WordsOf(slack), "Fail", "hv-lab-01", "Ben"), "the edit on Slack");

        await room.Teams.Written(Activities.Message(TeamsSide.Ben, "", teams.Message, type: "messageDelete", id: "1700000000001"))(0);
        await Eventually.IsAsync(() => !room.Slack.WordsOf(slack).Contains("hv-lab-01"), "the deletion on Slack");
        await room.InStepAsync();
        Assert.Equal(room.Teams.WordsOf(teams), room.Slack.WordsOf(slack));
    }

    [Fact]
    public async Task Given_the_only_result_is_ones_own_then_one_cannot_approve_on_the_other_platform_unless_unlinked()
    {
        await using var room = await TwinRoom.StartAsync(quorum: 1);
        await room.LinkAnnAsync();
        var (teams, _) = await room.ReleaseAsync();
        await TestedAsync(room, SlackSide.Ann);

        await room.Teams.Press(TeamsSide.Ann, teams, "Approve")(0);
        Assert.Empty(await room.StandingAsync());

        await UnlinkAnnAsync(room);
        await room.Teams.Press(TeamsSide.Ann, teams, "Approve")(0);
        Assert.Equal(TeamsSide.Ann.Id, Assert.Single(await room.StandingAsync()).By.Id);
        Assert.Equal(RolloutState.Approved, (await room.RolloutAsync()).State);
    }

    [Fact]
    public async Task Given_a_human_of_two_identities_then_the_quorum_counts_them_once_until_they_are_unlinked()
    {
        await using var room = await TwinRoom.StartAsync(quorum: 2);
        await room.LinkAnnAsync();
        var (teams, slack) = await room.ReleaseAsync();
        await TestedAsync(room, SlackSide.Dee);

        await room.Teams.Press(TeamsSide.Ann, teams, "Approve")(0);
        await room.Slack.Press(SlackSide.Ann, slack, "Approve")(0);
        await room.InStepAsync();
        Assert.Equal(TeamsSide.Ann.Id, Assert.Single(await room.StandingAsync()).By.Id);
        Assert.Equal(RolloutState.Proposed, (await room.RolloutAsync()).State);

        await UnlinkAnnAsync(room);
        await room.Slack.Press(SlackSide.Ann, slack, "Approve")(0);
        await room.InStepAsync();
        Assert.Equal([TeamsSide.Ann.Id, SlackSide.Ann.Id], (await room.StandingAsync()).Select(decision => decision.By.Id));
        Assert.Equal(RolloutState.Approved, (await room.RolloutAsync()).State);
        Assert.Equal(room.Teams.WordsOf(teams), room.Slack.WordsOf(slack));
    }

    private static async Task TestedAsync(TwinRoom room, Person by)
    {
        var (_, slack) = await room.CardsAsync();
        await room.Slack.Happened(Deliveries.Message(by.Id.ObjectId, "pass on hv-lab-02, backups ok", thread: slack.Message))(0);
        await room.InStepAsync();
        Assert.Equal((LabOutcome.Pass, by.Id), (await room.ResultsAsync()) is [var result] ? (result.Outcome, result.By.Id) : default);
    }

    // Dee is the admin.
    private static async Task UnlinkAnnAsync(TwinRoom room)
    {
        Assert.Contains("Unlinked", await room.Slack.AskAsync(SlackSide.Dee, $"unlink {SlackSide.Ann.Id}"), StringComparison.Ordinal);
        await room.InStepAsync();
    }

    private static bool Says(IReadOnlyList<string> words, params string[] said) => said.All(words.Contains);
}
