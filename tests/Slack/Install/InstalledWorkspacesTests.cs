using PatchBot.Adapters.Slack.Install;
using PatchBot.Adapters.Slack.Protocol;
using PatchBot.Core.Delivery;
using PatchBot.Core.Record;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Slack.Install;

/// <summary>Whose installation a delivery is for, with which token, and what becomes of it when the app is removed.</summary>
public sealed class InstalledWorkspacesTests : InstallScene
{
    private static readonly Grant Contoso = new("T0CONTOSO", "Contoso");
    private static readonly Grant Corp = new(null, "Corp", "E0CORP");

    [Fact]
    public async Task Given_an_organisation_then_its_workspaces_are_served_by_it_unless_they_have_their_own()
    {
        var room = await OpenAsync();
        await room.InstallAsync(Slack, Corp);
        await room.InstallAsync(Slack, new Grant("T0PART", "Part", "E0CORP"));
        Assert.Equal(
            ("T0PART", "E0CORP", "E0CORP", null, null),
            (await OfAsync(room, "T0PART", "E0CORP"), await OfAsync(room, "T0ELSE", "E0CORP"), await OfAsync(room, null, "E0CORP"), await OfAsync(room, "T0ELSE", null), await OfAsync(room, null, null)));
        Assert.True((await room.Workspaces.OfAsync(null, "E0CORP", Some.Token))!.IsOrganisation);
    }

    [Fact]
    public async Task Given_a_workspaces_own_installation_then_its_organisations_id_does_not_find_it()
    {
        var room = await OpenAsync();
        await room.InstallAsync(Slack, new Grant("T0PART", "Part", "E0CORP"));
        Assert.Null(await OfAsync(room, "T0ELSE", "E0CORP"));
    }

    [Fact]
    public async Task Given_deliveries_one_after_the_other_then_the_record_is_read_once_in_a_while()
    {
        var room = await OpenAsync();
        await room.InstallAsync(Slack, Contoso);
        await OfAsync(room, "T0CONTOSO", null);
        var reads = 0;
        room.Record.IsAway = _ =>
        {
            reads++;
            return false;
        };
        for (var delivery = 0; delivery < 100; delivery++)
        {
            await OfAsync(room, "T0CONTOSO", null);
            await room.Workspaces.TokenAsync("T0CONTOSO", Some.Token);
        }

        Assert.Equal(0, reads);
        Clock.Advance(Installations.Fresh);
        await OfAsync(room, "T0CONTOSO", null);
        Assert.Equal(1, reads);
    }

    [Fact]
    public async Task Given_another_process_that_installs_and_removes_then_both_are_seen_within_seconds()
    {
        var (one, other) = (await OpenAsync(), await OpenAsync());
        Assert.Null(await OfAsync(other, "T0CONTOSO", null));
        await one.InstallAsync(Slack, Contoso);
        Clock.Advance(Installations.FreshForStrangers);
        Assert.Equal("T0CONTOSO", await OfAsync(other, "T0CONTOSO", null));

        await one.Workspaces.RemovedAsync("T0CONTOSO", Some.Token);
        Clock.Advance(Installations.Fresh);
        Assert.Null(await OfAsync(other, "T0CONTOSO", null));
    }

    [Fact]
    public async Task Given_an_app_that_is_removed_then_its_token_is_forgotten_and_its_channels_stop_and_no_others()
    {
        var room = await OpenAsync();
        await room.InstallAsync(Slack, Contoso);
        await room.InstallAsync(Slack, new Grant("T0OTHER", "Other"));
        await WriteAsync(async session =>
        {
            await session.Channels.SaveAsync(Of("C1", "T0CONTOSO"), Some.Token);
            await session.Channels.SaveAsync(Of("C2", "T0OTHER"), Some.Token);
        });
        await room.Workspaces.RemovedAsync("T0CONTOSO", Some.Token);
        await room.Workspaces.RemovedAsync("T0CONTOSO", Some.Token);

        Assert.True((await room.RefusedAsync("T0CONTOSO")).Permanent);
        Assert.Equal("1", $"{await Record.ByHandAsync("SELECT count(*) FROM workspace")}");
        var stopped = Assert.Single(await ReadAsync(session => session.Channels.StoppedAsync(Some.Token)));
        Assert.Equal(("C1", "The app was removed from the workspace."), (stopped.Ref.Id, stopped.StoppedWhy));
        Assert.Single(await AuditAsync(), entry => entry.Contains("workspace.removed", StringComparison.Ordinal));

        static Channel Of(string id, string workspace) =>
            new(new ChannelRef("slack", id), id, ChannelState.Active) { Address = new ConversationAddress(workspace, ConversationKind.Channel).Write() };
    }

