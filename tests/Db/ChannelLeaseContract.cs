using PatchBot.Core.Delivery;
using PatchBot.Core.Record;

namespace PatchBot.Tests.Db;

/// <summary>Who works at a channel, one at a time, and when it is due.</summary>
public abstract class ChannelLeaseContract(TestEngine engine) : PostContract(engine)
{
    [Fact]
    public async Task Given_many_workers_then_each_channel_has_one_lease()
    {
        await WantAsync(Ops, Card);
        await WantAsync(Lab, Card);

        var leased = await RaceAsync(6, (session, racer) => LeaseAsync(session, $"worker {racer}"));

        Assert.Equal([Lab, Ops], leased.OfType<ChannelRef>().OrderBy(channel => channel.Id));
    }

    [Fact]
    public async Task Given_a_lease_then_it_is_renewed_by_its_owner_and_taken_over_after_its_end()
    {
        await WantAsync(Ops, Card);
        Assert.Equal(Ops, await WriteAsync(session => LeaseAsync(session, "one")));
        Assert.Null(await WriteAsync(session => LeaseAsync(session, "one")));
        Assert.True(await WriteAsync(session => session.Posts.RenewAsync(Ops, "one", Soon.AddMinutes(2), Token)));
        Assert.Null(await WriteAsync(session => LeaseAsync(session, "two", Soon.AddMinutes(1))));
        Assert.Equal(Ops, await WriteAsync(session => LeaseAsync(session, "two", Soon.AddMinutes(2))));
        Assert.False(await WriteAsync(session => session.Posts.RenewAsync(Ops, "one", Soon.AddMinutes(9), Token)));

        await WriteAsync(session => session.Posts.ReleaseAsync(Ops, "one", null, Token));
        Assert.Null(await WriteAsync(session => LeaseAsync(session, "three", Soon.AddMinutes(2))));
        await WriteAsync(session => session.Posts.ReleaseAsync(Ops, "two", null, Token));
        Assert.Equal(Ops, await WriteAsync(session => LeaseAsync(session, "three", Soon.AddMinutes(2))));
    }

    [Fact]
    public async Task Given_a_throttled_channel_then_it_alone_waits()
    {
        await WantAsync(Ops, Card);
        await WantAsync(Lab, Card);
        Assert.Equal(Ops, await WriteAsync(session => LeaseAsync(session, "one")));
        await WriteAsync(session => session.Posts.ReleaseAsync(Ops, "one", Soon.AddSeconds(30), Token));

        Assert.Null(await WriteAsync(session => LeaseAsync(session, "one", only: Ops)));
        Assert.Equal(Lab, await WriteAsync(session => LeaseAsync(session, "one")));
        Assert.Null(await WriteAsync(session => LeaseAsync(session, "one")));
        Assert.Equal(Ops, await WriteAsync(session => LeaseAsync(session, "one", Soon.AddSeconds(30))));
    }

    [Fact]
    public async Task Given_a_channel_of_a_platform_that_the_process_does_not_serve_then_it_is_left_to_others_and_holds_up_nobody()
    {
        var elsewhere = new ChannelRef("slack", "C1");
        await WantAsync(elsewhere, Card);
        Assert.Null(await WriteAsync(session => LeaseAsync(session, "one")));
        Assert.Null(await WriteAsync(session => LeaseAsync(session, "one", only: elsewhere)));

        await WantAsync(Ops, Card);
        Assert.Equal(Ops, await WriteAsync(session => LeaseAsync(session, "one")));
        Assert.Equal(elsewhere, await WriteAsync(session => session.Posts.LeaseAsync("two", Soon, Soon.AddMinutes(1), ["slack", "teams"], null, Token)));
    }

