using System.Text.Json.Nodes;
using PatchBot.Core.Lab;
using static PatchBot.Tests.Slack.Inbound.Deliveries;
using static PatchBot.Tests.Slack.Inbound.SlackRoom;

namespace PatchBot.Tests.Slack.Inbound;

/// <summary>"Record lab result" from Slack's own menus.</summary>
public sealed class ShortcutTests
{
    [Fact]
    public async Task Given_the_shortcut_of_a_message_then_the_form_holds_what_it_says_and_the_echo_goes_into_its_thread()
    {
        var (room, card) = await WithCardAsync();
        await using var _ = room;
        var said = Message(Otto.Id.ObjectId, "KB5032196 pass on hv-lab-07", thread: card);
        await room.InteractAsync(MessageShortcut(Erin.Id.ObjectId, "record_as_lab_result", said));
        var view = Assert.Single(room.Api.Modals).Json!;
        Assert.Contains("hv-lab-07", view.ToJsonString(), StringComparison.Ordinal);

        await room.InteractAsync(Submission(Erin.Id.ObjectId, view, new JsonObject { ["in.outcome"] = Chosen("pass"), ["in.host"] = Typed("hv-lab-07"), ["in.note"] = Typed("") }));
        var result = Assert.Single(await room.ResultsAsync());
        Assert.Equal(Erin.Id, result.By.Id);
        Assert.Equal(card, (await room.ReadAsync((session, token) => session.Posts.FindAsync(Channel, LabReportCard.SubjectOf(result.ReportId), token)))!.Thread);
    }

    [Fact]
    public async Task Given_the_shortcut_of_anywhere_then_the_form_asks_which_patch_and_what_came_of_it_is_told_in_the_chat_with_the_person()
    {
        var (room, _) = await WithCardAsync();
        await using var _ = room;
        await room.InteractAsync(Shortcut(Erin.Id.ObjectId, "record_lab_result"));
        var view = Assert.Single(room.Api.Modals).Json!;
        Assert.Contains("in.patch", view.ToJsonString(), StringComparison.Ordinal);

        var typed = new JsonObject { ["in.patch"] = Typed("KB9999999"), ["in.outcome"] = Chosen("pass"), ["in.host"] = Typed("hv-lab-07"), ["in.note"] = Typed("") };
        var (_, refused) = await room.InteractAsync(Submission(Erin.Id.ObjectId, view, typed));
        Assert.NotNull(refused!["errors"]!["in.patch"]);
        typed["in.patch"] = Typed("KB5032196");
        await room.InteractAsync(Submission(Erin.Id.ObjectId, view, (JsonObject)typed.DeepClone()));
        Assert.Single(await room.ResultsAsync());
        Assert.Equal(("post", $"D{Erin.Id.ObjectId}"), (room.Api.All[^1].How, room.Api.All[^1].Where));
        Assert.Equal($"D{Erin.Id.ObjectId}", (await room.PersonAsync(Erin.Id))!.Direct?.Id);
    }

    [Fact]
    public async Task Given_the_shortcut_where_two_people_talk_without_the_bot_then_it_answers_in_its_own_chat()
    {
        var (room, _) = await WithCardAsync();
        await using var _ = room;
        var said = Message(Otto.Id.ObjectId, "KB5032196 pass on hv-lab-07");
        await room.InteractAsync(MessageShortcut(Erin.Id.ObjectId, "record_as_lab_result", said, "D77HUMANS", "directmessage"));
        Assert.Contains($"D{Erin.Id.ObjectId}", (string?)Assert.Single(room.Api.Modals).Json!["private_metadata"], StringComparison.Ordinal);
        Assert.Null(await room.ChannelAsync("D77HUMANS"));
    }

    [Theory, InlineData("shortcut", "record_as_lab_result"), InlineData("shortcut", "another"), InlineData("something_new", "record_lab_result")]
    public async Task Given_another_shortcut_then_it_is_acknowledged(string type, string callback)
    {
        await using var room = await StartAsync();
        var shortcut = Shortcut(Erin.Id.ObjectId, callback);
        shortcut["type"] = type;
        Assert.Equal((200, null), await room.InteractAsync(shortcut));
        Assert.Empty(room.Api.All);
    }
}
