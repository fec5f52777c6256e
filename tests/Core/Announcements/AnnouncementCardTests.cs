using PatchBot.Core.Announcements;
using PatchBot.Cards.PlainText;
using PatchBot.Core.Patches;
using PatchBot.Core.Windows;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Core.Announcements;

/// <summary>What a channel reads of a window, stage by stage.</summary>
public sealed class AnnouncementCardTests
{
    private static readonly MaintenanceWindow Window = Some.Ring().Calendar.Occurrences(Some.Noon, Some.Noon.AddDays(7)).First();

    private static readonly Patch[] Patches = [Some.Patch("KB5032100", Some.Facts("Servicing stack update") with { Restart = RestartNeed.No }), Some.Patch()];

    [Theory]
    [InlineData("set", 2), InlineData("reminder-1.00:00:00", 2), InlineData("start", 1), InlineData("end", 2)]
    [InlineData("set", 0), InlineData("cancelled", 0), InlineData("cancelled", 2)]
    public void Given_a_stage_then_the_card_reads_as_agreed(string stage, int patches)
    {
        var made = new AnnouncementStage(stage).Before is { } before ? Window.Start - before : Some.Noon;
        var card = AnnouncementCard.Draw(new Announcement(1, "production", Window, stage, made), Some.Ring(), Patches[^patches..]);
        Golden.Matches($"{stage.Split('.')[0]}-{patches}.txt", $"{PlainTextRenderer.Preview(card)}\n\n{PlainTextRenderer.Render(card)}");
    }
}
