using System.Text.Json.Nodes;
using PatchBot.Core.Conversation;
using PatchBot.Core.Delivery;
using static PatchBot.Tests.Slack.Inbound.Deliveries;
using static PatchBot.Tests.Slack.Inbound.SlackRoom;

namespace PatchBot.Tests.Slack.Inbound;

/// <summary>Inviting, removing, and what happens to channels and installations.</summary>
public sealed class ChannelEventTests
{
    [Fact]
    public async Task Given_the_bot_is_invited_again_and_again_then_it_greets_once_and_learns_the_channels_name()
    {
        await using var room = await StartAsync();
        await room.InviteAsync();
        await room.InviteAsync();
        var channel = await room.ChannelAsync();
        Assert.Equal((ChannelState.Active, "ops"), (channel!.State, channel.Name));
        Assert.Equal(1, (await room.ReadAsync((session, token) => session.Posts.FindAsync(SlackRoom.Channel, WelcomeCard.SubjectFor(alone: false), token)))!.WantedVersion);
    }

    [Fact]
    public async Task Given_somebody_else_joins_or_leaves_then_it_does_not_concern_the_bot()
    {
        await using var room = await StartAsync();
        await room.EventAsync(Happening("member_joined_channel", ("user", Erin.Id.ObjectId)));
        Assert.Null(await room.ChannelAsync());
        await room.InviteAsync();
        await room.EventAsync(Happening("member_left_channel", ("user", Erin.Id.ObjectId)));
        Assert.Equal(ChannelState.Active, (await room.ChannelAsync())!.State);
    }

    [Theory]
    [InlineData("member_left_channel"), InlineData("channel_left"), InlineData("group_left")]
    [InlineData("channel_archive"), InlineData("group_archive"), InlineData("channel_deleted"), InlineData("group_deleted")]
    public async Task Given_the_bot_is_removed_or_the_channel_goes_then_it_stops_and_comes_back_when_the_bot_is_asked_in(string gone)
    {
        var (room, _) = await WithCardAsync();
        await using var _ = room;
        await room.EventAsync(Happening(gone, ("user", gone.StartsWith("member", StringComparison.Ordinal) ? BotUser : Max.Id.ObjectId), ("actor_id", Max.Id.ObjectId)));
        Assert.Equal(ChannelState.Stopped, (await room.ChannelAsync())!.State);
        await room.InviteAsync();
        Assert.Equal(ChannelState.Active, (await room.ChannelAsync())!.State);
    }

    [Theory, InlineData("channel_archive", "channel_unarchive"), InlineData("group_archive", "group_unarchive")]
    public async Task Given_a_channel_is_archived_and_brought_back_then_it_goes_on(string gone, string back)
    {
        var (room, _) = await WithCardAsync();
        await using var _ = room;
        await room.EventAsync(Happening(gone, ("user", Max.Id.ObjectId)));
        await room.EventAsync(Happening(back, ("user", Max.Id.ObjectId)));
        Assert.Equal(ChannelState.Active, (await room.ChannelAsync())!.State);
    }

    [Theory, InlineData("channel_rename"), InlineData("group_rename")]
    public async Task Given_a_channel_is_renamed_then_it_goes_by_its_new_name(string type)
    {
        await using var room = await StartAsync();
        await room.InviteAsync();
        var renamed = Happening(type);
        renamed["channel"] = new JsonObject { ["id"] = Ops, ["name"] = "patching", ["created"] = 1360782804 };
        await room.EventAsync(renamed);
        Assert.Equal("patching", (await room.ChannelAsync())!.Name);
    }

    [Theory, InlineData("channel_archive"), InlineData("channel_unarchive"), InlineData("channel_rename"), InlineData("channel_left")]
    public async Task Given_a_channel_that_is_not_the_bots_then_nothing_is_remembered_of_it(string type)
    {
        await using var room = await StartAsync();
        Assert.Equal(200, await room.EventAsync(Happening(type, ("user", Max.Id.ObjectId))));
        Assert.Null(await room.ChannelAsync());
    }

    [Fact]
    public async Task Given_a_channel_gets_another_id_then_what_it_followed_goes_on_there()
    {
        var (room, _) = await WithCardAsync();
        await using var _ = room;
        var moved = new JsonObject { ["type"] = "channel_id_changed", ["old_channel_id"] = Ops, ["new_channel_id"] = "C77NEW", ["event_ts"] = NextTs() };
        await room.EventAsync(moved);
        await room.EventAsync(moved);
        Assert.Equal((ChannelState.Stopped, ChannelState.Active), ((await room.ChannelAsync())!.State, (await room.ChannelAsync("C77NEW"))!.State));
        Assert.Equal(["C77NEW"], (await room.ReadAsync((session, token) => session.Channels.SubscriptionsAsync(token))).Where(one => one.Channel.Platform == "slack").Select(one => one.Channel.Id));
    }

