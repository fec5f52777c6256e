using PatchBot.Core.Announcements;
using PatchBot.Core.Conversation;
using PatchBot.Core.Delivery;
using PatchBot.Core.Retention;
using PatchBot.Core.Windows;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Db;

public abstract class RetentionStoreContract(TestEngine engine) : StoreContract(engine)
{
    private static readonly DateTimeOffset Before = Some.Noon;

    [Fact]
    public async Task Given_old_talk_then_it_goes_and_newer_talk_stays()
    {
        await AddAsync(Says("old", -2));
        var fresh = await AddAsync(Says("new", 0));

        Assert.Equal(new Purged(1, 0), await CountAsync());
        await PurgeAsync();

        Assert.Equal([fresh], await IdsAsync());
        Assert.Equal(new Purged(0, 0), await CountAsync());
    }

    [Fact]
    public async Task Given_a_thread_then_its_first_message_stays_as_long_as_one_reply()
    {
        var root = await AddAsync(Says("root", -9));
        await AddAsync(Says("old reply", -8) with { Thread = root });
        var reply = await AddAsync(Says("new reply", 1) with { Thread = root });
        var done = await AddAsync(Says("another root", -9));
        await AddAsync(Says("its only reply", -8) with { Thread = done });

        Assert.Equal(new Purged(3, 0), await CountAsync());
        await PurgeAsync();

        Assert.Equal([root, reply], await IdsAsync());
    }

    [Fact]
    public async Task Given_messages_that_show_posts_then_only_those_of_windows_long_over_go()
    {
        var card = await ShowAsync(new PostSubject("patch/KB5032196"));
        var ended = await AnnounceAsync(-30);
        var coming = await AnnounceAsync(1);
        var gone = await ShowAsync(ended);
        var kept = await ShowAsync(coming);
        await WriteAsync(session => session.Posts.WantAsync(Lab, ended, null, Token));

        // The post in the lab's channel still waits to be shown.
        Assert.Equal(new Purged(1, 1), await CountAsync());
        await PurgeAsync();

        Assert.Equal([card, kept], await IdsAsync());
        Assert.DoesNotContain(gone, await IdsAsync());
        Assert.Equal([Lab], (await ReadAsync(session => session.Posts.OfSubjectAsync(ended, Token))).Select(post => post.Channel));
        Assert.Single(await ReadAsync(session => session.Posts.OfSubjectAsync(coming, Token)));
    }

    [Fact]
    public async Task Given_more_than_a_batch_then_each_takes_no_more_than_it_may()
    {
        var root = await AddAsync(Says("root", -9));
        for (var i = 0; i < 4; i++)
        {
            await AddAsync(Says($"reply {i}", -8) with { Thread = root });
        }

        var batches = new List<int>();
        for (var i = 0; i < 4; i++)
        {
            batches.Add(await WriteAsync(session => session.Retention.PurgeMessagesAsync(Before, 2, Token)));
        }

        Assert.Equal([2, 2, 1, 0], batches);
    }

    private static TranscriptMessage Says(string text, int day) =>
        new(0, Ops, null, Some.Engineer.Id.Value, Some.Engineer.Name, text, null, 1, null, Before.AddDays(day), false);

    private async Task<PostSubject> AnnounceAsync(int day)
    {
        var window = new MaintenanceWindow(Before.AddDays(day).AddHours(-4), Before.AddDays(day));
        var told = await WriteAsync(session => session.Announcements.TryAddAsync(new Announcement(0, "production", window, "set", Before.AddDays(-40)), Token));
        return PostSubject.Of(AnnouncementCard.SubjectKind, $"{told!.Id}");
    }

    /// <returns>The id of the message that shows it, written long ago.</returns>
    private async Task<long> ShowAsync(PostSubject subject)
    {
        await WriteAsync(session => session.Posts.WantAsync(Ops, subject, null, Token));
        var post = Assert.Single(await ReadAsync(session => session.Posts.OfSubjectAsync(subject, Token)));
        var message = await AddAsync(Says(subject.Value, -35) with { PostId = post.Id });
        await WriteAsync(session => session.Posts.ShownAsync(post.Id, 1, $"{message}", "content", Token));
        return message;
    }

    private async Task<long> AddAsync(TranscriptMessage message) => (await WriteAsync(session => session.Transcript.AddAsync(message, Token))).Id;

    private async Task<long[]> IdsAsync() => [.. (await ReadAsync(session => session.Transcript.ReadAsync(Ops, 0, 100, Token))).Select(message => message.Id)];

    private Task<Purged> CountAsync() => ReadAsync(session => session.Retention.CountAsync(Before, Token));

    private async Task PurgeAsync()
    {
        await WriteAsync(session => session.Retention.PurgeMessagesAsync(Before, 100, Token));
        await WriteAsync(session => session.Retention.PurgePostsAsync(Before, 100, Token));
    }
}
