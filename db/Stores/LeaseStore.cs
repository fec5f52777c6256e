using PatchBot.Core.Delivery;
using PatchBot.Db.Engines;

namespace PatchBot.Db.Stores;

/// <summary>
/// The part of <see cref="PostStore"/> that says which channel is worked off next. <c>due_at</c> is never later than a
/// channel has work that may be done, so that looking for one walks past none that has to wait.
/// </summary>
internal sealed class LeaseStore(SqlSession sql)
{
    public async Task<ChannelRef?> LeaseAsync(
        string owner, DateTimeOffset now, DateTimeOffset until, IReadOnlyCollection<string> platforms, ChannelRef? only, CancellationToken cancellationToken)
    {
        if (only is { } channel)
        {
            return platforms.Contains(channel.Platform)
                && (await TakeAsync(Sql.Take, channel, owner, now, until, cancellationToken)
                    || await TakeOverAsync(channel, owner, now, until, cancellationToken)) ? channel : null;
        }

        var args = new Args().Instant("now", now).Texts("platforms", platforms).Number("limit", 1);
        while (await sql.FirstAsync<ChannelRow>(Sql.Due(sql.Dialect), args, cancellationToken) is { } due)
        {
            if (due.LeaseOwner is null
                ? await TakeAsync(Sql.Take, due.Ref, owner, now, until, cancellationToken)
                : await TakeOverAsync(due.Ref, owner, now, until, cancellationToken))
            {
                return due.Ref;
            }

            // Another process took it in between, or its posts have been shown: it says when to look again, and the next is tried.
            // Whoever is about to want a post there is waited for first, so that it is seen.
            await sql.FirstAsync<string>(Sql.HoldChannel(sql.Dialect), new Args().Channel(due.Ref), cancellationToken);
            await SettleAsync(due.Ref, now, cancellationToken);
        }

        return null;
    }

    public async Task<bool> RenewAsync(ChannelRef channel, string owner, DateTimeOffset until, CancellationToken cancellationToken)
    {
        sql.Memory.Roused.Remove(channel);
        return await sql.ExecuteAsync(Sql.Renew, new Args().Channel(channel).Text("owner", owner, 200).Instant("until", until), cancellationToken) == 1;
    }

    public async Task ReleaseAsync(ChannelRef channel, string owner, DateTimeOffset? notBefore, CancellationToken cancellationToken)
    {
        var args = new Args().Channel(channel).Text("owner", owner, 200).Instant("notBefore", notBefore);
        if (await sql.ExecuteAsync(Sql.Release, args, cancellationToken) == 1)
        {
            // A statement of its own: it sees the posts of whoever held the channel's row until now.
            await SettleAsync(channel, sql.Now, cancellationToken);
        }
    }

    /// <summary>A post of the channel became pending. The row is written once a transaction: nobody else can settle it meanwhile.</summary>
    public async Task RouseAsync(ChannelRef channel, CancellationToken cancellationToken)
    {
        if (sql.Memory.Roused.Add(channel))
        {
            await sql.ExecuteAsync(Sql.Rouse, new Args().Channel(channel).Instant("now", sql.Now), cancellationToken);
        }
    }

    /// <summary>All posts of the subject became pending.</summary>
    public Task RouseAsync(PostSubject subject, CancellationToken cancellationToken) =>
        sql.ExecuteAsync(Sql.RouseAll, new Args().Subject(subject).Instant("now", sql.Now), cancellationToken);

    /// <summary>Its owner never gave it back: what it sent last may not be noted.</summary>
    private async Task<bool> TakeOverAsync(
        ChannelRef channel, string owner, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken)
    {
        if (!await TakeAsync(Sql.TakeOver, channel, owner, now, until, cancellationToken))
        {
            return false;
        }

        await sql.ExecuteAsync(Sql.Doubt, new Args().Channel(channel), cancellationToken);
        return true;
    }

    private async Task<bool> TakeAsync(
        string statement, ChannelRef channel, string owner, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken)
    {
        sql.Memory.Roused.Remove(channel);
        return await sql.ExecuteAsync(
            statement,
            new Args().Channel(channel).Text("owner", owner, 200).Instant("now", now).Instant("until", until),
            cancellationToken) == 1;
    }

