using PatchBot.Core.Workspaces;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Db;

public abstract class WorkspaceStoreContract(TestEngine engine) : StoreContract(engine)
{
    private static readonly Workspace Acme = new("slack", "T0123", "Acme", "sealed-1") { UpdatedAt = Some.Noon };

    [Fact]
    public async Task Given_a_workspace_that_is_saved_again_then_it_is_replaced_and_its_version_counts_up()
    {
        Assert.Equal(Acme with { Version = 1 }, await SaveAsync(Acme));
        var again = Acme with { Name = "Acme Inc.", Sealed = new string('x', Workspace.LongestSealed), UpdatedAt = Some.Noon.AddHours(1) };
        Assert.Equal(again with { Version = 2 }, await SaveAsync(again));
        Assert.Equal(again with { Version = 2 }, await FindAsync());
        Assert.Null(await ReadAsync(session => session.Workspaces.FindAsync("slack", "t0123", Token)));
    }

    [Fact]
    public async Task Given_several_replicas_that_refresh_one_token_at_once_then_one_is_kept()
    {
        await SaveAsync(Acme);
        var taken = await RaceAsync(5, (session, racer) =>
            session.Workspaces.TryReplaceAsync(Acme with { Sealed = $"sealed by {racer}" }, expectedVersion: 1, Token));

        var winner = Array.IndexOf(taken, true);
        Assert.Single(taken, won => won);
        Assert.Equal(($"sealed by {winner}", 2), (await FindAsync() is { } kept ? (kept.Sealed, kept.Version) : default));
    }

    [Fact]
    public async Task Given_a_refused_token_then_the_workspace_is_unusable_until_it_is_installed_again()
    {
        await SaveAsync(Acme);
        Assert.True(await MarkAsync(1, new string('y', 600)));
        Assert.False(await MarkAsync(2, "again"));
        var unusable = await FindAsync();
        Assert.Equal((WorkspaceState.Unusable, Some.Noon, 500, 2), (unusable!.State, unusable.UnusableAt!.Value, unusable.UnusableWhy!.Length, unusable.Version));
        Assert.False(await WriteAsync(session => session.Workspaces.TryReplaceAsync(Acme, 2, Token)));

        Assert.Equal(Acme with { Version = 3 }, await SaveAsync(Acme));
    }

    [Fact]
    public async Task Given_a_token_that_was_refused_when_another_replica_has_a_newer_one_then_the_workspace_stays_active()
    {
        await SaveAsync(Acme);
        Assert.True(await WriteAsync(session => session.Workspaces.TryReplaceAsync(Acme with { Sealed = "sealed-2" }, 1, Token)));
        Assert.False(await MarkAsync(1, "invalid_auth"));
        Assert.Equal(("sealed-2", WorkspaceState.Active), (await FindAsync() is { } kept ? (kept.Sealed, kept.State) : default));
    }

    [Fact]
    public async Task Given_workspaces_then_those_of_a_platform_are_listed_by_name_until_they_are_removed()
    {
        await SaveAsync(Acme with { Id = "T2", Name = "Zeta" });
        await SaveAsync(Acme);
        await SaveAsync(Acme with { Platform = "other" });
        Assert.Equal(["T0123", "T2"], (await ReadAsync(session => session.Workspaces.ListAsync("slack", Token))).Select(workspace => workspace.Id));

        Assert.True(await WriteAsync(session => session.Workspaces.RemoveAsync("slack", "T2", Token)));
        Assert.False(await WriteAsync(session => session.Workspaces.RemoveAsync("slack", "T2", Token)));
        Assert.Equal(["T0123"], (await ReadAsync(session => session.Workspaces.ListAsync("slack", Token))).Select(workspace => workspace.Id));
    }

    [Fact]
    public async Task Given_the_state_of_an_installation_when_it_comes_back_several_times_at_once_then_it_is_taken_once()
    {
        await AddStateAsync('a', Some.Noon.AddMinutes(10));
        Assert.Single(await RaceAsync(5, (session, _) => session.Workspaces.TryTakeStateAsync(new string('a', 64), Some.Noon, Token)), taken => taken);
    }

    [Fact]
    public async Task Given_a_state_that_has_expired_or_was_never_given_out_then_it_is_not_taken()
    {
        await AddStateAsync('a', Some.Noon);
        Assert.False(await TakeStateAsync('a'));
        Assert.False(await TakeStateAsync('b'));
    }

    [Fact]
    public async Task Given_old_states_when_they_are_purged_then_the_oldest_go_first_and_fresh_ones_stay()
    {
        await AddStateAsync('a', Some.Noon.AddHours(-3));
        await AddStateAsync('b', Some.Noon.AddHours(-2));
        await AddStateAsync('c', Some.Noon.AddHours(1));

        await WriteAsync(session => session.Workspaces.PurgeStatesAsync(Some.Noon, 1, Token));
        Assert.Equal(2L, Convert.ToInt64(await Database.ByHandAsync("SELECT COUNT(*) FROM patchbot.install_state"), System.Globalization.CultureInfo.InvariantCulture));
        await WriteAsync(session => session.Workspaces.PurgeStatesAsync(Some.Noon, 9, Token));
        Assert.True(await TakeStateAsync('c'));
    }

    private Task<Workspace> SaveAsync(Workspace workspace) => WriteAsync(session => session.Workspaces.SaveAsync(workspace, Token));

    private Task<Workspace?> FindAsync() => ReadAsync(session => session.Workspaces.FindAsync("slack", "T0123", Token));

    private Task<bool> MarkAsync(int version, string why) =>
        WriteAsync(session => session.Workspaces.MarkUnusableAsync("slack", "T0123", version, Some.Noon, why, Token));

    private Task AddStateAsync(char hash, DateTimeOffset expiresAt) =>
        WriteAsync(session => session.Workspaces.AddStateAsync(new string(hash, 64), expiresAt, Token));

    private Task<bool> TakeStateAsync(char hash) => WriteAsync(session => session.Workspaces.TryTakeStateAsync(new string(hash, 64), Some.Noon, Token));
}
