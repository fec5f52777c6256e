using PatchBot.Core.Conversation;
using PatchBot.Core.Delivery;
using PatchBot.Core.People;
using PatchBot.Db.Engines;

namespace PatchBot.Db.Stores;

internal sealed class Transcript(SqlSession sql) : ITranscript
{
    public async Task<TranscriptMessage> AddAsync(TranscriptMessage message, CancellationToken cancellationToken)
    {
        if (message.PostId is { } post
            && await sql.FirstAsync<MessageRow>(Sql.OfPost(sql.Dialect), new Args().Number("postId", post), cancellationToken) is { } existing)
        {
            return existing.ToMessage();
        }

        var args = new Args()
            .Channel(message.Channel)
            .Number("threadId", message.Thread)
            .Text("authorId", message.Author, PersonId.MaxLength)
            .Shortened("authorName", message.AuthorName, 200)
            .LongText("body", message.Text)
            .LongText("card", message.Card)
            .Number("version", message.Version)
            .Number("postId", message.PostId)
            .Instant("writtenAt", message.At)
            .Flag("isDeleted", message.Deleted);
        return message with { Id = (await sql.InsertAsync(Sql.Add(sql.Dialect), args, cancellationToken))!.Value };
    }

    public async Task<TranscriptMessage?> FindAsync(long id, CancellationToken cancellationToken) =>
        (await sql.FirstAsync<MessageRow>(Sql.Find, new Args().Number("id", id), cancellationToken))?.ToMessage();

    public async Task<TranscriptMessage?> EditAsync(long id, string text, string? card, CancellationToken cancellationToken) =>
        await sql.ExecuteAsync(Sql.Edit, new Args().Number("id", id).LongText("body", text).LongText("card", card), cancellationToken) == 1
            ? await FindAsync(id, cancellationToken)
            : null;

    public Task DeleteAsync(long id, CancellationToken cancellationToken) =>
        sql.ExecuteAsync(Sql.Delete, new Args().Number("id", id), cancellationToken);

    public async Task<IReadOnlyList<TranscriptMessage>> ReadAsync(
        ChannelRef channel, long after, int limit, CancellationToken cancellationToken) =>
        [.. (await sql.ListAsync<MessageRow>(
                Sql.Newest(sql.Dialect), new Args().Channel(channel).Number("after", after).Number("limit", limit), cancellationToken))
            .Reverse()
            .Select(row => row.ToMessage())];

    public async Task<IReadOnlyList<TranscriptMessage>> ThreadAsync(ChannelRef channel, long root, int limit, CancellationToken cancellationToken)
    {
        var replies = await sql.ListAsync<MessageRow>(
            Sql.Replies(sql.Dialect), new Args().Channel(channel).Number("root", root).Number("limit", limit), cancellationToken);
        return
        [
            .. await FindAsync(root, cancellationToken) is { Deleted: false } first && first.Channel == channel ? [first] : Array.Empty<TranscriptMessage>(),
            .. replies.Reverse().Select(row => row.ToMessage()),
        ];
    }

    private sealed class MessageRow
    {
        public long Id { get; init; }

        public string Platform { get; init; } = "";

        public string ChannelId { get; init; } = "";

        public long? ThreadId { get; init; }

        public string AuthorId { get; init; } = "";

        public string AuthorName { get; init; } = "";

        public string Body { get; init; } = "";

        public string? Card { get; init; }

        public int Version { get; init; }

        public long? PostId { get; init; }

        public DateTimeOffset WrittenAt { get; init; }

        public bool IsDeleted { get; init; }

        public TranscriptMessage ToMessage() => new(
            Id, new ChannelRef(Platform, ChannelId), ThreadId, AuthorId, AuthorName, Body, Card, Version, PostId, WrittenAt, IsDeleted);
    }

    private static class Sql
    {
        private const string Columns =
            "id, platform, channel_id, thread_id, author_id, author_name, body, card, version, post_id, written_at, is_deleted";

        public const string Find = $"SELECT {Columns} FROM patchbot.transcript_message WHERE id = @id";

        public const string Edit = """
            UPDATE patchbot.transcript_message
               SET body = @body, card = @card, version = version + 1
             WHERE id = @id AND is_deleted = 0
            """;

        public const string Delete = "UPDATE patchbot.transcript_message SET is_deleted = 1 WHERE id = @id";

        public static string OfPost(ISqlDialect dialect) => $"SELECT {Columns} FROM patchbot.transcript_message {dialect.Hold} WHERE post_id = @postId";

        public static string Add(ISqlDialect dialect) => $"""
            INSERT INTO patchbot.transcript_message (platform, channel_id, thread_id, author_id, author_name, body, card, version, post_id,
                                                     written_at, is_deleted)
            {dialect.Output("id")}
            VALUES (@platform, @channel, @threadId, @authorId, @authorName, @body, @card, @version, @postId, @writtenAt, @isDeleted)
            {dialect.Returning("id")}
            """;

        public static string Replies(ISqlDialect dialect) => $"""
            SELECT {Columns}
              FROM patchbot.transcript_message
             WHERE thread_id = @root AND platform = @platform AND channel_id = @channel AND is_deleted = 0
             ORDER BY id DESC
             {dialect.Limit}
            """;

        public static string Newest(ISqlDialect dialect) => $"""
            SELECT {Columns}
              FROM patchbot.transcript_message
             WHERE platform = @platform AND channel_id = @channel AND id > @after AND is_deleted = 0
             ORDER BY id DESC
             {dialect.Limit}
            """;
    }
}
