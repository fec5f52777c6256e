using PatchBot.Adapters.Slack.Protocol;
using PatchBot.Core.Lab;
using PatchBot.Core.People;
using PatchBot.Core.Rollouts;
using PatchBot.Tests.Support;
using static PatchBot.Tests.Slack.Inbound.Missed.MissedRoom;
using static PatchBot.Tests.Slack.Inbound.SlackRoom;

namespace PatchBot.Tests.Slack.Inbound.Missed;

/// <summary>What people wrote in Slack while the bot did not listen.</summary>
public sealed class MissedMessageTests
{
    [Fact]
    public async Task Given_a_reply_that_nobody_told_then_its_result_is_recorded_once_however_many_processes_read_it()
    {
        var (room, card) = await RoomAsync();
        await using var _ = room;
        var written = Write(room, Erin, Pass, card);
        await Task.WhenAll(ReadBackAsync(room), ReadBackAsync(room));
        await ReadBackAsync(room);
        var result = Assert.Single(await room.ResultsAsync());
        Assert.Equal((LabOutcome.Pass, "hv-lab-02", Erin), (result.Outcome, result.Host, result.By));
        Assert.Equal(SlackTs.Read((string?)written["ts"])!.Value, result.At, TimeSpan.FromMilliseconds(1));
        Assert.Empty(room.Api.All);
    }

