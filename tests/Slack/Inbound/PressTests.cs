using System.Text.Json.Nodes;
using PatchBot.Core.Delivery;
using PatchBot.Core.Lab;
using PatchBot.Core.Rollouts;
using static PatchBot.Tests.Slack.Inbound.Deliveries;
using static PatchBot.Tests.Slack.Inbound.SlackRoom;

namespace PatchBot.Tests.Slack.Inbound;

/// <summary>Buttons, modals and shortcuts.</summary>
public sealed class PressTests
{
    [Fact]
    public async Task Given_a_press_then_it_is_recorded_the_person_is_told_and_the_same_delivery_changes_nothing()
    {
        var (room, card) = await WithCardAsync();
        await using var _ = room;
        await room.TestedAsync(card);
        var press = Press(Max.Id.ObjectId, await room.ButtonAsync("Approve"), card);
        Assert.Equal((200, null), await room.InteractAsync(press));
        await room.InteractAsync(press);
        Assert.Equal(RolloutState.Approved, await room.StateAsync());
        var told = Assert.Single(room.Api.All);
        Assert.Equal($"respond at {press["response_url"]}", told.How);
        Assert.Contains("approved", told.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Given_a_stranger_presses_then_they_are_told_why_and_nothing_changes()
    {
        var (room, card) = await WithCardAsync();
        await using var _ = room;
        await room.TestedAsync(card);
        await room.InteractAsync(Press(Otto.Id.ObjectId, await room.ButtonAsync("Approve"), card));
        Assert.Contains("approver", Assert.Single(room.Api.All).Text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(RolloutState.Proposed, await room.StateAsync());
    }

    [Fact]
    public async Task Given_a_person_of_another_workspace_with_an_approvers_id_then_nothing_is_approved()
    {
        var (room, card) = await WithCardAsync();
        await using var _ = room;
        await room.TestedAsync(card);
        var press = Press(Max.Id.ObjectId, await room.ButtonAsync("Approve"), card);
        (press["user"]!["team_id"], press["team"]) = ("T09OTHER", new JsonObject { ["id"] = "T09OTHER", ["domain"] = "others" });
        await room.InteractAsync(press);
        Assert.Equal(RolloutState.Proposed, await room.StateAsync());
        Assert.Contains("approver", Assert.Single(room.Api.All).Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Given_a_press_in_a_thread_then_the_person_is_told_in_the_thread()
    {
        var (room, card) = await WithCardAsync();
        await using var _ = room;
        await room.TestedAsync(card);
        await room.InteractAsync(Press(Otto.Id.ObjectId, await room.ButtonAsync("Approve"), NextTs(), thread: card));
        var told = Assert.Single(room.Api.All);
        Assert.Equal(($"whisper to {Otto.Id.ObjectId}", $"{Ops}/{card}"), (told.How, told.Where));
    }

    [Fact]
    public async Task Given_limits_that_leave_no_room_for_answers_then_presses_are_recorded_all_the_same_and_the_log_says_so_once()
    {
        var (room, card) = await WithCardAsync();
        await using var _ = room;
        await room.TestedAsync(card);
        var said = room.Api.All.Count;
        (room.Api.IsFull, room.Api.AddressesExpire) = (true, true);
        await room.InteractAsync(Press(Otto.Id.ObjectId, await room.ButtonAsync("Approve"), card));
        await room.InteractAsync(Press(Max.Id.ObjectId, await room.ButtonAsync("Approve"), card));
        await room.SettleAsync();
        Assert.Equal(RolloutState.Approved, await room.StateAsync());
        Assert.Equal(said, room.Api.All.Count);
        Assert.Contains(Otto.Id.Value, Assert.Single(room.Log.Lines, line => line.Contains("leave no room", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_no_private_way_then_the_next_is_tried_and_at_last_it_is_said_aloud()
    {
        var (room, card) = await WithCardAsync();
        await using var _ = room;
        await room.TestedAsync(card);
        room.Api.AddressesExpire = true;
        await PressAsync();
        Assert.Equal($"whisper to {Otto.Id.ObjectId}", room.Api.All[^1].How);
        room.Api.Strangers.Add(Otto.Id.ObjectId);
        await PressAsync();
        Assert.Equal(("post", $"D{Otto.Id.ObjectId}"), (room.Api.All[^1].How, room.Api.All[^1].Where));
        room.Api.OpensChats = false;
        await PressAsync();
        Assert.Equal(("post", $"{Ops}/{card}"), (room.Api.All[^1].How, room.Api.All[^1].Where));
        Assert.StartsWith($"<@{Otto.Id.ObjectId}> ", room.Api.All[^1].Text, StringComparison.Ordinal);

        async Task PressAsync() => await room.InteractAsync(Press(Otto.Id.ObjectId, await room.ButtonAsync("Approve"), card));
    }

    [Fact]
    public async Task Given_a_form_then_it_opens_is_refused_at_its_field_and_records_once_it_is_right()
    {
        var (room, card) = await WithCardAsync();
        await using var _ = room;
        var view = await OpenAsync(room, card);
        var wrong = Submission(Erin.Id.ObjectId, view, new JsonObject { ["in.outcome"] = Chosen("blocked"), ["in.host"] = Typed("hv-lab-02"), ["in.note"] = Typed("") });
        var (_, refused) = await room.InteractAsync(wrong);
        Assert.Equal("errors", (string?)refused!["response_action"]);
        Assert.Contains("what blocks", (string?)refused["errors"]!["in.note"], StringComparison.Ordinal);
        Assert.Empty(await room.ResultsAsync());

        var right = Submission(Erin.Id.ObjectId, view, new JsonObject { ["in.outcome"] = Chosen("pass"), ["in.host"] = Typed("hv-lab-02"), ["in.note"] = Typed("") });
        Assert.Equal((200, null), await room.InteractAsync(right));
        Assert.Equal((200, null), await room.InteractAsync(right));
        Assert.Equal((LabOutcome.Pass, "hv-lab-02"), (Assert.Single(await room.ResultsAsync()) is var result ? (result.Outcome, result.Host) : default));
        Assert.Contains("Recorded", Assert.Single(room.Api.All, said => said.How != "modal").Text, StringComparison.Ordinal);
        var echo = await room.ReadAsync((session, token) => session.Posts.FindAsync(SlackRoom.Channel, LabReportCard.SubjectOf(result.ReportId), token));
        Assert.Equal(card, echo!.Thread);
    }

    [Fact]
    public async Task Given_a_trigger_that_has_expired_then_a_button_opens_the_form_anew()
    {
        var (room, card) = await WithCardAsync();
        await using var _ = room;
        room.Api.TriggersExpire = true;
        var press = Press(Erin.Id.ObjectId, await room.ButtonAsync("Record"), card);
        await room.InteractAsync(press);
        Assert.Empty(room.Api.Modals);
        var offered = Assert.Single(room.Api.All);
        Assert.Equal($"respond at {press["response_url"]}", offered.How);

        room.Api.TriggersExpire = false;
        await room.InteractAsync(Press(Erin.Id.ObjectId, Button(offered.Json!, "Lab result"), NextTs()));
        Assert.Contains("in.outcome", Assert.Single(room.Api.Modals).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_form_that_its_button_does_not_carry_then_it_is_the_one_on_the_card_of_that_channel()
    {
        var (room, card) = await WithCardAsync();
        await using var _ = room;
        var button = await room.ButtonAsync("Record");
        var value = JsonNode.Parse((string)button["value"]!)!.AsObject();
        value["action"] = (string?)value["form"]!["id"];
        value.Remove("form");
        button["value"] = value.ToJsonString();
        await room.InteractAsync(Press(Erin.Id.ObjectId, button, card, channel: "C99ELSE", channelName: "elsewhere"));
        Assert.Empty(room.Api.Modals);
        await room.InteractAsync(Press(Erin.Id.ObjectId, button, card));
        Assert.Single(room.Api.Modals);
    }

    [Fact]
    public async Task Given_details_then_they_open_and_where_the_card_is_gone_the_person_is_told()
    {
        var (room, card) = await WithCardAsync();
        await using var _ = room;
        var record = await room.ButtonAsync("Record");
        var post = (long)JsonNode.Parse((string)record["value"]!)!["post"]!;
        await room.InteractAsync(Press(Otto.Id.ObjectId, Details(post), card));
        Assert.Contains("patchbot/details", Assert.Single(room.Api.Modals).Text, StringComparison.Ordinal);
        await room.InteractAsync(Press(Otto.Id.ObjectId, Details(99_999), card));
        Assert.Contains("not kept", room.Api.All[^1].Text, StringComparison.Ordinal);

        static JsonObject Details(long post) => new() { ["type"] = "button", ["action_id"] = "patchbot/details/0", ["value"] = $$"""{"post":{{post}}}""", ["text"] = "Details" };
    }

    [Theory]
    [InlineData("""{"type":"button","action_id":"patchbot/link/0","text":{"type":"plain_text","text":"Open"}}""")]
    [InlineData("""{"type":"button","action_id":"another-apps","value":"1"}""")]
    [InlineData("""{"type":"button","action_id":"patchbot/press/0","value":"no json"}""")]
    [InlineData("""{"type":"static_select","action_id":"patchbot/press/0","selected_option":{"value":"1"}}""")]
    [InlineData("""7""")]
    public async Task Given_what_is_no_press_of_the_bots_then_it_is_acknowledged_and_nothing_is_said(string button)
    {
        var (room, card) = await WithCardAsync();
        await using var _ = room;
        var press = Press(Max.Id.ObjectId, new JsonObject(), card);
        press["actions"] = new JsonArray(JsonNode.Parse(button));
        Assert.Equal((200, null), await room.InteractAsync(press));
        Assert.Empty(room.Api.All);
    }

    [Fact]
    public async Task Given_a_closed_modal_or_one_of_another_kind_then_it_is_acknowledged()
    {
        var (room, card) = await WithCardAsync();
        await using var _ = room;
        var closed = Submission(Erin.Id.ObjectId, await OpenAsync(room, card), []);
        (closed["type"], closed["is_cleared"]) = ("view_closed", false);
        Assert.Equal((200, null), await room.InteractAsync(closed));
        (closed["type"], closed["view"]!["callback_id"]) = ("view_submission", "details");
        Assert.Equal((200, null), await room.InteractAsync(closed));
    }

    [Theory]
    [InlineData(""), InlineData("pm"), InlineData("""{"form":"lab.report/KB5032196","channel":"C02REL/../x"}"""), InlineData("""{"channel":"C02REL"}"""), InlineData("[[[[")]
    public async Task Given_a_form_whose_origin_cannot_be_read_then_the_modal_says_that_nothing_was_recorded(string metadata)
    {
        var (room, card) = await WithCardAsync();
        await using var _ = room;
        var view = await OpenAsync(room, card);
        view["private_metadata"] = metadata;
        var (_, body) = await room.InteractAsync(Submission(Erin.Id.ObjectId, view, new JsonObject { ["in.outcome"] = Chosen("pass"), ["in.host"] = Typed("hv-lab-02") }));
        Assert.Equal("update", (string?)body!["response_action"]);
        Assert.Contains("nothing was recorded", body.ToJsonString(), StringComparison.Ordinal);
        Assert.Empty(await room.ResultsAsync());
    }

    [Fact]
    public async Task Given_an_installation_of_another_side_of_a_shared_channel_then_the_press_finds_the_channels_own()
    {
        var (room, card) = await WithCardAsync();
        await using var _ = room;
        var press = Press(Otto.Id.ObjectId, await room.ButtonAsync("Record"), card);
        (press["user"]!["team_id"], press["team"]) = ("T09OTHER", new JsonObject { ["id"] = "T09OTHER" });
        await room.InteractAsync(press);
        Assert.Single(room.Api.Modals);
    }

    [Fact]
    public async Task Given_a_channel_seen_first_by_a_press_then_it_and_who_pressed_become_known()
    {
        var (room, card) = await WithCardAsync();
        await using var _ = room;
        await room.InteractAsync(Press(Otto.Id.ObjectId, await room.ButtonAsync("Record"), card, channel: "C99ELSE", channelName: "elsewhere"));
        Assert.Equal((ChannelState.Active, "elsewhere"), (await room.ChannelAsync("C99ELSE") is { } channel ? (channel.State, channel.Name) : default));
        Assert.Equal(Otto.Name, (await room.PersonAsync(Otto.Id))!.Name);
    }

    private static async Task<JsonNode> OpenAsync(SlackRoom room, string card)
    {
        await room.InteractAsync(Press(Erin.Id.ObjectId, await room.ButtonAsync("Record"), card));
        return Assert.Single(room.Api.Modals).Json!.DeepClone();
    }
}
