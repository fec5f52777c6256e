using PatchBot.Core.Delivery;
using PatchBot.Db.Engines;

namespace PatchBot.Db.Stores;

internal sealed class PostStore(SqlSession sql) : IPostStore
{
    // A subject that is shown in more channels has them roused by one statement.
    private const int MostOneByOne = 8;

    public async Task WantAsync(ChannelRef channel, PostSubject subject, string? thread, CancellationToken cancellationToken)
    {
        await new ChannelStore(sql).EnsureAsync(channel, cancellationToken);
        var args = new Args().Channel(channel).Subject(subject).Text("thread", thread, 200).Instant("now", sql.Now);
        if (await sql.ExecuteAsync(Sql.Want(sql.Dialect), args, cancellationToken) == 1)
        {
            sql.Memory.ShownIn.Added(subject, channel);
        }
        else
        {
            await sql.ExecuteAsync(Sql.WantAgain, args, cancellationToken);
        }

        await new LeaseStore(sql).RouseAsync(channel, cancellationToken);
    }

    public async Task RefreshAsync(PostSubject subject, CancellationToken cancellationToken)
    {
        // What is pending by this transaction shows all of it. Beside others that write, a post may have come in since.
        if (!sql.Memory.Refreshed.Add(subject) && !sql.Dialect.WritesSideBySide)
        {
            return;
        }

        if (await sql.ExecuteAsync(Sql.Refresh, new Args().Subject(subject).Instant("now", sql.Now), cancellationToken) > 0)
        {
            await RouseAsync(subject, cancellationToken);
        }
    }

