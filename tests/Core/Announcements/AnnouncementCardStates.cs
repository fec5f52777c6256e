using PatchBot.Cards;
using PatchBot.Core.Announcements;
using PatchBot.Core.Patches;
using PatchBot.Core.Windows;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Core.Announcements;

/// <summary>What a channel reads of a window, stage by stage.</summary>
public static class AnnouncementCardStates
{
    private static readonly MaintenanceWindow Window = Some.Ring().Calendar.Occurrences(Some.Noon, Some.Noon.AddDays(7)).First();

    private static readonly Patch[] Patches = [Some.Patch("KB5032100", Some.Facts("Servicing stack update") with { Restart = RestartNeed.No }), Some.Patch()];

    public static IReadOnlyDictionary<string, ChatCard> All { get; } = new Dictionary<string, ChatCard>
    {
        ["set-2"] = Draw("set", 2),
        ["reminder-1-2"] = Draw("reminder-1.00:00:00", 2),
        ["start-1"] = Draw("start", 1),
        ["end-2"] = Draw("end", 2),
        ["set-0"] = Draw("set", 0),
        ["cancelled-0"] = Draw("cancelled", 0),
        ["cancelled-2"] = Draw("cancelled", 2),
    };

    private static ChatCard Draw(string stage, int patches)
    {
        var made = new AnnouncementStage(stage).Before is { } before ? Window.Start - before : Some.Noon;
        return AnnouncementCard.Draw(new Announcement(1, "production", Window, stage, made), Some.Ring(), Patches[^patches..]);
    }
}