    [Fact]
    public async Task Given_a_stopped_channel_or_one_with_nothing_due_then_it_is_not_leased()
    {
        await WantAsync(Ops, Card);
        Assert.Equal((1, 0), (await ReadAsync(session => session.Posts.WaitingAsync(Ops, Token)), await ReadAsync(session => session.Posts.WaitingAsync(Lab, Token))));
        await WriteAsync(session => session.Channels.StopAsync(Ops, Soon, "The bot was removed.", Token));
        Assert.Null(await WriteAsync(session => LeaseAsync(session, "one")));
        Assert.Null(await WriteAsync(session => LeaseAsync(session, "one", only: Ops)));

        await WriteAsync(session => session.Channels.ActivateAsync(Ops, Token));
        var post = Assert.Single(await PendingAsync(Ops));
        await WriteAsync(session => session.Posts.FailedAsync(post.Id, "503", Soon.AddMinutes(1), false, Token));
        Assert.Null(await WriteAsync(session => LeaseAsync(session, "one")));
        Assert.Null(await WriteAsync(session => LeaseAsync(session, "one", only: Lab)));
    }

    [Fact]
    public async Task Given_a_wish_while_its_channel_is_being_worked_off_then_the_channel_is_due_again_afterwards()
    {
        await WantAsync(Ops, Card);
        Assert.Equal(Ops, await WriteAsync(session => LeaseAsync(session, "one")));
        await ShowAllAsync(Ops);
        await WantAsync(Ops, Report);
        Assert.Null(await WriteAsync(session => LeaseAsync(session, "two")));

        await WriteAsync(session => session.Posts.ReleaseAsync(Ops, "one", null, Token));

        Assert.Equal(Ops, await WriteAsync(session => LeaseAsync(session, "two")));
    }

    [Fact]
    public async Task Given_a_wish_in_a_throttled_channel_then_it_waits_until_the_channel_may_be_written_to()
    {
        await WantAsync(Ops, Card);
        Assert.Equal(Ops, await WriteAsync(session => LeaseAsync(session, "one")));
        await WriteAsync(session => session.Posts.ReleaseAsync(Ops, "one", Soon.AddSeconds(30), Token));
        await WantAsync(Ops, Report);
        await WriteAsync(session => session.Posts.RefreshAsync(Card, Token));

        Assert.Null(await WriteAsync(session => LeaseAsync(session, "one")));
        Assert.Equal(Ops, await WriteAsync(session => LeaseAsync(session, "one", Soon.AddSeconds(30))));
    }

    [Fact]
    public async Task Given_a_post_that_waits_after_a_failure_then_its_channel_is_due_when_it_may_be_tried_or_when_another_is_wanted()
    {
        await WantAsync(Ops, Card);
        Assert.Equal(Ops, await WriteAsync(session => LeaseAsync(session, "one")));
        var post = Assert.Single(await PendingAsync(Ops));
        await WriteAsync(session => session.Posts.FailedAsync(post.Id, "503", Soon.AddHours(1), false, Token));
        await WriteAsync(session => session.Posts.ReleaseAsync(Ops, "one", null, Token));
        Assert.Null(await WriteAsync(session => LeaseAsync(session, "one")));
        Assert.Equal(Ops, await WriteAsync(session => LeaseAsync(session, "one", Soon.AddHours(1))));
        await WriteAsync(session => session.Posts.ReleaseAsync(Ops, "one", null, Token));

        await WantAsync(Ops, Report);

        Assert.Equal(Ops, await WriteAsync(session => LeaseAsync(session, "one")));
    }

    [Fact]
    public async Task Given_a_channel_whose_posts_were_all_shown_then_the_next_one_is_leased()
    {
        await WantAsync(Ops, Card);
        await WantAsync(Lab, Card);
        await ShowAllAsync(Ops);

        Assert.Equal(Lab, await WriteAsync(session => LeaseAsync(session, "one")));
        Assert.Null(await WriteAsync(session => LeaseAsync(session, "one")));

        await WriteAsync(session => session.Posts.RefreshAsync(Card, Token));
        Assert.Equal(Ops, await WriteAsync(session => LeaseAsync(session, "one")));
    }

