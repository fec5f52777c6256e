using System.Text.Json.Nodes;
using PatchBot.Cards;
using PatchBot.Core.Lab;
using PatchBot.Core.Patches;
using PatchBot.Core.Rollouts;
using PatchBot.Tests.Support;
using static PatchBot.Tests.Teams.Inbound.TeamsRoom;

namespace PatchBot.Tests.Teams.Inbound;

/// <summary>Presses, refreshes and dialogs.</summary>
public sealed class InvokeTests
{
    [Fact]
    public async Task Given_a_press_then_it_is_recorded_and_confirmed_and_a_second_one_changes_nothing()
    {
        await using var room = await TeamsRoom.StartAsync();
        var (card, approve) = await TestedAsync(room);
        var first = await room.PostAsync(Activities.Execute(Max, card, approve));
        Assert.Equal((200, 200, "application/vnd.microsoft.activity.message"), (first.Status, Status(first.Body), Type(first.Body)));
        Assert.Contains("approved", $"{first.Body!["value"]}", StringComparison.OrdinalIgnoreCase);
        Assert.Equal(RolloutState.Approved, await StateAsync(room));

        var again = await room.PostAsync(Activities.Execute(Max, card, approve));
        Assert.Equal(400, Status(again.Body));
        Assert.Equal("application/vnd.microsoft.error", Type(again.Body));
    }

    [Fact]
    public async Task Given_a_stranger_presses_then_the_error_says_why_and_nothing_changes()
    {
        await using var room = await TeamsRoom.StartAsync();
        var (card, approve) = await TestedAsync(room);
        var (status, body) = await room.PostAsync(Activities.Execute(Otto, card, approve));
        Assert.Equal((200, 400), (status, Status(body)));
        Assert.Contains("approver", $"{body!["value"]!["message"]}", StringComparison.OrdinalIgnoreCase);
        Assert.Equal(RolloutState.Proposed, await StateAsync(room));
    }

