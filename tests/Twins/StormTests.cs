using PatchBot.Core.Announcements;
using PatchBot.Core.Approvals;
using PatchBot.Core.Delivery;
using PatchBot.Core.Lab;
using PatchBot.Core.People.Links;
using PatchBot.Core.Rollouts;
using PatchBot.Tests.Slack.Inbound;
using PatchBot.Tests.Support;
using PatchBot.Tests.Teams.Inbound;
using static PatchBot.Tests.Twins.TwinRoom;

namespace PatchBot.Tests.Twins;

/// <summary>Four people on two platforms at once, each delivery several times and in any order: both sides end on the same state.</summary>
public sealed class StormTests(ITestOutputHelper output)
{
    private const int Quorum = 3;

    [Theory, InlineData(false), InlineData(true)]
    public async Task Given_all_press_at_once_on_both_platforms_then_each_human_counts_once_and_both_sides_show_the_same(bool apart)
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"Seed: {seed}");
        var chance = new Random(seed);
        await using var room = await StartAsync(Quorum, apart);
        await room.LinkAnnAsync();
        var cards = await room.ReleaseAsync();

        Delivery[] tests = Tests(room, cards);
        await Storm.BreakAsync(chance, [.. tests, .. Presses(room, cards)], Some.Token);
        output.WriteLine($"In step after the lab's results: {(await room.InStepAsync()).TotalMilliseconds:0} ms");
        Assert.Equal(
            [("hv-lab-02", LabOutcome.Pass, TeamsSide.Ben.Id), ("hv-lab-03", LabOutcome.Pass, SlackSide.Dee.Id), ("hv-lab-04", LabOutcome.Pass, SlackSide.Cem.Id)],
            (await room.ResultsAsync()).OrderBy(result => result.Host, StringComparer.Ordinal).Select(result => (result.Host, result.Outcome, result.By.Id)));
        Assert.Empty(await room.StandingAsync());
        AssertTwins(room, cards);

        await Storm.BreakAsync(chance, [.. Presses(room, cards), .. Presses(room, cards), .. tests], Some.Token);
        output.WriteLine($"In step after the last press: {(await room.InStepAsync()).TotalMilliseconds:0} ms");

        var standing = await room.StandingAsync();
        var humans = await room.ReadAsync((session, token) => session.Links.AmongAsync(standing.Select(decision => decision.By.Id), token));
        Assert.All(standing, decision => Assert.Equal(DecisionKind.Approve, decision.Kind));
        Assert.Equal(Quorum, standing.Count);
        Assert.Equal(Quorum, standing.Select(decision => humans.Of(decision.By.Id).Id).Distinct().Count());
        Assert.Equal(RolloutState.Approved, (await room.RolloutAsync()).State);
        Assert.Equal(Quorum, await room.CountAuditAsync("approval.approve"));
        Assert.Equal(1, await room.CountAuditAsync("window.announced"));
        Assert.Equal("", (await room.VerifyAuditAsync()).Fault);

        AssertTwins(room, cards);
        AssertTwins(room, await room.TwinsAsync(await AnnouncementAsync(room)));
        Assert.DoesNotContain(room.Faults, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    /// <summary>What engineers say and change on both sides. In the end three results stand, and what was deleted does not.</summary>
    private static Delivery[] Tests(TwinRoom room, (Post Teams, Post Slack) cards)
    {
        var cem = Deliveries.Message(SlackSide.Cem.Id.ObjectId, "fail on hv-lab-04: agent won't start", thread: cards.Slack.Message);
        var dee = Deliveries.Message(SlackSide.Dee.Id.ObjectId, $"{SlackRoom.Mention} pass on hv-lab-03, backups ok", thread: cards.Slack.Message);
        var gone = Deliveries.Message(SlackSide.Dee.Id.ObjectId, "blocked on hv-lab-06: no snapshot", thread: cards.Slack.Message);
        return
        [
            Ben("1700000000001", "fail on hv-lab-02: agent won't start"),
            Ben("1700000000001", "pass on hv-lab-02, backups ok", "messageUpdate"),
            Ben("1700000000002", "blocked on hv-lab-05: no snapshot"),
            Ben("1700000000002", "", "messageDelete"),
            room.Slack.Happened(cem),
            room.Slack.Happened(Deliveries.Edit(cem, "pass on hv-lab-04, backups ok")),
            .. room.Slack.Mentioned(dee),
            room.Slack.Happened(gone),
            room.Slack.Happened(Deliveries.Deletion(gone)),
        ];

        Delivery Ben(string id, string text, string type = "message") =>
            room.Teams.Written(Activities.Message(TeamsSide.Ben, text, cards.Teams.Message, type: type, id: id));
    }

    /// <summary>Everybody presses what their own side shows now; Ann does on both.</summary>
    private static Delivery[] Presses(TwinRoom room, (Post Teams, Post Slack) cards) =>
    [
        room.Teams.Press(TeamsSide.Ann, cards.Teams, "Approve"),
        room.Teams.Press(TeamsSide.Ben, cards.Teams, "Approve"),
        room.Slack.Press(SlackSide.Ann, cards.Slack, "Approve"),
        room.Slack.Press(SlackSide.Cem, cards.Slack, "Approve"),
        room.Slack.Press(SlackSide.Dee, cards.Slack, "Approve"),
    ];

    private static async Task<PostSubject> AnnouncementAsync(TwinRoom room)
    {
        var window = (await room.RolloutAsync()).Window!;
        var told = Assert.Single(await room.ReadAsync((session, token) => session.Announcements.OfWindowAsync(ProductionRing.Key, window.Start, token)));
        return PostSubject.Of(AnnouncementCard.SubjectKind, $"{told.Id}");
    }

    /// <summary>Each side shows the post once, and both say the same.</summary>
    private static void AssertTwins(TwinRoom room, (Post Teams, Post Slack) posts)
    {
        var words = room.Teams.WordsOf(posts.Teams);
        Assert.NotEmpty(words);
        Assert.Equal(words, room.Slack.WordsOf(posts.Slack));
        var title = (string)room.Slack.BlocksOf(posts.Slack)![0]!["text"]!["text"]!;
        Assert.Equal((1, 1), (room.Teams.Count(title), room.Slack.Count(title)));
    }
}
