using System.Text.Json.Nodes;
using PatchBot.Core.Lab;
using PatchBot.Core.People;
using PatchBot.Core.Rollouts;
using static PatchBot.Tests.Slack.Inbound.Deliveries;
using static PatchBot.Tests.Slack.Inbound.SlackRoom;

namespace PatchBot.Tests.Slack.Inbound;

/// <summary>What people write in Slack.</summary>
public sealed class MessageTests
{
    private const string Pass = "pass on hv-lab-02, backups ok";

    [Theory, InlineData(null), InlineData("file_share"), InlineData("thread_broadcast")]
    public async Task Given_a_reply_under_a_card_then_the_lab_result_is_recorded_and_nobody_is_whispered_to(string? subtype)
    {
        var (room, card) = await WithCardAsync();
        await using var _ = room;
        Assert.Equal(200, await room.EventAsync(Message(Erin.Id.ObjectId, Pass, thread: card, subtype: subtype)));
        var result = Assert.Single(await room.ResultsAsync());
        Assert.Equal((LabOutcome.Pass, "hv-lab-02", Erin), (result.Outcome, result.Host, result.By));
        Assert.Empty(room.Api.All);
    }

    [Theory, InlineData("message"), InlineData("app_mention"), InlineData("message app_mention"), InlineData("app_mention message"), InlineData("message message app_mention app_mention")]
    public async Task Given_a_mention_that_comes_as_message_and_as_mention_then_it_counts_and_is_answered_once(string order)
    {
        var (room, _) = await WithCardAsync();
        await using var _ = room;
        var message = Message(Max.Id.ObjectId, $"{Mention} status");
        foreach (var kind in order.Split(' '))
        {
            Assert.Equal(200, await room.EventAsync(kind == "message" ? message : AsMention(message)));
        }

        var answer = Assert.Single(room.Api.All);
        Assert.Equal(("post", $"{Ops}/{message["ts"]}"), (answer.How, answer.Where));
        Assert.Contains("KB5032196", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_mention_that_asks_for_an_export_then_the_card_and_the_file_come_in_its_thread()
    {
        var (room, _) = await WithCardAsync();
        await using var _ = room;
        var message = Message(Max.Id.ObjectId, $"{Mention} export");
        Assert.Equal(200, await room.EventAsync(message));
        await Eventually.IsAsync(() => room.Api.All.Count == 2, "the card and the file are sent");
        Assert.Equal(["post", "file"], room.Api.All.Select(said => said.How));
        Assert.All(room.Api.All, said => Assert.Equal($"{Ops}/{message["ts"]}", said.Where));
        Assert.Matches(@"^open-patches-[\d-]{10}\.csv: (?s:.*)KB5032196", room.Api.All[1].Text);
    }

    [Fact]
    public async Task Given_an_edit_a_second_edit_and_a_deletion_then_the_result_follows()
    {
        var (room, card) = await WithCardAsync();
        await using var _ = room;
        var message = Message(Erin.Id.ObjectId, Pass, thread: card);
        await room.EventAsync(message);
        var edit = Edit(message, "fail on hv-lab-02: agent won't start");
        await room.EventAsync(edit);
        await room.EventAsync(edit);
        Assert.Equal([LabOutcome.Fail], (await room.ResultsAsync()).Select(result => result.Outcome));

        var edited = (JsonObject)message.DeepClone();
        (edited["text"], edited["edited"]) = ((string?)edit["message"]!["text"], edit["message"]!["edited"]!.DeepClone());
        await room.EventAsync(Edit(edited, Pass));
        Assert.Equal([LabOutcome.Pass], (await room.ResultsAsync()).Select(result => result.Outcome));
        await room.EventAsync(Deletion(edited));
        Assert.Empty(await room.ResultsAsync());
    }

    [Fact]
    public async Task Given_a_message_with_replies_is_deleted_then_its_tombstone_takes_the_result_too()
    {
        var (room, card) = await WithCardAsync();
        await using var _ = room;
        var message = Message(Erin.Id.ObjectId, Pass, thread: card);
        await room.EventAsync(message);
        await room.EventAsync(Tombstone(message));
        Assert.Empty(await room.ResultsAsync());
    }

    [Fact]
    public async Task Given_a_link_was_unfolded_or_a_thread_has_grown_then_it_is_no_edit()
    {
        var (room, card) = await WithCardAsync();
        await using var _ = room;
        var message = Message(Erin.Id.ObjectId, Pass, thread: card);
        await room.EventAsync(message);
        var unfolded = Edit(message, Pass);
        ((JsonObject)unfolded["message"]!).Remove("edited");
        unfolded["message"]!["attachments"] = new JsonArray(new JsonObject { ["text"] = "a page" });
        await room.EventAsync(unfolded);

        var grown = Edit(message, "fail on hv-lab-02: agent won't start");
        grown["previous_message"]!["edited"] = grown["message"]!["edited"]!.DeepClone();
        await room.EventAsync(grown);
        Assert.Equal([LabOutcome.Pass], (await room.ResultsAsync()).Select(result => result.Outcome));
    }

    [Fact]
    public async Task Given_an_approval_by_reply_then_it_counts_and_only_the_writer_is_told()
    {
        var (room, card) = await WithCardAsync();
        await using var _ = room;
        await room.TestedAsync(card);
        await room.EventAsync(Message(Otto.Id.ObjectId, "approve", thread: card));
        Assert.Equal((RolloutState.Proposed, $"whisper to {Otto.Id.ObjectId}", $"{Ops}/{card}"), (await room.StateAsync(), room.Api.All[^1].How, room.Api.All[^1].Where));
        await room.EventAsync(Message(Max.Id.ObjectId, $"{Mention} approve", thread: card));
        Assert.Equal((RolloutState.Approved, $"whisper to {Max.Id.ObjectId}"), (await room.StateAsync(), room.Api.All[^1].How));
    }

    [Theory]
    [InlineData("<@U01ERIN> approve"), InlineData("<@U0BOT> <@U01ERIN> approve"), InlineData("<@U01ERIN> <@U0BOT> approve"), InlineData("<@U01ERIN|erin> approve")]
    [InlineData("<!subteam^S123> approve"), InlineData("<!subteam^S123|@managers> approve"), InlineData("<!here> approve"), InlineData("<@U0BOT> <!channel> approve"), InlineData("<@U0BOTX> approve"), InlineData("&lt;@U0BOT&gt; &lt;@U01ERIN&gt; approve")]
    public async Task Given_someone_else_is_asked_to_approve_then_nothing_is_approved(string text)
    {
        var (room, card) = await WithCardAsync();
        await using var _ = room;
        await room.TestedAsync(card);
        await room.EventAsync(Message(Max.Id.ObjectId, text, thread: card));
        Assert.Equal(RolloutState.Proposed, await room.StateAsync());
    }

    [Theory, InlineData("what waits for me?", "What waits for Erin"), InlineData("<@U02MAX> what waits for me?", "did not understand")]
    public async Task Given_the_chat_with_the_bot_alone_then_no_mention_is_needed_and_the_answer_comes_there(string text, string answer)
    {
        var (room, _) = await WithCardAsync();
        await using var _ = room;
        const string channel = "D01ERIN";
        await room.EventAsync(Message(Erin.Id.ObjectId, text, channel: channel, channelType: "im"));
        var said = Assert.Single(room.Api.All);
        Assert.Equal(("post", channel), (said.How, said.Where));
        Assert.Contains(answer, said.Text, StringComparison.Ordinal);
        Assert.Equal(Erin.Name, (await room.ChannelAsync(channel))!.Name);
        Assert.Equal(channel, (await room.PersonAsync(Erin.Id))!.Direct?.Id);
    }

    [Fact]
    public async Task Given_a_chat_of_several_people_then_the_bot_must_be_mentioned()
    {
        var (room, _) = await WithCardAsync();
        await using var _ = room;
        await room.EventAsync(Message(Max.Id.ObjectId, "status", channel: "G01SOME", channelType: "mpim"));
        Assert.Empty(room.Api.All);
        await room.EventAsync(Message(Max.Id.ObjectId, $"{Mention} status", channel: "G01SOME", channelType: "mpim"));
        Assert.Single(room.Api.All);
        Assert.Contains("Group", (await room.ChannelAsync("G01SOME"))!.Address, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bot_message", null, "U99APP"), InlineData(null, "B77OTHER", "U77OTHER"), InlineData(null, BotId, BotUser), InlineData(null, null, BotUser)]
    [InlineData("channel_join", null, "U01ERIN"), InlineData("me_message", null, "U01ERIN"), InlineData("channel_topic", null, "U01ERIN"), InlineData("something_new", null, "U01ERIN")]
    public async Task Given_what_no_person_said_then_it_is_left_alone(string? subtype, string? bot, string user)
    {
        var (room, card) = await WithCardAsync();
        await using var _ = room;
        var message = Message(user, $"{Mention} {Pass}", thread: card, subtype: subtype);
        message["bot_id"] = bot;
        Assert.Equal(200, await room.EventAsync(message));
        Assert.Empty(await room.ResultsAsync());
        Assert.Empty(room.Api.All);
    }

    [Fact]
    public async Task Given_slacks_markup_then_it_is_read_once()
    {
        var (room, card) = await WithCardAsync();
        await using var _ = room;
        await room.EventAsync(Message(Erin.Id.ObjectId, "fail on hv-lab-02: a &lt;b&gt; &amp;amp; <https://kb.example.com/1|the article> in <#C05X|lab>", thread: card));
        var result = Assert.Single(await room.ResultsAsync());
        Assert.Equal(LabOutcome.Fail, result.Outcome);
        Assert.Contains("a <b> &amp; the article", result.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_person_of_another_organisation_in_a_shared_channel_then_they_keep_their_own_workspace()
    {
        var (room, card) = await WithCardAsync();
        await using var _ = room;
        var message = Message(Max.Id.ObjectId, "approve", thread: card);
        (message["user_team"], message["team"], message["source_team"]) = ("T09OTHER", "T09OTHER", "T09OTHER");
        await room.TestedAsync(card);
        await room.PostAsync(Envelope(message, foreign: true));
        Assert.Equal(RolloutState.Proposed, await room.StateAsync());
        Assert.NotNull(await room.PersonAsync(PersonId.Of("slack", "T09OTHER", Max.Id.ObjectId)));
    }

    [Theory, InlineData(false, "E01ORG", "E01ORG"), InlineData(true, null, "E01ORG"), InlineData(true, "T09OTHER", "T09OTHER")]
    public async Task Given_an_organisation_then_its_people_are_the_organisations(bool foreign, string? team, string tenant)
    {
        await using var room = await StartAsync();
        var message = Message(Erin.Id.ObjectId, $"{Mention} help");
        (message["user_team"], message["team"]) = (team, team);
        await room.PostAsync(Envelope(message, foreign: foreign, enterprise: "E01ORG"));
        Assert.NotNull(await room.PersonAsync(PersonId.Of("slack", tenant, Erin.Id.ObjectId)));
    }

    [Fact]
    public async Task Given_a_workspace_that_did_not_install_the_bot_then_it_is_left_alone_and_noted()
    {
        await using var room = await StartAsync();
        room.Workspaces.Installed.Clear();
        Assert.Equal(200, await room.EventAsync(Message(Erin.Id.ObjectId, $"{Mention} help")));
        Assert.Empty(room.Api.All);
        Assert.Contains("not installed", room.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_names_that_slack_does_not_tell_in_time_then_nobody_waits_and_they_are_learned()
    {
        var (room, card) = await WithCardAsync();
        await using var _ = room;
        var line = new TaskCompletionSource();
        room.Api.Line = () => line.Task;
        var message = Envelope(Message(Erin.Id.ObjectId, Pass, thread: card));
        var answered = await room.BareCallAsync(System.Text.Encoding.UTF8.GetBytes(message.ToJsonString()), "application/json");
        Assert.Equal((200, Erin.Id.ObjectId), (answered.Status, Assert.Single(await room.ResultsAsync()).By.Name));
        line.SetResult();
        await room.SettleAsync();
        await room.EventAsync(Message(Erin.Id.ObjectId, "good morning"));
        Assert.Equal(Erin.Name, (await room.PersonAsync(Erin.Id))!.Name);
    }
}