    [Fact]
    public async Task Given_a_press_from_an_old_client_then_it_reaches_the_same_place()
    {
        await using var room = await TeamsRoom.StartAsync();
        var (card, approve) = await TestedAsync(room);
        var (status, body) = await room.PostAsync(Activities.Submit(Max, card, Activities.Data(approve, 1, "patchbot.press")));
        Assert.Equal((200, null), (status, body));
        Assert.Equal(RolloutState.Approved, await StateAsync(room));
        Assert.StartsWith("whisper to 29:Max", room.Connector.All[^1].How, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_dialog_then_it_opens_refuses_with_what_was_typed_and_records()
    {
        await using var room = await TeamsRoom.StartAsync();
        await room.InstallAsync();
        var card = await room.ReleaseAsync();
        var data = FormData(LabForm.For(new PatchId("KB5032196")));

        var opened = await room.PostAsync(Activities.Task("task/fetch", Erin, card, data));
        var submit = SubmitData(opened.Body);
        Assert.Equal("continue", $"{opened.Body!["task"]!["type"]}");

        submit["in.outcome"] = "blocked";
        submit["in.host"] = "hv-lab-02";
        var refused = await room.PostAsync(Activities.Task("task/submit", Erin, card, submit));
        var shown = refused.Body!["task"]!["value"]!["card"]!["content"]!.ToJsonString();
        Assert.Contains("say what blocks the test", shown, StringComparison.Ordinal);
        Assert.Contains("hv-lab-02", shown, StringComparison.Ordinal);
        Assert.Empty(await ResultsAsync(room));

        submit = SubmitData(refused.Body);
        submit["in.outcome"] = "pass";
        submit["in.host"] = "hv-lab-02";
        var sent = Activities.Task("task/submit", Erin, card, submit);
        var recorded = await room.PostAsync(sent);
        Assert.Equal("message", $"{recorded.Body!["task"]!["type"]}");

        // A client that heard nothing in time sends it again, as another call.
        sent["id"] = "f:again";
        await room.PostAsync(sent);
        Assert.Single(await ResultsAsync(room));
    }

    [Fact]
    public async Task Given_a_client_without_dialogs_then_the_form_comes_as_a_message_and_works_there()
    {
        await using var room = await TeamsRoom.StartAsync();
        await room.InstallAsync();
        var card = await room.ReleaseAsync();
        await room.PostAsync(Activities.Submit(Erin, card, FormData(LabForm.For(new PatchId("KB5032196")))));
        var form = JsonNode.Parse(room.Connector.All[^1].Text)!;
        Assert.Contains("Action.Execute", form.ToJsonString(), StringComparison.Ordinal);

        var (_, body) = await room.PostAsync(Activities.Execute(
            Erin, card, LabActions.Report(new PatchId("KB5032196")), null, "patchbot.submit", ("outcome", "pass"), ("host", "hv-lab-02")));
        Assert.Equal(200, Status(body));
        Assert.Single(await ResultsAsync(room));
    }

    [Fact]
    public async Task Given_a_button_that_leads_to_a_form_then_its_dialog_holds_what_was_recorded()
    {
        await using var room = await TeamsRoom.StartAsync();
        await room.InstallAsync();
        var card = await room.ReleaseAsync();
        await room.PostAsync(Activities.Message(Erin, "pass on hv-lab-02, backups ok", card));
        var (_, body) = await room.PostAsync(Activities.Task("task/fetch", Erin, card, Activities.Data(LabActions.Change(1), 2, null)));
        Assert.Contains("hv-lab-02", body!["task"]!["value"]!["card"]!.ToJsonString(), StringComparison.Ordinal);

        var other = await room.PostAsync(Activities.Task("task/fetch", Otto, card, Activities.Data(LabActions.Change(1), 2, null)));
        Assert.Equal("message", $"{other.Body!["task"]!["type"]}");
    }

    [Fact]
    public async Task Given_a_refresh_then_the_card_as_it_is_now_comes_back_and_nothing_is_recorded()
    {
        await using var room = await TeamsRoom.StartAsync();
        var (card, _) = await TestedAsync(room);
        var post = (await room.PostOfAsync()).Id;
        var before = await CountAsync(room);
        var (_, body) = await room.PostAsync(Activities.Execute(Max, card, "", post, "patchbot.refresh"));
        Assert.Equal("application/vnd.microsoft.card.adaptive", Type(body));
        Assert.Contains("KB5032196", body!["value"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(before, await CountAsync(room));
    }

    [Fact]
    public async Task Given_a_refresh_from_another_channel_then_the_card_is_not_shown_there()
    {
        await using var room = await TeamsRoom.StartAsync();
        var (card, _) = await TestedAsync(room);
        var refresh = Activities.Execute(Otto, card, "", (await room.PostOfAsync()).Id, "patchbot.refresh");
        refresh["conversation"]!["id"] = "19:elsewhere@thread.tacv2;messageid=1";
        var (_, body) = await room.PostAsync(refresh);
        Assert.Equal(404, Status(body));
    }

    [Theory]
    [InlineData("""{}""", 400)]
    [InlineData("""{"action":7}""", 400)]
    [InlineData("""{"action":{"type":"Action.Submit","verb":"patchbot.press","data":{"patchbot":{"action":"x/1"}}}}""", 400)]
    [InlineData("""{"action":{"type":"Action.Execute","verb":"other","data":{"patchbot":{"action":"x/1"}}}}""", 400)]
    [InlineData("""{"action":{"type":"Action.Execute","verb":"patchbot.press","data":{}}}""", 400)]
    [InlineData("""{"action":{"type":"Action.Execute","verb":"patchbot.press","data":{"patchbot":[]}}}""", 400)]
    [InlineData("""{"action":{"type":"Action.Execute","verb":"patchbot.press","data":{"patchbot":{"action":"rollout.approve/999/000000000000"}}}}""", 400)]
    public async Task Given_a_press_that_makes_no_sense_then_it_is_refused_in_its_answer(string value, int status)
    {
        await using var room = await TeamsRoom.StartAsync();
        await room.InstallAsync();
        var press = Activities.Execute(Max, "1700000000001", "x/1");
        press["value"] = JsonNode.Parse(value);
        var answer = await room.PostAsync(press);
        Assert.Equal((200, status), (answer.Status, Status(answer.Body)));
    }

    [Fact]
    public async Task Given_an_invoke_that_is_not_known_then_it_is_answered_as_not_implemented()
    {
        await using var room = await TeamsRoom.StartAsync();
        var (status, body) = await room.PostAsync(Activities.Task("composeExtension/query", Max, "1", []));
        Assert.Equal((501, null), (status, body));
    }

    [Fact]
    public async Task Given_the_database_is_away_then_a_press_says_so_and_a_form_still_opens()
    {
        await using var room = await TeamsRoom.StartAsync(new UnavailableRecord());
        var (status, body) = await room.PostAsync(Activities.Execute(Max, "1", "rollout.approve/1/000000000000"));
        Assert.Equal((200, 500), (status, Status(body)));
        Assert.Contains("nothing was recorded", $"{body!["value"]!["message"]}", StringComparison.Ordinal);

        var opened = await room.PostAsync(Activities.Task("task/fetch", Erin, "1", FormData(LabForm.For(new PatchId("KB5032196")))));
        Assert.Equal("continue", $"{opened.Body!["task"]!["type"]}");
    }

    private static JsonObject FormData(CardForm form) => new()
    {
        ["msteams"] = new JsonObject { ["type"] = "task/fetch" },
        ["patchbot"] = new JsonObject { ["form"] = JsonNode.Parse(CardJson.WriteForm(form)) },
    };

    /// <summary>The data of the dialog's own button.</summary>
    private static JsonObject SubmitData(JsonNode? answer)
    {
        var body = answer!["task"]!["value"]!["card"]!["content"]!["body"]!.AsArray();
        var action = body.Single(element => $"{element!["type"]}" == "ActionSet")!["actions"]![0]!;
        return (JsonObject)action["data"]!.DeepClone();
    }

    private static async Task<(string Card, string Approve)> TestedAsync(TeamsRoom room)
    {
        await room.InstallAsync();
        var card = await room.ReleaseAsync();
        await room.PostAsync(Activities.Message(Erin, "pass on hv-lab-02, backups ok", card));
        var rollout = (await room.Record.ReadAsync((session, token) => session.Rollouts.OfPatchesAsync([new PatchId("KB5032196")], token), Some.Token)).Single();
        return (card, PatchBot.Core.Approvals.DecisionAction.Approve(rollout, emergency: false));
    }

    private static int Status(JsonNode? body) => (int)body!["statusCode"]!;

    private static string Type(JsonNode? body) => $"{body!["type"]}";

    private static async Task<object?> CountAsync(TeamsRoom room) => await room.Record.ByHandAsync("SELECT count(*) FROM audit_entry");

    private static Task<IReadOnlyList<LabResult>> ResultsAsync(TeamsRoom room) =>
        room.Record.ReadAsync((session, token) => session.Lab.StandingAsync([new PatchId("KB5032196")], token), Some.Token);

    private static async Task<RolloutState> StateAsync(TeamsRoom room) =>
        (await room.Record.ReadAsync((session, token) => session.Rollouts.OfPatchesAsync([new PatchId("KB5032196")], token), Some.Token)).Single().State;
}