    [Fact]
    public async Task Given_messages_that_were_heard_then_they_are_neither_recorded_nor_answered_again()
    {
        var (room, card) = await RoomAsync();
        await using var _ = room;
        await room.EventAsync(Write(room, Erin, Pass, card));
        await room.EventAsync(Write(room, Max, $"{Mention} status"));
        var edited = Write(room, Erin, "pass on hv-lab-03", card);
        await room.EventAsync(edited);
        var edit = NextTs();
        await room.EventAsync(Deliveries.Edit(edited, "fail on hv-lab-03", edit));
        room.Api.History.Edit(edited, "fail on hv-lab-03", edit);
        var (answers, reports) = (room.Api.All.Count, await ReportsAsync(room));
        await ReadBackAsync(room);
        Assert.Equal((answers, reports), (room.Api.All.Count, await ReportsAsync(room)));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Given_an_edit_that_nobody_told_then_the_present_words_count_once_whether_or_not_the_first_were_heard(bool heard)
    {
        var (room, card) = await RoomAsync();
        await using var _ = room;
        var message = Write(room, Erin, Pass, card);
        if (heard)
        {
            await room.EventAsync(message);
        }

        room.Api.History.Edit(message, "fail on hv-lab-02: agent won't start", NextTs());
        await ReadBackAsync(room);
        var reports = await ReportsAsync(room);
        await ReadBackAsync(room);
        Assert.Equal([LabOutcome.Fail], (await room.ResultsAsync()).Select(result => result.Outcome));
        Assert.Equal(reports, await ReportsAsync(room));
    }

    [Fact]
    public async Task Given_an_approval_that_nobody_told_then_it_approves_nothing_and_the_thread_says_so_once()
    {
        var (room, card) = await RoomAsync();
        await using var _ = room;
        await room.TestedAsync(card);
        Write(room, Max, "approve production", card);
        await ReadBackAsync(room);
        await ReadBackAsync(room);
        Assert.Equal(RolloutState.Proposed, await room.StateAsync());
        var answer = Assert.Single(room.Api.All);
        Assert.Equal(("post", $"{Ops}/{card}"), (answer.How, answer.Where));
        Assert.Contains("decided nothing", answer.Text + answer.Json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_questions_that_nobody_told_then_they_are_answered_also_in_a_chat_with_one_person_or_several()
    {
        var (room, _) = await RoomAsync();
        await using var _ = room;
        await OpenAsync(room, "D01ERIN", ConversationKind.Direct);
        await OpenAsync(room, "G01MORE", ConversationKind.Group);
        var asked = Write(room, Max, $"{Mention} status");
        Write(room, Erin, "status", channel: "D01ERIN");
        var group = Write(room, Max, $"{Mention} status", channel: "G01MORE");
        Write(room, Max, "status", channel: "G01MORE");
        await ReadBackAsync(room);
        Assert.Equal([$"{Ops}/{asked["ts"]}", $"G01MORE/{group["ts"]}", "D01ERIN"], room.Api.All.Select(said => said.Where));
        Assert.All(room.Api.All, said => Assert.Contains("KB5032196", said.Text + said.Json, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Given_what_apps_and_the_bot_itself_wrote_then_it_is_left_alone()
    {
        var (room, card) = await RoomAsync();
        await using var _ = room;
        var app = Deliveries.Message(Erin.Id.ObjectId, Pass, NextTs(), card);
        app["bot_id"] = "B0OTHER";
        room.Api.History.Keep(app);
        room.Api.History.Keep(Deliveries.Message(BotUser, Pass, NextTs(), card));
        room.Api.History.Keep(Deliveries.Message(Erin.Id.ObjectId, Pass, NextTs(), card, subtype: "bot_message"));
        await ReadBackAsync(room);
        Assert.Empty(await room.ResultsAsync());
        Assert.Empty(room.Api.All);
    }

    [Fact]
    public async Task Given_a_card_that_is_older_than_what_is_read_then_replies_below_it_are_found_as_long_as_its_patch_is_open()
    {
        var room = await StartAsync();
        await using var _ = room;
        await room.InviteAsync();
        var card = SlackTs.Of(TimeProvider.System.GetUtcNow().AddDays(-40))[..^1] + "1";
        await room.ReleaseAsync(card: card);
        room.Api.History.Keep(Deliveries.Message(BotUser, "KB5032196", card));
        Write(room, Erin, Pass, card);
        room.Api.History.PageSize = 1;
        await ReadBackAsync(room);
        Assert.Single(await room.ResultsAsync());
    }

    [Fact]
    public async Task Given_what_was_written_before_the_bot_came_or_its_record_began_then_it_is_not_read()
    {
        var (room, card) = await RoomAsync();
        await using var _ = room;
        room.Api.History.Keep(Deliveries.Message(Erin.Id.ObjectId, "KB5032196 passed on hv-lab-01", SlackTs.Of(TimeProvider.System.GetUtcNow().AddHours(-2))));
        Write(room, Erin, "KB5032196 passed on hv-lab-02");
        room.Api.History.Keep(Deliveries.Message(BotUser, "has joined", NextTs(), subtype: "channel_join"));
        Write(room, Erin, "pass on hv-lab-03", card);
        await ReadBackAsync(room);
        Assert.Equal(["hv-lab-03"], (await room.ResultsAsync()).Select(result => result.Host));
    }

    [Fact]
    public async Task Given_people_of_an_organisation_and_of_another_in_a_shared_channel_then_they_are_who_they_are_in_events()
    {
        var (room, card) = await RoomAsync();
        await using var _ = room;
        room.Workspaces.Installed[Team] = room.Workspaces.Installed[Team] with { Enterprise = "E0CORP" };
        room.Api.Conversations[Ops] = room.Api.Conversations[Ops] with { IsShared = true };
        Write(room, Erin, Pass, card);
        var foreign = Deliveries.Message("U0ELSE", Pass, NextTs(), card);
        (foreign["team"], foreign["user_team"]) = (Team, "T0ELSE");
        room.Api.History.Keep(foreign);
        await ReadBackAsync(room);
        Assert.NotNull(await room.PersonAsync(PersonId.Of("slack", "E0CORP", Erin.Id.ObjectId)));
        Assert.NotNull(await room.PersonAsync(PersonId.Of("slack", "T0ELSE", "U0ELSE")));
    }

    private static async Task<int> ReportsAsync(SlackRoom room) =>
        (await room.ReadAsync((session, token) => session.Audit.ReadFromAsync(1, 1_000, token))).Count(entry => entry.Event.Action.StartsWith("lab.", StringComparison.Ordinal));
}