    private async Task RouseAsync(PostSubject subject, CancellationToken cancellationToken)
    {
        // Beside others that write, no post may be overlooked that came in meanwhile.
        var shownIn = sql.Dialect.WritesSideBySide ? [] : await ShownInAsync(subject, cancellationToken);
        if (shownIn.Count is 0 or > MostOneByOne)
        {
            await new LeaseStore(sql).RouseAsync(subject, cancellationToken);
            return;
        }

        foreach (var channel in shownIn)
        {
            await new LeaseStore(sql).RouseAsync(channel, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<ChannelRef>> ShownInAsync(PostSubject subject, CancellationToken cancellationToken) => await sql.Memory.ShownIn.OfAsync(
        subject,
        async () => [.. (await ListAsync(Sql.OfSubject, new Args().Subject(subject), cancellationToken)).Select(post => post.Channel)]);

    public async Task<Post?> FindAsync(long postId, CancellationToken cancellationToken) =>
        (await sql.FirstAsync<PostRow>(Sql.FindById, new Args().Number("id", postId), cancellationToken))?.ToPost();

    public async Task<Post?> FindAsync(ChannelRef channel, string message, CancellationToken cancellationToken) =>
        (await sql.FirstAsync<PostRow>(Sql.Find, new Args().Channel(channel).Text("message", message, 200), cancellationToken))?.ToPost();

    public async Task<Post?> FindAsync(ChannelRef channel, PostSubject subject, CancellationToken cancellationToken) =>
        (await sql.FirstAsync<PostRow>(Sql.FindSubject, new Args().Channel(channel).Subject(subject), cancellationToken))?.ToPost();

    public Task<IReadOnlyList<Post>> OfSubjectAsync(PostSubject subject, CancellationToken cancellationToken) =>
        ListAsync(Sql.OfSubject, new Args().Subject(subject), cancellationToken);

    public Task<ChannelRef?> LeaseAsync(
        string owner, DateTimeOffset now, DateTimeOffset until, IReadOnlyCollection<string> platforms, ChannelRef? only, CancellationToken cancellationToken) =>
        new LeaseStore(sql).LeaseAsync(owner, now, until, platforms, only, cancellationToken);

    public Task<bool> RenewAsync(ChannelRef channel, string owner, DateTimeOffset until, CancellationToken cancellationToken) =>
        new LeaseStore(sql).RenewAsync(channel, owner, until, cancellationToken);

    public Task ReleaseAsync(ChannelRef channel, string owner, DateTimeOffset? notBefore, CancellationToken cancellationToken) =>
        new LeaseStore(sql).ReleaseAsync(channel, owner, notBefore, cancellationToken);

    public async Task<int> WaitingAsync(ChannelRef channel, CancellationToken cancellationToken) =>
        (await sql.FirstAsync<CountRow>(Sql.Waiting, new Args().Channel(channel), cancellationToken))!.Posts;

    public Task<IReadOnlyList<Post>> PendingAsync(ChannelRef channel, DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        ListAsync(Sql.Pending(sql.Dialect), new Args().Channel(channel).Instant("now", now).Number("limit", limit), cancellationToken);

    public Task ShownAsync(long postId, int version, string? message, string? content, CancellationToken cancellationToken) => sql.ExecuteAsync(
        Sql.Shown,
        new Args().Number("id", postId).Number("version", version).Text("message", message, 200).Text("content", content, 200).Instant("now", sql.Now),
        cancellationToken);

    public Task FailedAsync(long postId, string fault, DateTimeOffset notBefore, bool uncertain, CancellationToken cancellationToken) => sql.ExecuteAsync(
        Sql.Failed,
        new Args().Number("id", postId).Shortened("fault", fault, 1000).Instant("notBefore", notBefore).Flag("uncertain", uncertain),
        cancellationToken);

    private async Task<IReadOnlyList<Post>> ListAsync(string statement, Args args, CancellationToken cancellationToken) =>
        [.. (await sql.ListAsync<PostRow>(statement, args, cancellationToken)).Select(row => row.ToPost())];

    // Engines count in different types; a member takes either.
    private sealed class CountRow
    {
        public int Posts { get; init; }
    }

    private sealed class PostRow
    {
        public long Id { get; init; }

        public string Platform { get; init; } = "";

        public string ChannelId { get; init; } = "";

        public string Subject { get; init; } = "";

        public int WantedVersion { get; init; }

        public int ShownVersion { get; init; }

        public string? Thread { get; init; }

        public string? Message { get; init; }

        public string? ShownContent { get; init; }

        public int Attempts { get; init; }

        public bool Doubt { get; init; }

        public Post ToPost() => new(Id, new ChannelRef(Platform, ChannelId), new PostSubject(Subject), WantedVersion, ShownVersion)
        {
            Thread = Thread,
            Message = Message,
            ShownContent = ShownContent,
            Attempts = Attempts,
            Doubt = Doubt,
        };
    }

    private static class Sql
    {
        public const string WantAgain = """
            UPDATE patchbot.post
               SET wanted_version = wanted_version + 1, pending_since = COALESCE(pending_since, @now)
             WHERE platform = @platform AND channel_id = @channel AND subject = @subject
            """;

        public const string Refresh = """
            UPDATE patchbot.post
               SET wanted_version = wanted_version + 1, pending_since = COALESCE(pending_since, @now)
             WHERE subject = @subject
            """;

        public const string FindById = """
            SELECT id, platform, channel_id, subject, wanted_version, shown_version, thread, message, shown_content, attempts, doubt
              FROM patchbot.post
             WHERE id = @id
            """;

        public const string Find = """
            SELECT id, platform, channel_id, subject, wanted_version, shown_version, thread, message, shown_content, attempts, doubt
              FROM patchbot.post
             WHERE platform = @platform AND channel_id = @channel AND message = @message
            """;

        public const string FindSubject = """
            SELECT id, platform, channel_id, subject, wanted_version, shown_version, thread, message, shown_content, attempts, doubt
              FROM patchbot.post
             WHERE platform = @platform AND channel_id = @channel AND subject = @subject
            """;

        public const string OfSubject = """
            SELECT id, platform, channel_id, subject, wanted_version, shown_version, thread, message, shown_content, attempts, doubt
              FROM patchbot.post
             WHERE subject = @subject
             ORDER BY id
            """;

        // Wanted again meanwhile: it queues up anew, behind the channels that have waited longer.
        public const string Shown = """
            UPDATE patchbot.post
               SET shown_version = @version, message = @message, shown_content = @content,
                   attempts = 0, not_before = NULL, last_fault = NULL, doubt = 0,
                   pending_since = CASE WHEN wanted_version > @version THEN @now ELSE NULL END
             WHERE id = @id
            """;

        public const string Failed = """
            UPDATE patchbot.post
               SET attempts = attempts + 1, not_before = @notBefore, last_fault = @fault,
                   doubt = CASE WHEN @uncertain = 1 THEN 1 ELSE doubt END
             WHERE id = @id
            """;

        public const string Waiting = "SELECT COUNT(*) AS posts FROM patchbot.post WHERE platform = @platform AND channel_id = @channel AND pending_since IS NOT NULL";

        public static string Want(ISqlDialect dialect) => $"""
            INSERT INTO patchbot.post (platform, channel_id, subject, wanted_version, shown_version, thread, attempts, pending_since)
            SELECT @platform, @channel, @subject, 1, 0, @thread, 0, @now
             WHERE NOT EXISTS (SELECT 1 FROM patchbot.post {dialect.Hold} WHERE platform = @platform AND channel_id = @channel AND subject = @subject)
            """;

        public static string Pending(ISqlDialect dialect) => $"""
            SELECT id, platform, channel_id, subject, wanted_version, shown_version, thread, message, shown_content, attempts, doubt
              FROM patchbot.post
             WHERE platform = @platform AND channel_id = @channel
               AND pending_since IS NOT NULL AND (not_before IS NULL OR not_before <= @now)
             ORDER BY id
             {dialect.Limit}
            """;
    }
}
