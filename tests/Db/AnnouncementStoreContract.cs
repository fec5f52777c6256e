using PatchBot.Core.Announcements;
using PatchBot.Core.Windows;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Db;

public abstract class AnnouncementStoreContract(TestEngine engine) : StoreContract(engine)
{
    private static readonly Announcement Start =
        new(0, "production", new MaintenanceWindow(Some.Noon, Some.Noon.AddHours(4)), "start", Some.Noon);

    [Fact]
    public async Task Given_several_announcers_of_one_stage_then_one_announces()
    {
        var made = await RaceAsync(4, (session, _) => session.Announcements.TryAddAsync(Start, Token));

        var announcement = Assert.Single(made, made => made is not null)!;
        Assert.Equal(announcement, await ReadAsync(session => session.Announcements.FindAsync(announcement.Id, Token)));
    }

    [Fact]
    public async Task Given_a_window_then_its_stages_are_read_in_order()
    {
        foreach (var next in (Announcement[])[Start with { Stage = "set" }, Start, Start with { Ring = "pilot" }])
        {
            Assert.NotNull(await WriteAsync(session => session.Announcements.TryAddAsync(next, Token)));
        }

        var stages = await ReadAsync(session => session.Announcements.OfWindowAsync("production", Some.Noon, Token));
        Assert.Equal(["set", "start"], stages.Select(announcement => announcement.Stage));
    }
}
