using PatchBot.Tests.Support;

namespace PatchBot.Tests.Db;

public abstract class InboxContract(TestEngine engine) : StoreContract(engine)
{
    [Fact]
    public async Task Given_a_delivery_that_arrives_many_times_then_it_is_taken_once()
    {
        var taken = await RaceAsync(6, (session, _) => session.Inbox.TryTakeAsync("slack", "Ev0PV52K21", Some.Noon, Token));
        Assert.Single(taken, true);
        Assert.True(await WriteAsync(session => session.Inbox.TryTakeAsync("teams", "Ev0PV52K21", Some.Noon, Token)));
    }

    [Fact]
    public async Task Given_deliveries_of_which_some_were_taken_then_a_look_names_the_others_and_takes_none()
    {
        await WriteAsync(session => session.Inbox.TryTakeAsync("slack", "heard", Some.Noon, Token));
        await WriteAsync(session => session.Inbox.TryTakeAsync("teams", "missed", Some.Noon, Token));
        for (var look = 0; look < 2; look++)
        {
            Assert.Equal(["missed"], await ReadAsync(session => session.Inbox.UntakenAsync("slack", ["heard", "missed"], Token)));
        }

        Assert.Empty(await ReadAsync(session => session.Inbox.UntakenAsync("slack", [], Token)));
    }

    [Fact]
    public async Task Given_a_purge_then_only_older_deliveries_are_forgotten()
    {
        await WriteAsync(session => session.Inbox.TryTakeAsync("slack", "old", Some.Noon.AddDays(-8), Token));
        await WriteAsync(session => session.Inbox.TryTakeAsync("slack", "new", Some.Noon, Token));
        await WriteAsync(session => session.Inbox.PurgeAsync(Some.Noon, 200, Token));
        Assert.True(await WriteAsync(session => session.Inbox.TryTakeAsync("slack", "old", Some.Noon, Token)));
        Assert.False(await WriteAsync(session => session.Inbox.TryTakeAsync("slack", "new", Some.Noon, Token)));
    }

    [Fact]
    public async Task Given_more_to_forget_than_a_purge_may_then_the_oldest_go_first()
    {
        for (var day = 1; day <= 5; day++)
        {
            await WriteAsync(session => session.Inbox.TryTakeAsync("slack", $"{day} days ago", Some.Noon.AddDays(-day), Token));
        }

        await WriteAsync(session => session.Inbox.PurgeAsync(Some.Noon, 2, Token));

        Assert.False(await WriteAsync(session => session.Inbox.TryTakeAsync("slack", "3 days ago", Some.Noon, Token)));
        Assert.True(await WriteAsync(session => session.Inbox.TryTakeAsync("slack", "4 days ago", Some.Noon, Token)));
        Assert.True(await WriteAsync(session => session.Inbox.TryTakeAsync("slack", "5 days ago", Some.Noon, Token)));
    }

    [Fact]
    public async Task Given_a_key_longer_than_its_column_then_it_is_refused_by_name()
    {
        var refused = await Assert.ThrowsAsync<ArgumentException>(() =>
            WriteAsync(session => session.Inbox.TryTakeAsync("slack", new string('k', 201), Some.Noon, Token)));
        Assert.Contains("deliveryKey", refused.Message, StringComparison.Ordinal);
    }
}
