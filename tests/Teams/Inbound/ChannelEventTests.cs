using PatchBot.Core.Delivery;
using PatchBot.Tests.Support;
using static PatchBot.Tests.Teams.Inbound.TeamsRoom;

namespace PatchBot.Tests.Teams.Inbound;

/// <summary>Installing, removing, and what happens to teams and channels.</summary>
public sealed class ChannelEventTests
{
    [Fact]
    public async Task Given_the_app_is_installed_again_and_again_then_it_greets_once()
    {
        await using var room = await TeamsRoom.StartAsync();
        await room.PostAsync(Activities.Installed());
        await room.PostAsync(Activities.Installed());
        await room.PostAsync(Activities.Installed("add-upgrade"));
        Assert.Equal((ChannelState.Active, "Platform team › Patching"), await StateAsync(room));
        Assert.Equal(1L, await room.Record.ByHandAsync("SELECT count(*) FROM post WHERE subject = 'welcome/channel'"));
        Assert.Equal(1L, await room.Record.ByHandAsync("SELECT wanted_version FROM post WHERE subject = 'welcome/channel'"));
        Assert.Equal(1L, await room.Record.ByHandAsync("SELECT count(*) FROM audit_entry WHERE action = 'channel.activated'"));
    }

    [Fact]
    public async Task Given_the_app_is_installed_then_approvers_and_admins_there_can_be_reached_and_nobody_else_is_remembered()
    {
        await using var room = await TeamsRoom.StartAsync();
        room.Connector.Members.AddRange([Max, Erin]);
        var installed = Activities.Installed();
        installed["from"] = new System.Text.Json.Nodes.JsonObject { ["id"] = "29:Otto", ["name"] = Otto.Name, ["aadObjectId"] = Otto.Id.ObjectId };
        await room.PostAsync(installed);
        var known = await room.Record.ReadAsync((session, token) => session.People.FindAsync([Max.Id, Erin.Id], token), Some.Token);
        Assert.Equal([Max.Id], known.Select(person => person.Id));
    }

    [Theory]
    [InlineData("channelDeleted", "channelRestored"), InlineData("teamArchived", "teamUnarchived"), InlineData("TEAMDELETED", "teamrestored")]
    public async Task Given_a_channel_or_its_team_goes_and_comes_back_then_the_channel_stops_and_goes_on(string gone, string back)
    {
        await using var room = await TeamsRoom.StartAsync();
        await room.InstallAsync();
        await room.PostAsync(Activities.TeamEvent(gone, "Patching"));
        Assert.Equal(ChannelState.Stopped, (await StateAsync(room)).State);
        await room.PostAsync(Activities.TeamEvent(back, "Patching"));
        Assert.Equal(ChannelState.Active, (await StateAsync(room)).State);
    }

    [Fact]
    public async Task Given_the_app_is_removed_then_every_channel_of_the_team_stops_and_nothing_is_lost()
    {
        await using var room = await TeamsRoom.StartAsync();
        await room.InstallAsync();
        var other = Activities.Message(Max, "help", mention: true);
        other["conversation"]!["id"] = "19:other@thread.tacv2;messageid=5";
        await room.PostAsync(other);
        await room.ReleaseAsync();

        await room.PostAsync(Activities.Installed("remove"));
        Assert.Equal(2L, await room.Record.ByHandAsync("SELECT count(*) FROM channel WHERE state = 'Stopped'"));
        Assert.NotNull(await room.PostOfAsync());
        await room.PostAsync(Activities.Installed());
        Assert.Equal(2L, await room.Record.ByHandAsync("SELECT count(*) FROM channel WHERE state = 'Active'"));
    }

    [Fact]
    public async Task Given_a_renamed_channel_then_it_goes_by_its_new_name()
    {
        await using var room = await TeamsRoom.StartAsync();
        await room.InstallAsync();
        await room.PostAsync(Activities.TeamEvent("channelRenamed", "Patch desk"));
        Assert.Equal("Platform team › Patch desk", (await StateAsync(room)).Name);
    }

    [Theory, InlineData("teamMemberAdded"), InlineData("channelCreated"), InlineData("somethingNew"), InlineData("")]
    public async Task Given_an_event_that_does_not_concern_the_bot_then_it_is_taken_without_a_word(string kind)
    {
        await using var room = await TeamsRoom.StartAsync();
        Assert.Equal((200, null), await room.PostAsync(Activities.TeamEvent(kind, "New")));
        Assert.Equal(0L, await room.Record.ByHandAsync("SELECT count(*) FROM channel"));
    }

    [Theory, InlineData("typing"), InlineData("event"), InlineData("messageReaction"), InlineData("handoff"), InlineData("trace")]
    public async Task Given_an_activity_of_a_kind_that_is_not_served_then_it_is_answered_with_200(string kind)
    {
        await using var room = await TeamsRoom.StartAsync();
        Assert.Equal((200, null), await room.PostAsync(Activities.Message(Otto, "x", type: kind)));
    }

    [Theory, InlineData("{", 400), InlineData("[]", 400), InlineData("null", 400), InlineData("{}", 400), InlineData("""{"type":7}""", 400), InlineData("", 400)]
    public async Task Given_a_body_that_is_no_activity_then_it_is_refused(string body, int status)
    {
        await using var room = await TeamsRoom.StartAsync();
        Assert.Equal(status, (await room.PostAsync(body, token: "Bearer x")).Status);
        Assert.Equal(401, (await room.PostAsync(body)).Status);
    }

    [Fact]
    public async Task Given_another_content_type_then_it_is_refused()
    {
        await using var room = await TeamsRoom.StartAsync();
        Assert.Equal(415, (await room.PostAsync("{}", "text/plain")).Status);
    }

    private static async Task<(ChannelState State, string Name)> StateAsync(TeamsRoom room)
    {
        var channel = await room.Record.ReadAsync((session, token) => session.Channels.FindAsync(TeamsRoom.Channel, token), Some.Token);
        return (channel!.State, channel.Name);
    }
}
