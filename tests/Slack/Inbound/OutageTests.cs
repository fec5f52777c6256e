using System.Text;
using System.Text.Json.Nodes;
using PatchBot.Core.Rollouts;
using static PatchBot.Tests.Slack.Inbound.Deliveries;
using static PatchBot.Tests.Slack.Inbound.SlackRoom;

namespace PatchBot.Tests.Slack.Inbound;

/// <summary>A database that is away or slow, and deliveries that make no sense.</summary>
public sealed class OutageTests
{
    private const string Pass = "pass on hv-lab-02, backups ok";

    [Fact]
    public async Task Given_the_database_is_away_then_slack_delivers_again_the_writer_is_told_once_and_it_counts_when_it_is_back()
    {
        var (room, card) = await WithCardAsync();
        await using var _ = room;
        room.Record.IsAway = _ => true;
        var envelope = Envelope(Message(Erin.Id.ObjectId, Pass, thread: card));
        Assert.Equal(503, (await room.PostAsync(envelope)).Status);
        Assert.Equal(503, (await room.PostAsync(envelope, attempt: 1)).Status);
        Assert.Contains("nothing is recorded yet", Assert.Single(room.Api.All).Text, StringComparison.Ordinal);
        room.Record.IsAway = _ => false;
        Assert.Equal(200, (await room.PostAsync(envelope, attempt: 2)).Status);
        Assert.Single(await room.ResultsAsync());
        Assert.Single(room.Log.Lines, line => line.Contains("A message on Slack was not recorded", StringComparison.Ordinal) && line.Contains("The disk is gone", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Given_the_database_stays_away_then_the_last_attempt_says_that_nothing_was_recorded()
    {
        var (room, card) = await WithCardAsync();
        await using var _ = room;
        room.Record.IsAway = _ => true;
        var envelope = Envelope(Message(Erin.Id.ObjectId, Pass, thread: card));
        await room.PostAsync(envelope, attempt: 3);
        Assert.Contains("nothing was recorded", Assert.Single(room.Api.All).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_the_database_is_away_while_people_talk_among_themselves_then_they_are_not_disturbed()
    {
        var (room, _) = await WithCardAsync();
        await using var _ = room;
        room.Record.IsAway = _ => true;
        Assert.Equal(503, await room.EventAsync(Message(Erin.Id.ObjectId, "good morning")));
        Assert.Empty(room.Api.All);
    }

    [Fact]
    public async Task Given_the_database_is_away_then_presses_forms_and_commands_say_that_nothing_was_recorded()
    {
        var (room, card) = await WithCardAsync();
        await using var _ = room;
        await room.TestedAsync(card);
        var approve = await room.ButtonAsync("Approve");
        await room.InteractAsync(Press(Erin.Id.ObjectId, await room.ButtonAsync("Record"), card));
        var view = Assert.Single(room.Api.Modals).Json!;
        room.Record.IsAway = _ => true;

        Assert.Equal((200, null), await room.InteractAsync(Press(Max.Id.ObjectId, approve, card)));
        Assert.Contains("nothing was recorded", room.Api.All[^1].Text, StringComparison.Ordinal);
        var (_, form) = await room.InteractAsync(Submission(Erin.Id.ObjectId, view, new JsonObject { ["in.outcome"] = Chosen("pass"), ["in.host"] = Typed("hv-lab-02") }));
        Assert.Contains("nothing was recorded", (string?)form!["errors"]!["in.outcome"], StringComparison.Ordinal);
        var (_, command) = await room.CommandAsync(Command(Erin.Id.ObjectId, Pass));
        Assert.Contains("nothing was recorded", (string?)command!["text"], StringComparison.Ordinal);
        await room.InteractAsync(Press(Erin.Id.ObjectId, await FormlessAsync(room, approve), card));
        Assert.Contains("cannot be shown", room.Api.All[^1].Text, StringComparison.Ordinal);
        Assert.Equal(RolloutState.Proposed, await room.StateAsync());
    }

    [Fact]
    public async Task Given_the_database_is_away_while_many_press_and_write_then_the_log_says_so_once_for_each_kind()
    {
        var (room, card) = await WithCardAsync();
        await using var _ = room;
        var approve = await room.ButtonAsync("Approve");
        room.Record.IsAway = _ => true;
        for (var time = 0; time < 5; time++)
        {
            await room.EventAsync(Message(Erin.Id.ObjectId, Pass, thread: card));
            await room.InteractAsync(Press(Max.Id.ObjectId, approve, card));
            await room.CommandAsync(Command(Erin.Id.ObjectId, Pass));
        }

        Assert.Equal(
            ["A command", "A message", "A press"],
            room.Log.Lines.Where(line => line.Contains("was not recorded", StringComparison.Ordinal)).Select(line => line[line.IndexOf("A ", StringComparison.Ordinal)..line.IndexOf(" on Slack", StringComparison.Ordinal)]).Order());
    }

    [Fact]
    public async Task Given_a_slow_database_then_an_event_is_asked_for_again_and_counts_once()
    {
        var (room, card) = await WithCardAsync();
        await using var _ = room;
        var line = new TaskCompletionSource();
        room.Record.Line = (writes, _) => writes ? line.Task : Task.CompletedTask;
        var body = Encoding.UTF8.GetBytes(Envelope(Message(Erin.Id.ObjectId, Pass, thread: card)).ToJsonString());
        var (first, again) = (room.BareCallAsync(body, "application/json"), room.BareCallAsync(body, "application/json", attempt: 1));
        Assert.Equal((503, 503), ((await first).Status, (await again).Status));
        line.SetResult();
        await room.SettleAsync();
        Assert.Single(await room.ResultsAsync());
    }

    [Fact]
    public async Task Given_a_slow_database_then_presses_forms_and_commands_are_acknowledged_in_time_and_the_answer_follows()
    {
        var (room, card) = await WithCardAsync();
        await using var _ = room;
        await room.TestedAsync(card);
        var approve = Press(Max.Id.ObjectId, await room.ButtonAsync("Approve"), card);
        await room.InteractAsync(Press(Erin.Id.ObjectId, await room.ButtonAsync("Record"), card));
        var form = Submission(Erin.Id.ObjectId, Assert.Single(room.Api.Modals).Json!, new JsonObject { ["in.outcome"] = Chosen("fail"), ["in.host"] = Typed("hv-lab-03"), ["in.note"] = Typed("agent stops") });
        var command = Command(Erin.Id.ObjectId, "status");
        var line = new TaskCompletionSource();
        room.Record.Line = (writes, _) => writes ? line.Task : Task.CompletedTask;

        var answers = await Task.WhenAll(Send("payload", approve.ToJsonString()), Send("payload", form.ToJsonString()), room.BareCallAsync(await Encoded(command), "application/x-www-form-urlencoded"));
        Assert.Equal([(200, null), (200, "update"), (200, null)], answers.Select(answer => (answer.Status, (string?)answer.Body?["response_action"])));
        Assert.DoesNotContain(room.Api.All, said => said.How != "modal");

        line.SetResult();
        await room.SettleAsync();
        Assert.Equal(3, room.Api.All.Count(said => said.How != "modal"));
        Assert.Contains(room.Api.All, said => said.How == $"respond at {command["response_url"]}");
        Assert.Contains(room.Api.All, said => said.How.StartsWith("change of modal ", StringComparison.Ordinal) && said.Text.Contains("Recorded", StringComparison.Ordinal));

        async Task<(int Status, JsonNode? Body)> Send(string name, string value) => await room.BareCallAsync(await Encoded(new() { [name] = value }), "application/x-www-form-urlencoded");
        static async Task<byte[]> Encoded(Dictionary<string, string> fields)
        {
            using var form = new FormUrlEncodedContent(fields);
            return await form.ReadAsByteArrayAsync(PatchBot.Tests.Support.Some.Token);
        }
    }

    [Fact]
    public async Task Given_the_installations_cannot_be_read_then_events_come_again_and_nobody_else_waits()
    {
        var (room, card) = await WithCardAsync();
        await using var _ = room;
        room.Workspaces.Away = true;
        Assert.Equal(503, await room.EventAsync(Message(Erin.Id.ObjectId, Pass, thread: card)));
        Assert.Equal((200, null), await room.InteractAsync(Press(Max.Id.ObjectId, await room.ButtonAsync("Record"), card)));
    }

    [Theory]
    [InlineData(""), InlineData("{"), InlineData("[]"), InlineData("null"), InlineData("7"), InlineData("\"text\""), InlineData("{}"), InlineData("\u0000"), InlineData("{\"type\":7}")]
    [InlineData("""{"type":"event_callback"}"""), InlineData("""{"type":"event_callback","event":7}"""), InlineData("""{"type":"event_callback","event":{}}""")]
    [InlineData("""{"type":"event_callback","team_id":"T01PATCH","event":{"type":"message"}}""")]
    [InlineData("""{"type":"event_callback","team_id":"T01PATCH","event":{"type":"message","channel":{"id":7},"user":{"id":"U"},"text":[1],"ts":1.5}}""")]
    [InlineData("""{"type":"event_callback","team_id":"T01PATCH","authorizations":[null],"event":{"type":"reaction_added","user":"U01ERIN"}}""")]
    [InlineData("""{"type":"block_actions","team":{"id":"T01PATCH"},"user":{"id":"U01ERIN"},"trigger_id":"1","actions":[{"\ud83d":7}]}""")]
    [InlineData("""{"type":"view_submission","user":{"id":"U01ERIN"},"trigger_id":"1","view":{"id":"V","callback_id":"patchbot/form","private_metadata":"{\"form\":\"a\",\"kind\":\"channel\"}","state":{"values":{"in.\ud83d":{},"in.a":{"\ud83d":7}}}}}""")]
    [InlineData("""{"type":"something_new"}"""), InlineData("""{"type":"app_rate_limited","team_id":"T01PATCH","minute_rate_limited":1518467820}""")]
    public async Task Given_a_delivery_that_makes_no_sense_then_it_is_acknowledged_and_left_alone(string body)
    {
        await using var room = await StartAsync();
        Assert.Equal(200, (await room.CallAsync(Encoding.UTF8.GetBytes(body), "application/json")).Status);
        Assert.Equal(200, (await room.CallAsync(Encoding.UTF8.GetBytes($"payload={Uri.EscapeDataString(body)}"), "application/x-www-form-urlencoded")).Status);
        Assert.Empty(room.Api.All);
        Assert.Equal(0, room.Record.Refused);
    }

    [Fact]
    public async Task Given_Slacks_word_again_and_again_that_it_drops_deliveries_then_the_log_has_a_line()
    {
        await using var room = await StartAsync();
        for (var told = 0; told < 20; told++)
        {
            Assert.Equal(200, (await room.CallAsync("""{"type":"app_rate_limited","team_id":"T01PATCH","minute_rate_limited":1518467820}"""u8.ToArray(), "application/json")).Status);
        }

        Assert.Single(room.Log.Lines, line => line.Contains("Slack dropped deliveries", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Given_json_that_is_nested_too_deep_then_it_is_left_alone()
    {
        await using var room = await StartAsync();
        var deep = """{"type":"event_callback","event":{"type":"message","blocks":""" + new string('[', 50_000) + new string(']', 50_000) + "}}";
        Assert.Equal(200, (await room.CallAsync(Encoding.UTF8.GetBytes(deep), "application/json")).Status);
        Assert.Contains("cannot be read", room.Log.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("U01:x:admin"), InlineData("U 1"), InlineData("../../U"), InlineData("U\n1"), InlineData("💥"), InlineData("")]
    public async Task Given_ids_that_are_none_then_nobody_acts(string id)
    {
        var (room, card) = await WithCardAsync();
        await using var _ = room;
        Assert.Equal(200, await room.EventAsync(Message(id, $"{Mention} help")));
        Assert.Equal(200, await room.EventAsync(Message(Max.Id.ObjectId, $"{Mention} help", channel: id)));
        Assert.Equal(200, await room.EventAsync(Message(Max.Id.ObjectId, $"{Mention} help", ts: id)));
        Assert.Equal(200, (await room.InteractAsync(Press(id, await room.ButtonAsync("Record"), card))).Status);
        Assert.Equal(200, (await room.CommandAsync(Command(Max.Id.ObjectId, "help", channel: id))).Status);
        Assert.Empty(room.Api.All);
    }

    [Fact]
    public async Task Given_the_address_is_verified_then_the_challenge_comes_back()
    {
        await using var room = await StartAsync();
        var (status, body) = await room.PostAsync(new JsonObject { ["token"] = "t", ["type"] = "url_verification", ["challenge"] = "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P" });
        Assert.Equal((200, "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"), (status, (string?)body!["challenge"]));
    }

    // A button that names a form and does not carry it.
    private static Task<JsonNode> FormlessAsync(SlackRoom room, JsonNode button)
    {
        var formless = button.DeepClone();
        var post = (long)JsonNode.Parse((string)button["value"]!)!["post"]!;
        (formless["action_id"], formless["value"]) = ("patchbot/form/1", $$"""{"action":"lab.report/KB5032196","post":{{post}}}""");
        return Task.FromResult(formless);
    }
}
