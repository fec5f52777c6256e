using PatchBot.Core.Lab;
using PatchBot.Core.Rollouts;
using static PatchBot.Tests.Slack.Inbound.Deliveries;
using static PatchBot.Tests.Slack.Inbound.SlackRoom;

namespace PatchBot.Tests.Slack.Inbound;

/// <summary>The slash command.</summary>
public sealed class CommandTests
{
    [Theory, InlineData(""), InlineData("help"), InlineData("  ")]
    public async Task Given_a_command_without_words_then_the_help_comes_back_to_the_person_alone(string text)
    {
        await using var room = await StartAsync();
        var (status, body) = await room.CommandAsync(Command(Otto.Id.ObjectId, text));
        Assert.Equal((200, "ephemeral"), (status, (string?)body!["response_type"]));
        Assert.Contains("status KB5032196", body.ToJsonString(), StringComparison.Ordinal);
        Assert.NotEmpty(body["blocks"]!.AsArray());
        Assert.Empty(room.Api.All);
    }

    [Fact]
    public async Task Given_a_lab_result_by_command_then_it_counts_as_if_it_were_said_in_the_channel()
    {
        var (room, _) = await WithCardAsync();
        await using var _ = room;
        var command = Command(Erin.Id.ObjectId, "pass KB5032196 on hv-lab-02");
        var (_, body) = await room.CommandAsync(command);
        Assert.StartsWith("Recorded", (string?)body!["text"], StringComparison.Ordinal);
        Assert.Contains($"https://patch-works.slack.com/archives/{Channel.Id}/p", body.ToJsonString(), StringComparison.Ordinal);
        await room.CommandAsync(command);
        var result = Assert.Single(await room.ResultsAsync());
        Assert.Equal((LabOutcome.Pass, "hv-lab-02"), (result.Outcome, result.Host));
        var echo = await room.ReadAsync((session, token) => session.Posts.FindAsync(Channel, LabReportCard.SubjectOf(result.ReportId), token));
        Assert.Null(echo!.Thread);
    }

    [Theory, InlineData(" a b"), InlineData("a:b"), InlineData(""), InlineData("999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999")]
    public async Task Given_a_workspace_that_is_none_then_whoever_writes_in_a_known_channel_is_of_its_own(string team)
    {
        var (room, _) = await WithCardAsync();
        await using var _ = room;
        var command = Command(Erin.Id.ObjectId, "pass KB5032196 on hv-lab-02");
        command["team_id"] = team;
        await room.CommandAsync(command);
        Assert.Equal(Erin.Id, Assert.Single(await room.ResultsAsync()).By.Id);
    }

    [Fact]
    public async Task Given_words_that_are_not_understood_then_the_person_is_told()
    {
        await using var room = await StartAsync();
        var (_, body) = await room.CommandAsync(Command(Erin.Id.ObjectId, "lorem ipsum"));
        Assert.Contains("did not understand", (string?)body!["text"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_command_that_is_delivered_again_then_nothing_more_is_said()
    {
        await using var room = await StartAsync();
        var command = Command(Erin.Id.ObjectId, "status");
        Assert.NotNull((await room.CommandAsync(command)).Body);
        Assert.Equal((200, null), await room.CommandAsync(command));
    }

    [Theory, InlineData("<@U01ERIN|erin> approve"), InlineData("approve")]
    public async Task Given_an_approval_by_command_then_nothing_says_which_patch_so_nothing_is_approved(string text)
    {
        var (room, card) = await WithCardAsync();
        await using var _ = room;
        await room.TestedAsync(card);
        await room.CommandAsync(Command(Max.Id.ObjectId, text));
        Assert.Equal(RolloutState.Proposed, await room.StateAsync());
    }

    [Fact]
    public async Task Given_a_command_that_asks_for_the_form_then_it_opens()
    {
        var (room, _) = await WithCardAsync();
        await using var _ = room;
        Assert.Equal((200, null), await room.CommandAsync(Command(Erin.Id.ObjectId, "record")));
        Assert.Contains("in.patch", Assert.Single(room.Api.Modals).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_private_question_and_no_private_way_back_then_nothing_of_the_answer_is_said_aloud()
    {
        var (room, _) = await WithCardAsync();
        await using var _ = room;
        (room.Api.TriggersExpire, room.Api.AddressesExpire, room.Api.OpensChats) = (true, true, false);
        room.Api.Strangers.Add(Erin.Id.ObjectId);
        await room.CommandAsync(Command(Erin.Id.ObjectId, "record"));
        var aloud = Assert.Single(room.Api.All);
        Assert.Contains("could not answer you in private", aloud.Text, StringComparison.Ordinal);
        Assert.Null(aloud.Json);
    }

    [Fact]
    public async Task Given_a_command_of_a_workspace_without_the_bot_then_it_says_so()
    {
        await using var room = await StartAsync();
        room.Workspaces.Installed.Clear();
        var (_, body) = await room.CommandAsync(Command(Erin.Id.ObjectId, "status"));
        Assert.Contains("not installed", (string?)body!["text"], StringComparison.Ordinal);
    }
}
