using PatchBot.Core.Delivery;
using PatchBot.Core.Record;
using PatchBot.Core.Workspaces;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Core.Workspaces;

public sealed class WorkspaceDeskTests : IAsyncLifetime
{
    private static readonly Workspace Acme = new("slack", "T0123", "Acme", "sealed");
    private static readonly ChannelRef General = new("slack", "C0GENERAL"), Elsewhere = new("slack", "C0ELSEWHERE");
    private Chat chat = null!;

    public async ValueTask InitializeAsync() => chat = await Chat.StartAsync(["production"]);

    public ValueTask DisposeAsync() => chat.DisposeAsync();

    [Fact]
    public async Task Given_an_installation_and_another_one_then_the_newest_counts_and_the_audit_tells_them_apart()
    {
        await InstallAsync(Acme);
        var again = await InstallAsync(Acme with { Sealed = "newer" });
        Assert.Equal(("newer", 2, Some.Noon), (again.Sealed, again.Version, again.UpdatedAt));
        Assert.Equal(["workspace.installed", "workspace.reinstalled"], await ActionsAsync());
    }

    [Fact]
    public async Task Given_a_workspace_that_throws_the_bot_out_then_its_token_is_forgotten_its_channels_stop_and_others_go_on()
    {
        await InstallAsync(Acme);
        await chat.WriteAsync(async session =>
        {
            await session.Channels.SaveAsync(new Channel(General, "general", ChannelState.Active), Some.Token);
            await session.Channels.SaveAsync(new Channel(Elsewhere, "elsewhere", ChannelState.Active), Some.Token);
        });

        Assert.True(await RemoveAsync());
        Assert.False(await RemoveAsync());

        Assert.Null(await FindAsync());
        Assert.Equal(
            (ChannelState.Stopped, ChannelState.Active),
            (await StateAsync(General), await StateAsync(Elsewhere)));
        Assert.Equal(["workspace.installed", "workspace.removed"], await ActionsAsync());
    }

    [Fact]
    public async Task Given_a_token_that_is_refused_then_the_workspace_is_unusable_once_and_never_on_the_word_of_an_older_token()
    {
        var old = await InstallAsync(Acme);
        var current = await InstallAsync(Acme with { Sealed = "newer" });
        Assert.False(await UnusableAsync(old));
        Assert.True(await UnusableAsync(current));
        Assert.False(await UnusableAsync(current));

        Assert.Equal((WorkspaceState.Unusable, "token_revoked, twice"), (await FindAsync() is { } found ? (found.State, found.UnusableWhy) : default));
        Assert.Equal(["workspace.installed", "workspace.reinstalled", "workspace.unusable"], await ActionsAsync());
    }

    [Fact]
    public async Task Given_an_installation_that_was_begun_then_its_mark_comes_back_once_and_in_time()
    {
        var states = chat.Get<InstallStates>();
        var (first, late) = (await WriteAsync(session => states.GiveAsync(session, Some.Token)), await WriteAsync(session => states.GiveAsync(session, Some.Token)));
        Assert.True(await WriteAsync(session => states.TakeAsync(session, first, Some.Token)));
        Assert.False(await WriteAsync(session => states.TakeAsync(session, first, Some.Token)));
        Assert.False(await WriteAsync(session => states.TakeAsync(session, "made up", Some.Token)));

        chat.Clock.Advance(InstallStates.Lifetime);
        Assert.False(await WriteAsync(session => states.TakeAsync(session, late, Some.Token)));
    }

    [Fact]
    public void Given_more_than_there_is_room_for_then_a_workspace_is_refused_and_none_tells_what_is_sealed()
    {
        Assert.Throws<ArgumentException>(() => Acme with { Sealed = new string('x', Workspace.LongestSealed + 1) });
        Assert.Throws<ArgumentException>(() => new Workspace("slack", "T1", "x", new string('x', Workspace.LongestSealed + 1)));
        Assert.Equal("slack:T0123 version 0", $"{Acme}");
    }

    private Task<Workspace> InstallAsync(Workspace workspace) =>
        WriteAsync(session => chat.Get<WorkspaceDesk>().InstalledAsync(session, workspace, Chat.Admin.Id, "install/1", Some.Token));

    private Task<bool> RemoveAsync() => WriteAsync(session =>
        chat.Get<WorkspaceDesk>().RemovedAsync(session, "slack", "T0123", [General], Chat.Admin.Id, "PatchBot was removed from Acme.", "uninstall/1", Some.Token));

    private Task<bool> UnusableAsync(Workspace workspace) =>
        WriteAsync(session => chat.Get<WorkspaceDesk>().UnusableAsync(session, workspace, "token_revoked,\ntwice", Some.Token));

    private Task<Workspace?> FindAsync() => chat.ReadAsync(session => session.Workspaces.FindAsync("slack", "T0123", Some.Token));

    private async Task<ChannelState> StateAsync(ChannelRef channel) => (await chat.ReadAsync(session => session.Channels.FindAsync(channel, Some.Token)))!.State;

    private async Task<IReadOnlyList<string>> ActionsAsync() =>
        [.. (await chat.ReadAsync(session => session.Audit.ReadFromAsync(1, 100, Some.Token))).Select(entry => entry.Event.Action).Where(action => action.StartsWith("workspace", StringComparison.Ordinal))];

    private Task<T> WriteAsync<T>(Func<IRecordSession, Task<T>> work) => chat.Record.WriteAsync((session, _) => work(session), Some.Token);
}
