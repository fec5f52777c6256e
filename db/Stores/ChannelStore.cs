using PatchBot.Core.Delivery;
using PatchBot.Db.Engines;

namespace PatchBot.Db.Stores;

internal sealed class ChannelStore(SqlSession sql) : IChannelStore
{
    public async Task SaveAsync(Channel channel, CancellationToken cancellationToken)
    {
        var args = new Args().Channel(channel.Ref).Shortened("name", channel.Name, 200).Text("address", channel.Address, 2_000);
        if (await sql.ExecuteAsync(Sql.Update(sql.Dialect), args, cancellationToken) == 0)
        {
            await sql.ExecuteAsync(Sql.Ensure(sql.Dialect), args, cancellationToken);
        }
    }

    public async Task<Channel?> FindAsync(ChannelRef channel, CancellationToken cancellationToken) =>
        (await sql.FirstAsync<ChannelRow>(Sql.Find, new Args().Channel(channel), cancellationToken))?.ToChannel();

    public Task<IReadOnlyList<Channel>> ListAsync(string platform, CancellationToken cancellationToken) =>
        ListAsync(Sql.List, new Args().Text("platform", platform, 20), cancellationToken);

    public async Task<bool> StopAsync(ChannelRef channel, DateTimeOffset at, string why, CancellationToken cancellationToken) => await sql.ExecuteAsync(
        Sql.Stop, new Args().Channel(channel).Instant("at", at).Shortened("why", why, 500), cancellationToken) == 1;

    public async Task<bool> ActivateAsync(ChannelRef channel, CancellationToken cancellationToken) =>
        await sql.ExecuteAsync(Sql.Activate, new Args().Channel(channel), cancellationToken) == 1;

    public Task<IReadOnlyList<Channel>> StoppedAsync(CancellationToken cancellationToken) => ListAsync(Sql.Stopped, new Args(), cancellationToken);

    public Task<IReadOnlyList<Channel>> StoppedAtAsync(DateTimeOffset at, CancellationToken cancellationToken) =>
        ListAsync(Sql.StoppedAt, new Args().Instant("at", at), cancellationToken);

    public Task<IReadOnlyList<Channel>> UntoldAsync(int limit, CancellationToken cancellationToken) =>
        ListAsync(Sql.Untold(sql.Dialect), new Args().Number("limit", limit), cancellationToken);

    public async Task<bool> ToldAsync(ChannelRef channel, DateTimeOffset stoppedAt, DateTimeOffset at, CancellationToken cancellationToken) => await sql.ExecuteAsync(
        Sql.Told, new Args().Channel(channel).Instant("stoppedAt", stoppedAt).Instant("at", at), cancellationToken) == 1;

    public async Task<bool> SubscribeAsync(Subscription subscription, CancellationToken cancellationToken)
    {
        await EnsureAsync(subscription.Channel, cancellationToken);
        return await sql.ExecuteAsync(Sql.Subscribe(sql.Dialect), Columns(subscription), cancellationToken) == 1;
    }

    public async Task<bool> UnsubscribeAsync(Subscription subscription, CancellationToken cancellationToken) =>
        await sql.ExecuteAsync(Sql.Unsubscribe, Columns(subscription), cancellationToken) == 1;

    public async Task<IReadOnlyList<Subscription>> SubscriptionsAsync(CancellationToken cancellationToken) =>
        [.. (await sql.ListAsync<SubscriptionRow>(Sql.Subscriptions, new Args(), cancellationToken)).Select(row => row.ToSubscription())];

    public async Task<IReadOnlySet<string>> FollowedAsync(ChannelRef channel, Topic topic, CancellationToken cancellationToken) =>
        (await sql.ListAsync<string>(Sql.Followed, new Args().Channel(channel).Name("topic", topic), cancellationToken)).ToHashSet(StringComparer.Ordinal);

    public async Task<ILookup<string, ChannelRef>> FollowersAsync(IReadOnlyCollection<string> rings, Topic topic, CancellationToken cancellationToken) =>
        (await sql.ListAsync<SubscriptionRow>(Sql.Followers(sql.Dialect), new Args().Texts("rings", rings).Name("topic", topic), cancellationToken))
            .ToLookup(row => row.Ring, row => new ChannelRef(row.Platform, row.ChannelId), StringComparer.Ordinal);

    /// <summary>Makes sure of the row; a channel that nobody introduced is active and goes by its id.</summary>
    internal async Task EnsureAsync(ChannelRef channel, CancellationToken cancellationToken)
    {
        if (!sql.Memory.Channels.Contains(channel))
        {
            var args = new Args().Channel(channel).Shortened("name", channel.Id, 200).Text("address", "", 2_000);
            await sql.ExecuteAsync(Sql.Ensure(sql.Dialect), args, cancellationToken);
            sql.Memory.Channels.Add(channel);
        }
    }

    private async Task<IReadOnlyList<Channel>> ListAsync(string statement, Args args, CancellationToken cancellationToken) =>
        [.. (await sql.ListAsync<ChannelRow>(statement, args, cancellationToken)).Select(row => row.ToChannel())];