    /// <summary>Says when to look at a channel again. This transaction holds its row by now: the posts are read before it is written.</summary>
    private Task<int> SettleAsync(ChannelRef channel, DateTimeOffset now, CancellationToken cancellationToken)
    {
        sql.Memory.Roused.Remove(channel);
        return sql.ExecuteAsync(Sql.Settle, new Args().Channel(channel).Instant("now", now), cancellationToken);
    }

    private sealed class ChannelRow
    {
        public string Platform { get; init; } = "";

        public string ChannelId { get; init; } = "";

        public string? LeaseOwner { get; init; }

        public ChannelRef Ref => new(Platform, ChannelId);
    }

    private static class Sql
    {
        // Written even where it stays as it is: so long as this transaction lasts, nobody settles the channel without its posts.
        private const string DueNow = """
            CASE WHEN due_at <= @now THEN due_at
                 WHEN lease_until > @now THEN lease_until
                 WHEN not_before > @now THEN not_before
                 ELSE @now END
            """;

        public const string Rouse = $"""
            UPDATE patchbot.channel
               SET due_at = {DueNow}
             WHERE platform = @platform AND channel_id = @channel
            """;

        public const string RouseAll = $"""
            UPDATE patchbot.channel
               SET due_at = {DueNow}
              FROM (SELECT platform AS shown_on, channel_id AS shown_in FROM patchbot.post WHERE subject = @subject) AS shown
             WHERE platform = shown_on AND channel_id = shown_in
            """;

        // The conditions stand here again, so that of two who found the channel due only one gets it.
        private const string TakeDue = """
            UPDATE patchbot.channel
               SET lease_owner = @owner, lease_until = @until, due_at = @until
             WHERE platform = @platform AND channel_id = @channel
               AND state = 'Active'
               AND (not_before IS NULL OR not_before <= @now)
               AND EXISTS (SELECT 1 FROM patchbot.post
                            WHERE post.platform = @platform AND post.channel_id = @channel
                              AND post.pending_since IS NOT NULL AND (post.not_before IS NULL OR post.not_before <= @now))
            """;

        public const string Take = $"{TakeDue} AND lease_until IS NULL";

        public const string TakeOver = $"{TakeDue} AND lease_until <= @now";

        // Which of them it was is not known, so each is. One with a message may have been posted anew after someone deleted that.
        public const string Doubt = """
            UPDATE patchbot.post
               SET doubt = 1
             WHERE platform = @platform AND channel_id = @channel AND pending_since IS NOT NULL
            """;

        public const string Renew = """
            UPDATE patchbot.channel
               SET lease_until = @until, due_at = @until
             WHERE platform = @platform AND channel_id = @channel AND lease_owner = @owner
            """;

        public const string Release = """
            UPDATE patchbot.channel
               SET lease_owner = NULL, lease_until = NULL, not_before = @notBefore
             WHERE platform = @platform AND channel_id = @channel AND lease_owner = @owner
            """;

        public const string Settle = """
            UPDATE patchbot.channel
               SET due_at = CASE WHEN lease_until > @now THEN lease_until
                                 WHEN not_before > earliest THEN not_before
                                 ELSE earliest END
              FROM (SELECT MIN(COALESCE(post.not_before, post.pending_since)) AS earliest
                      FROM patchbot.post
                     WHERE post.platform = @platform AND post.channel_id = @channel AND post.pending_since IS NOT NULL) AS pending
             WHERE platform = @platform AND channel_id = @channel
            """;

        public static string HoldChannel(ISqlDialect dialect) =>
            $"SELECT channel_id FROM patchbot.channel {dialect.Hold} WHERE platform = @platform AND channel_id = @channel";

        // Who waits longest comes first. In a CASE, the platforms do not lead the engine away from the index by that order.
        public static string Due(ISqlDialect dialect) => $"""
            SELECT platform, channel_id, lease_owner
              FROM patchbot.channel
             WHERE state = 'Active' AND due_at <= @now
               AND CASE WHEN platform IN {dialect.TextsIn("platforms", 20)} THEN 1 ELSE 0 END = 1
             ORDER BY due_at, platform, channel_id
             {dialect.Limit}
            """;
    }
}
