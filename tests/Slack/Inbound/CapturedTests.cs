using System.Text.Json.Nodes;
using PatchBot.Core.People;
using PatchBot.Tests.Support;
using static PatchBot.Tests.Slack.Inbound.SlackRoom;

namespace PatchBot.Tests.Slack.Inbound;

/// <summary>What was captured of a Slack on the wire, byte for byte, where it lies beside the checkout.</summary>
public sealed class CapturedTests
{
    private const string Form = "application/x-www-form-urlencoded", Json = "application/json";

    [Theory]
    [InlineData("event-app_home_opened.json", "home of U02BOB")]
    [InlineData("event-app_mention.json", "whisper to U01ALICE"), InlineData("event-message-im.json", "post")]
    [InlineData("event-message-channel-thread.json"), InlineData("event-message-channel.json")]
    [InlineData("event-message-message_changed.json"), InlineData("event-message-message_deleted.json"), InlineData("event-reaction_added.json"), InlineData("event-reaction_removed.json")]
    [InlineData("interactive-block_actions-button.form"), InlineData("interactive-block_actions-overflow.form"), InlineData("interactive-block_actions-static_select.form")]
    [InlineData("interactive-view_closed.form"), InlineData("interactive-view_submission.form"), InlineData("interactive-view_submission-answered-with-errors.form")]
    public async Task Given_a_captured_call_then_it_is_understood_and_only_who_speaks_to_the_bot_is_answered(string file, params string[] said)
    {
        await using var room = await StartAsync();
        var body = SharedData.Open($"slack/{file}").ToArray();
        Assert.Equal((200, null), await room.CallAsync(body, file.EndsWith(".form", StringComparison.Ordinal) ? Form : Json));
        Assert.Equal(said, room.Api.All.Select(one => one.How));
        Assert.DoesNotContain("left alone", room.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_the_captured_command_then_it_is_answered_to_the_person()
    {
        await using var room = await StartAsync();
        var (status, body) = await room.CallAsync(SharedData.Open("slack/slash-command.form").ToArray(), Form);
        Assert.Equal((200, "ephemeral"), (status, (string?)body!["response_type"]));
        Assert.Equal("releases", (await room.ChannelAsync())!.Name);
    }

    [Fact]
    public async Task Given_a_captured_message_then_who_wrote_it_and_where_become_known()
    {
        await using var room = await StartAsync();
        await room.CallAsync(SharedData.Open("slack/event-message-im.json").ToArray(), Json);
        Assert.Equal("DMWRYBMDQ30", (await room.PersonAsync(PersonId.Of("slack", Team, "U01ALICE")))!.Direct?.Id);
    }

    [Fact]
    public async Task Given_the_captured_press_with_a_button_of_the_bots_then_it_is_taken()
    {
        var (room, card) = await WithCardAsync();
        await using var _ = room;
        await room.TestedAsync(card);
        var press = JsonNode.Parse(SharedData.Open("slack/interactive-block_actions-button.payload.json"))!;
        var action = press["actions"]![0]!;
        var button = await room.ButtonAsync("Approve");
        (action["action_id"], action["value"]) = ((string?)button["action_id"], (string?)button["value"]);
        await room.InteractAsync(press);
        Assert.Contains("approver", Assert.Single(room.Api.All).Text, StringComparison.OrdinalIgnoreCase);
    }
}
