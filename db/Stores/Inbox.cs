using PatchBot.Core.Conversation;
using PatchBot.Db.Engines;

namespace PatchBot.Db.Stores;

internal sealed class Inbox(SqlSession sql) : IInbox
{
    public async Task<bool> TryTakeAsync(string platform, string deliveryKey, DateTimeOffset at, CancellationToken cancellationToken) =>
        await sql.ExecuteAsync(
            Sql.Take(sql.Dialect),
            new Args().Text("platform", platform, 20).Text("deliveryKey", deliveryKey, 200).Instant("takenAt", at),
            cancellationToken) == 1;

    public async Task<IReadOnlySet<string>> UntakenAsync(string platform, IReadOnlyCollection<string> deliveryKeys, CancellationToken cancellationToken)
    {
        if (deliveryKeys.Count == 0)
        {
            return new HashSet<string>();
        }

        var taken = await sql.ListAsync<string>(
            Sql.Taken(sql.Dialect), new Args().Text("platform", platform, 20).Texts("deliveryKeys", deliveryKeys), cancellationToken);
        return deliveryKeys.Except(taken).ToHashSet();
    }

    public Task PurgeAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
        sql.ExecuteAsync(Sql.Purge(sql.Dialect), new Args().Instant("before", before).Number("limit", limit), cancellationToken);

    private static class Sql
    {
        public static string Take(ISqlDialect dialect) => $"""
            INSERT INTO patchbot.inbox (platform, delivery_key, taken_at)
            SELECT @platform, @deliveryKey, @takenAt
             WHERE NOT EXISTS (SELECT 1 FROM patchbot.inbox {dialect.Hold} WHERE platform = @platform AND delivery_key = @deliveryKey)
            """;

        public static string Taken(ISqlDialect dialect) => $"""
            SELECT delivery_key
              FROM patchbot.inbox
             WHERE platform = @platform AND delivery_key IN {dialect.TextsIn("deliveryKeys", 200)}
            """;

        public static string Purge(ISqlDialect dialect) => $"""
            DELETE FROM patchbot.inbox
             WHERE taken_at <= (SELECT MAX(taken_at)
                                  FROM (SELECT taken_at FROM patchbot.inbox WHERE taken_at < @before ORDER BY taken_at {dialect.Limit}) AS oldest)
            """;
    }
}
