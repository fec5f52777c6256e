using PatchBot.Core.Delivery;

namespace PatchBot.Tests.Db;

public abstract class PostStoreContract(TestEngine engine) : PostContract(engine)
{
    [Fact]
    public async Task Given_fifty_wishes_for_one_subject_then_one_post_is_pending_with_the_newest_version()
    {
        for (var i = 0; i < 50; i++)
        {
            await WantAsync(Ops, Card);
        }

        await WriteAsync(session => session.Posts.RefreshAsync(Card, Token));
        var post = Assert.Single(await PendingAsync(Ops));
        Assert.Equal((Card, 51, 0), (post.Subject, post.WantedVersion, post.ShownVersion));
    }

    [Fact]
    public async Task Given_a_shown_post_when_its_subject_is_refreshed_then_it_is_pending_again_wherever_it_is()
    {
        await WantAsync(Ops, Card, "root");
        await WantAsync(Lab, Card);
        var post = Assert.Single(await PendingAsync(Ops));
        await WriteAsync(session => session.Posts.ShownAsync(post.Id, 1, "m1", "print", Token));
        Assert.Empty(await PendingAsync(Ops));
        Assert.Single(await PendingAsync(Lab));

        await WriteAsync(session => session.Posts.RefreshAsync(Card, Token));

        post = await ReadAsync(session => session.Posts.FindAsync(Ops, "m1", Token));
        Assert.Equal(post, await ReadAsync(session => session.Posts.FindAsync(post!.Id, Token)));
        Assert.Null(await ReadAsync(session => session.Posts.FindAsync(post!.Id + 1_000, Token)));
        Assert.Equal(post, await ReadAsync(session => session.Posts.FindAsync(Ops, Card, Token)));
        Assert.Null(await ReadAsync(session => session.Posts.FindAsync(new ChannelRef("webchat", "elsewhere"), Card, Token)));
        Assert.Equal(post, Assert.Single(await PendingAsync(Ops)));
        Assert.Equal((2, 1, "root", "print"), (post?.WantedVersion, post?.ShownVersion, post?.Thread, post?.ShownContent));
        Assert.Equal([2, 2], (await ReadAsync(session => session.Posts.OfSubjectAsync(Card, Token))).Select(one => one.WantedVersion));
    }

    [Fact]
    public async Task Given_a_subject_refreshed_while_it_was_drawn_then_it_stays_pending()
    {
        await WantAsync(Ops, Card);
        var drawn = Assert.Single(await PendingAsync(Ops));
        await WantAsync(Ops, Card);
        await WriteAsync(session => session.Posts.ShownAsync(drawn.Id, drawn.WantedVersion, "m1", "print", Token));
        Assert.Equal((2, 1), (Assert.Single(await PendingAsync(Ops)).WantedVersion, Assert.Single(await PendingAsync(Ops)).ShownVersion));
    }

    [Fact]
    public async Task Given_a_failed_attempt_then_the_post_waits_and_counts_it()
    {
        await WantAsync(Ops, Card);
        await WantAsync(Ops, Report);
        var post = (await PendingAsync(Ops))[0];
        await WriteAsync(session => session.Posts.FailedAsync(post.Id, new string('x', 3000), Soon.AddMinutes(1), false, Token));

        Assert.Equal([Report], (await PendingAsync(Ops)).Select(pending => pending.Subject));
        var later = await PendingAsync(Ops, Soon.AddMinutes(1));
        Assert.Equal([(Card, 1), (Report, 0)], later.Select(pending => (pending.Subject, pending.Attempts)));
    }

    [Fact]
    public async Task Given_an_attempt_that_ended_without_an_answer_then_the_post_is_in_doubt_until_it_is_shown()
    {
        await WantAsync(Ops, Card);
        var post = Assert.Single(await PendingAsync(Ops));
        Assert.False(post.Doubt);
        await WriteAsync(session => session.Posts.FailedAsync(post.Id, "no answer", Soon, true, Token));
        await WriteAsync(session => session.Posts.FailedAsync(post.Id, "503", Soon, false, Token));
        Assert.True(Assert.Single(await PendingAsync(Ops)).Doubt);

        await WriteAsync(session => session.Posts.ShownAsync(post.Id, 1, "m1", "print", Token));
        Assert.False((await ReadAsync(session => session.Posts.FindAsync(post.Id, Token)))!.Doubt);
    }
}