    [Fact]
    public async Task Given_a_wish_while_a_channel_without_work_is_looked_at_then_it_is_not_forgotten()
    {
        for (var round = 0; round < 10; round++)
        {
            var subject = new PostSubject($"report/{round}");
            await WantAsync(Ops, Card);
            await ShowAllAsync(Ops);

            var found = await RaceAsync(4, async (session, racer) =>
            {
                if (racer > 0)
                {
                    return await LeaseAsync(session, "one");
                }

                await session.Posts.WantAsync(Ops, subject, null, Token);
                return null;
            });

            Assert.Equal(Ops, found.SingleOrDefault(leased => leased is not null) ?? await WriteAsync(session => LeaseAsync(session, "one")));
            await ShowAllAsync(Ops);
            await WriteAsync(session => session.Posts.ReleaseAsync(Ops, "one", null, Token));
        }
    }

    [Fact]
    public async Task Given_a_channel_that_is_never_done_then_the_others_have_their_turn()
    {
        await WantAsync(Ops, Card);
        await WantAsync(Lab, Card);
        Assert.Equal(Ops, await WriteAsync(session => LeaseAsync(session, "one")));
        var post = Assert.Single(await PendingAsync(Ops));
        await WantAsync(Ops, Card);
        await WriteAsync(session => session.Posts.ShownAsync(post.Id, post.WantedVersion, "m1", "print", Token));
        await WriteAsync(session => session.Posts.ReleaseAsync(Ops, "one", null, Token));

        Assert.Equal(Lab, await WriteAsync(session => LeaseAsync(session, "one")));
        Assert.Equal(Ops, await WriteAsync(session => LeaseAsync(session, "one")));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Given_a_lease_that_ran_out_when_the_channel_is_taken_over_then_what_waits_there_is_in_doubt(bool named)
    {
        await WantAsync(Ops, Report);
        await ShowAllAsync(Ops);
        await WantAsync(Ops, Card);
        await WantAsync(Lab, Card);
        Assert.Equal(Ops, await WriteAsync(session => LeaseAsync(session, "killed", only: Ops)));
        Assert.DoesNotContain(await PendingAsync(Ops), post => post.Doubt);

        var later = Soon.AddMinutes(2);
        await WriteAsync(session => LeaseAsync(session, "lab", later, only: Lab));
        Assert.Equal(Ops, await WriteAsync(session => LeaseAsync(session, "next", later, named ? Ops : null)));

        Assert.Equal((false, true), (await DoubtAsync(Report), await DoubtAsync(Card)));
        Assert.False(Assert.Single(await PendingAsync(Lab)).Doubt);
    }

    [Fact]
    public async Task Given_a_lease_that_was_given_back_then_nothing_is_in_doubt()
    {
        await WantAsync(Ops, Card);
        await WriteAsync(session => LeaseAsync(session, "one"));
        await WriteAsync(session => session.Posts.ReleaseAsync(Ops, "one", null, Token));
        Assert.Equal(Ops, await WriteAsync(session => LeaseAsync(session, "two", Soon.AddMinutes(2))));
        Assert.False(Assert.Single(await PendingAsync(Ops)).Doubt);
    }

    private async Task<bool> DoubtAsync(PostSubject subject) => (await ReadAsync(session => session.Posts.FindAsync(Ops, subject, Token)))!.Doubt;

    private async Task ShowAllAsync(ChannelRef channel)
    {
        foreach (var post in await PendingAsync(channel))
        {
            await WriteAsync(session => session.Posts.ShownAsync(post.Id, post.WantedVersion, $"m{post.Id}", "print", Token));
        }
    }

    private static Task<ChannelRef?> LeaseAsync(
        IRecordSession session, string owner, DateTimeOffset? now = null, ChannelRef? only = null) =>
        session.Posts.LeaseAsync(owner, now ?? Soon, (now ?? Soon).AddMinutes(1), [Ops.Platform], only, Token);
}
