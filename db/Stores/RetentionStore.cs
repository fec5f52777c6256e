using PatchBot.Core.Retention;
using PatchBot.Db.Engines;

namespace PatchBot.Db.Stores;

internal sealed class RetentionStore(SqlSession sql) : IRetentionStore
{
    public async Task<Purged> CountAsync(DateTimeOffset before, CancellationToken cancellationToken) => new(
        await sql.FirstAsync<long>(Sql.CountMessages, new Args().Instant("before", before), cancellationToken),
        await sql.FirstAsync<long>(Sql.CountPosts, new Args().Instant("before", before), cancellationToken));

    public async Task<int> PurgeMessagesAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        var replies = await sql.ExecuteAsync(Sql.PurgeReplies(sql.Dialect), Batch(before, limit), cancellationToken);
        return replies >= limit ? replies : replies + await sql.ExecuteAsync(Sql.PurgeRoots(sql.Dialect), Batch(before, limit - replies), cancellationToken);
    }

    public Task<int> PurgePostsAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
        sql.ExecuteAsync(Sql.PurgePosts(sql.Dialect), Batch(before, limit), cancellationToken);

    private static Args Batch(DateTimeOffset before, int limit) => new Args().Instant("before", before).Number("limit", limit);

    private static class Sql
    {
        // Subject beside subject: what is put together here is compared as that column is, and its index finds the posts.
        private const string EndedPost = """
            post.pending_since IS NULL
               AND post.id IN (SELECT shown.id
                                 FROM patchbot.announcement
                                 JOIN patchbot.post AS shown ON shown.subject = CONCAT('announcement/', announcement.id)
                                WHERE announcement.window_end < @before)
            """;

        private const string OldMessage = $"""
            transcript_message.written_at < @before
               AND NOT EXISTS (SELECT 1 FROM patchbot.post WHERE post.id = transcript_message.post_id AND NOT ({EndedPost}))
            """;

        public const string CountPosts = $"SELECT COUNT(*) FROM patchbot.post WHERE {EndedPost}";

        public const string CountMessages = $"""
            SELECT COUNT(*)
              FROM patchbot.transcript_message
             WHERE {OldMessage}
               AND NOT EXISTS (SELECT 1
                                 FROM (SELECT transcript_message.thread_id
                                         FROM patchbot.transcript_message
                                        WHERE transcript_message.thread_id IS NOT NULL AND NOT ({OldMessage})) AS kept
                                WHERE kept.thread_id = transcript_message.id)
            """;

        public static string PurgePosts(ISqlDialect dialect) => $"""
            DELETE FROM patchbot.post
             WHERE id IN (SELECT post.id
                            FROM patchbot.post
                           WHERE {EndedPost}
                           ORDER BY post.id
                           {dialect.Limit})
            """;

        public static string PurgeReplies(ISqlDialect dialect) => $"""
            DELETE FROM patchbot.transcript_message
             WHERE id IN (SELECT transcript_message.id
                            FROM patchbot.transcript_message
                           WHERE transcript_message.thread_id IS NOT NULL AND {OldMessage}
                           ORDER BY transcript_message.id
                           {dialect.Limit})
            """;

        public static string PurgeRoots(ISqlDialect dialect) => $"""
            DELETE FROM patchbot.transcript_message
             WHERE id IN (SELECT transcript_message.id
                            FROM patchbot.transcript_message
                           WHERE transcript_message.thread_id IS NULL AND {OldMessage}
                             AND NOT EXISTS (SELECT 1 FROM patchbot.transcript_message AS reply WHERE reply.thread_id = transcript_message.id)
                           ORDER BY transcript_message.id
                           {dialect.Limit})
            """;
    }
}