    [Fact]
    public async Task Given_a_token_that_Slack_refuses_then_it_is_not_used_again_until_the_app_is_installed_anew()
    {
        var room = await OpenAsync();
        await room.InstallAsync(Slack, Contoso);
        await room.Workspaces.UnusableAsync("T0CONTOSO", "Slack says that the token was revoked.", Some.Token);
        var refused = await room.RefusedAsync("T0CONTOSO");
        Assert.Equal((false, "Slack says that the token was revoked."), (refused.Permanent, refused.Message));
        Assert.Null(await OfAsync(room, "T0CONTOSO", null));

        await room.InstallAsync(Slack, Contoso);
        Assert.Equal("T0CONTOSO", await OfAsync(room, "T0CONTOSO", null));
    }

    [Fact]
    public async Task Given_a_refusal_of_a_token_that_another_process_replaced_then_the_newer_one_is_used()
    {
        var (one, other) = (await OpenAsync(), await OpenAsync());
        await one.InstallAsync(Slack, Contoso);
        var old = await other.Workspaces.TokenAsync("T0CONTOSO", Some.Token);
        await one.InstallAsync(Slack, Contoso);
        await other.Workspaces.UnusableAsync("T0CONTOSO", "Slack says that the token was revoked.", Some.Token);
        Assert.NotEqual(old, await other.Workspaces.TokenAsync("T0CONTOSO", Some.Token));
    }

    [Fact]
    public async Task Given_keys_that_are_lost_then_nothing_is_opened_and_the_remedy_is_said()
    {
        await (await OpenAsync()).InstallAsync(Slack, Contoso);
        Directory.Delete(Keys, recursive: true);
        var room = await OpenAsync();
        Assert.Null(await OfAsync(room, "T0CONTOSO", null));
        var refused = await room.RefusedAsync("T0CONTOSO");
        Assert.False(refused.Permanent);
        Assert.Contains("install the app there again", refused.Message, StringComparison.Ordinal);
        Assert.Contains("cannot be opened with the keys in Slack:KeyFolder", room.Log.Text, StringComparison.Ordinal);

        await room.InstallAsync(Slack, Contoso);
        Assert.Equal("T0CONTOSO", await OfAsync(room, "T0CONTOSO", null));
    }

    [Fact]
    public async Task Given_one_workspaces_seal_in_anothers_row_then_it_does_not_open()
    {
        var room = await OpenAsync();
        await room.InstallAsync(Slack, Contoso);
        await room.InstallAsync(Slack, new Grant("T0OTHER", "Other"));
        await Record.ByHandAsync("UPDATE workspace SET version = 7, sealed = (SELECT sealed FROM workspace WHERE workspace_id = 'T0CONTOSO') WHERE workspace_id = 'T0OTHER'");
        Clock.Advance(Installations.Fresh);
        Assert.Equal(("T0CONTOSO", null), (await OfAsync(room, "T0CONTOSO", null), await OfAsync(room, "T0OTHER", null)));
    }

    [Fact]
    public async Task Given_a_record_that_goes_away_then_people_can_still_be_answered_with_what_is_known()
    {
        var room = await OpenAsync();
        await room.InstallAsync(Slack, Contoso);
        var token = await room.Workspaces.TokenAsync("T0CONTOSO", Some.Token);
        room.Record.IsAway = _ => true;
        Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(token, await room.Workspaces.TokenAsync("T0CONTOSO", Some.Token));
        Assert.Equal("T0CONTOSO", await OfAsync(room, "T0CONTOSO", null));
    }

    [Fact]
    public async Task Given_a_record_that_was_never_read_then_it_cannot_be_known()
    {
        var room = await OpenAsync();
        room.Record.IsAway = _ => true;
        await Assert.ThrowsAsync<RecordUnavailableException>(() => OfAsync(room, "T0CONTOSO", null));
        Assert.False((await room.RefusedAsync("T0CONTOSO")).Permanent);
    }

    [Fact]
    public async Task Given_a_workspace_that_may_no_longer_use_the_bot_then_its_installation_is_not_used()
    {
        await (await OpenAsync()).InstallAsync(Slack, Contoso);
        var room = await OpenAsync(options => options.AllowedWorkspaces.Add("T0OTHER"));
        Assert.Null(await OfAsync(room, "T0CONTOSO", null));
        Assert.True((await room.RefusedAsync("T0CONTOSO")).Permanent);
        Assert.Empty(await room.Workspaces.ListAsync(Some.Token));
    }

    private static async Task<string?> OfAsync(InstallRoom room, string? team, string? enterprise) =>
        (await room.Workspaces.OfAsync(team, enterprise, Some.Token))?.Id;
}
