using PatchBot.Core.Announcements;
using PatchBot.Core.Windows;
using PatchBot.Db.Engines;

namespace PatchBot.Db.Stores;

internal sealed class AnnouncementStore(SqlSession sql) : IAnnouncementStore
{
    public async Task<Announcement?> TryAddAsync(Announcement announcement, CancellationToken cancellationToken)
    {
        var args = new Args()
            .Text("ring", announcement.Ring, 60)
            .Instant("windowStart", announcement.Window.Start)
            .Instant("windowEnd", announcement.Window.End)
            .Text("stage", announcement.Stage, 40)
            .Instant("madeAt", announcement.MadeAt);
        sql.Memory.Announcements.Forget((announcement.Ring, Args.Whole(announcement.Window.Start)));
        return await sql.InsertAsync(Sql.Add(sql.Dialect), args, cancellationToken) is { } id ? announcement with { Id = id } : null;
    }

    public async Task<Announcement?> FindAsync(long id, CancellationToken cancellationToken) =>
        (await sql.FirstAsync<AnnouncementRow>(Sql.Find, new Args().Number("id", id), cancellationToken))?.ToAnnouncement();

    public async Task<IReadOnlyList<Announcement>> OfWindowAsync(string ring, DateTimeOffset start, CancellationToken cancellationToken) =>
        await sql.Memory.Announcements.OfAsync(
            (ring, Args.Whole(start)),
            async () => [.. (await sql.ListAsync<AnnouncementRow>(Sql.OfWindow, new Args().Text("ring", ring, 60).Instant("windowStart", start), cancellationToken))
                .Select(row => row.ToAnnouncement())]);

    private sealed class AnnouncementRow
    {
        public long Id { get; init; }

        public string Ring { get; init; } = "";

        public DateTimeOffset WindowStart { get; init; }

        public DateTimeOffset WindowEnd { get; init; }

        public string Stage { get; init; } = "";

        public DateTimeOffset MadeAt { get; init; }

        public Announcement ToAnnouncement() => new(Id, Ring, new MaintenanceWindow(WindowStart, WindowEnd), Stage, MadeAt);
    }

    private static class Sql
    {
        public const string Find = "SELECT id, ring, window_start, window_end, stage, made_at FROM patchbot.announcement WHERE id = @id";

        public const string OfWindow = """
            SELECT id, ring, window_start, window_end, stage, made_at
              FROM patchbot.announcement
             WHERE ring = @ring AND window_start = @windowStart
             ORDER BY id
            """;

        public static string Add(ISqlDialect dialect) => $"""
            INSERT INTO patchbot.announcement (ring, window_start, window_end, stage, made_at)
            {dialect.Output("id")}
            SELECT @ring, @windowStart, @windowEnd, @stage, @madeAt
             WHERE NOT EXISTS (SELECT 1 FROM patchbot.announcement {dialect.Hold}
                                WHERE ring = @ring AND window_start = @windowStart AND stage = @stage)
            {dialect.Returning("id")}
            """;
    }
}