    [Fact]
    public async Task Given_the_app_is_removed_then_its_installation_goes_and_what_comes_later_is_left_alone()
    {
        await using var room = await StartAsync();
        await room.EventAsync(new JsonObject { ["type"] = "app_uninstalled" });
        Assert.Empty(room.Workspaces.Installed);
        await room.EventAsync(new JsonObject { ["type"] = "tokens_revoked", ["tokens"] = new JsonObject { ["oauth"] = new JsonArray(), ["bot"] = new JsonArray(BotUser) } });
        Assert.Empty(room.Workspaces.Unusable);
    }

    [Fact]
    public async Task Given_the_token_is_revoked_before_the_app_is_removed_then_the_installation_goes_all_the_same()
    {
        await using var room = await StartAsync();
        var installation = room.Workspaces.Installed[Team];
        room.Workspaces.Installed.Clear();
        room.Workspaces.Installed["unusable"] = installation;
        await room.EventAsync(new JsonObject { ["type"] = "app_uninstalled" });
        Assert.Equal([Team], room.Workspaces.Removed);
    }

    [Fact]
    public async Task Given_the_bots_token_is_revoked_then_it_is_not_used_again_and_a_persons_token_is_none_of_the_bots()
    {
        await using var room = await StartAsync();
        await room.EventAsync(new JsonObject { ["type"] = "tokens_revoked", ["tokens"] = new JsonObject { ["oauth"] = new JsonArray("U01ERIN"), ["bot"] = new JsonArray() } });
        Assert.Empty(room.Workspaces.Unusable);
        await room.EventAsync(new JsonObject { ["type"] = "tokens_revoked", ["tokens"] = new JsonObject { ["bot"] = new JsonArray(BotUser) } });
        Assert.Contains("revoked", room.Workspaces.Unusable[Team], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_workspaces_are_closed_to_the_bot_then_their_own_installations_go_and_the_organisations_stays()
    {
        await using var room = await StartAsync();
        room.Workspaces.Installed["E01ORG"] = room.Workspaces.Installed[Team] with { Id = "E01ORG", IsOrganisation = true };
        await room.EventAsync(new JsonObject { ["type"] = "team_access_revoked", ["team_ids"] = new JsonArray(Team, "T02MORE") });
        Assert.Equal(["E01ORG"], room.Workspaces.Installed.Keys);
    }

    [Fact]
    public async Task Given_a_person_opens_the_home_tab_then_it_shows_what_waits_for_them_and_they_can_be_written_to()
    {
        var (room, card) = await WithCardAsync();
        await using var _ = room;
        await room.EventAsync(Message(Erin.Id.ObjectId, "pass on hv-lab-02, backups ok", thread: card));
        await room.EventAsync(new JsonObject { ["type"] = "app_home_opened", ["user"] = Max.Id.ObjectId, ["channel"] = "D02MAX", ["tab"] = "home", ["event_ts"] = NextTs() });
        var home = Assert.Single(room.Api.All);
        Assert.Equal($"home of {Max.Id.ObjectId}", home.How);
        Assert.Equal("home", (string?)home.Json!["type"]);
        Assert.Contains("KB5032196", home.Text, StringComparison.Ordinal);
        Assert.Equal("D02MAX", (await room.PersonAsync(Max.Id))!.Direct?.Id);
    }

    [Fact]
    public async Task Given_a_person_opens_the_messages_tab_then_nothing_is_drawn()
    {
        await using var room = await StartAsync();
        await room.EventAsync(new JsonObject { ["type"] = "app_home_opened", ["user"] = Max.Id.ObjectId, ["channel"] = "D02MAX", ["tab"] = "messages", ["event_ts"] = NextTs() });
        Assert.Empty(room.Api.All);
    }

    [Fact]
    public async Task Given_the_database_is_away_then_the_home_tab_says_so()
    {
        await using var room = await StartAsync();
        room.Record.IsAway = _ => true;
        await room.EventAsync(new JsonObject { ["type"] = "app_home_opened", ["user"] = Max.Id.ObjectId, ["channel"] = "D02MAX", ["tab"] = "home", ["event_ts"] = NextTs() });
        Assert.Contains("does not answer", Assert.Single(room.Api.All).Text, StringComparison.Ordinal);
    }

    private static JsonObject Happening(string type, params (string Name, string Value)[] more)
    {
        var happening = new JsonObject { ["type"] = type, ["channel"] = Ops, ["event_ts"] = NextTs() };
        foreach (var (name, value) in more)
        {
            happening[name] = value;
        }

        return happening;
    }
}