    private static Args Columns(Subscription subscription) =>
        new Args().Channel(subscription.Channel).Text("ring", subscription.Ring, 60).Name("topic", subscription.Topic);

    private sealed class ChannelRow
    {
        public string Platform { get; init; } = "";

        public string ChannelId { get; init; } = "";

        public string Name { get; init; } = "";

        public string Address { get; init; } = "";

        public ChannelState State { get; init; }

        public DateTimeOffset? StoppedAt { get; init; }

        public string? StoppedWhy { get; init; }

        public DateTimeOffset? ToldAt { get; init; }

        public Channel ToChannel() => new(new ChannelRef(Platform, ChannelId), Name, State)
        {
            Address = Address,
            StoppedAt = StoppedAt,
            StoppedWhy = StoppedWhy,
            ToldAt = ToldAt,
        };
    }

    private sealed class SubscriptionRow
    {
        public string Platform { get; init; } = "";

        public string ChannelId { get; init; } = "";

        public string Ring { get; init; } = "";

        public Topic Topic { get; init; }

        public Subscription ToSubscription() => new(new ChannelRef(Platform, ChannelId), Ring, Topic);
    }

    private static class Sql
    {
        public const string Find = """
            SELECT platform, channel_id, name, address, state, stopped_at, stopped_why, told_at
              FROM patchbot.channel
             WHERE platform = @platform AND channel_id = @channel
            """;

        public const string List = """
            SELECT platform, channel_id, name, address, state, stopped_at, stopped_why, told_at
              FROM patchbot.channel
             WHERE platform = @platform
             ORDER BY name, channel_id
            """;

        public const string Stopped = """
            SELECT platform, channel_id, name, address, state, stopped_at, stopped_why, told_at
              FROM patchbot.channel
             WHERE state = 'Stopped'
             ORDER BY platform, name, channel_id
            """;

        public const string StoppedAt = """
            SELECT platform, channel_id, name, address, state, stopped_at, stopped_why, told_at
              FROM patchbot.channel
             WHERE stopped_at = @at
            """;

        // The conditions on the state let the slower of two processes change nothing, and say nothing twice.
        public const string Stop = """
            UPDATE patchbot.channel
               SET state = 'Stopped', stopped_at = @at, stopped_why = @why, told_at = NULL
             WHERE platform = @platform AND channel_id = @channel AND state = 'Active'
            """;

        public const string Activate = """
            UPDATE patchbot.channel
               SET state = 'Active'
             WHERE platform = @platform AND channel_id = @channel AND state = 'Stopped'
            """;

        public const string Told = """
            UPDATE patchbot.channel
               SET told_at = @at
             WHERE platform = @platform AND channel_id = @channel
               AND state = 'Stopped' AND stopped_at = @stoppedAt AND told_at IS NULL
            """;

        public const string Unsubscribe = """
            DELETE FROM patchbot.subscription
             WHERE platform = @platform AND channel_id = @channel AND ring = @ring AND topic = @topic
            """;

        public const string Subscriptions = "SELECT platform, channel_id, ring, topic FROM patchbot.subscription ORDER BY platform, channel_id, ring, topic";

        public const string Followed = "SELECT ring FROM patchbot.subscription WHERE platform = @platform AND channel_id = @channel AND topic = @topic";

        public static string Untold(ISqlDialect dialect) => $"""
            SELECT platform, channel_id, name, address, state, stopped_at, stopped_why, told_at
              FROM patchbot.channel
             WHERE state = 'Stopped' AND told_at IS NULL
             ORDER BY stopped_at DESC
             {dialect.Limit}
            """;

        public static string Followers(ISqlDialect dialect) => $"""
            SELECT platform, channel_id, ring, topic
              FROM patchbot.subscription
             WHERE ring IN {dialect.TextsIn("rings", 60)} AND topic = @topic
             ORDER BY ring, platform, channel_id
            """;

        public static string Update(ISqlDialect dialect) => $"""
            UPDATE patchbot.channel {dialect.Hold}
               SET name = @name, address = @address
             WHERE platform = @platform AND channel_id = @channel
            """;

        public static string Ensure(ISqlDialect dialect) => $"""
            INSERT INTO patchbot.channel (platform, channel_id, name, address, state)
            SELECT @platform, @channel, @name, @address, 'Active'
             WHERE NOT EXISTS (SELECT 1 FROM patchbot.channel {dialect.Hold} WHERE platform = @platform AND channel_id = @channel)
            """;

        public static string Subscribe(ISqlDialect dialect) => $"""
            INSERT INTO patchbot.subscription (platform, channel_id, ring, topic)
            SELECT @platform, @channel, @ring, @topic
             WHERE NOT EXISTS (SELECT 1 FROM patchbot.subscription {dialect.Hold}
                                WHERE platform = @platform AND channel_id = @channel AND ring = @ring AND topic = @topic)
            """;
    }
}
