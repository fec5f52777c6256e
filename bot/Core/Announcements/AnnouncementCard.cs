using System.Globalization;
using PatchBot.Cards;
using PatchBot.Core.Delivery;
using PatchBot.Core.Patches;
using PatchBot.Core.Record;
using PatchBot.Core.Relations;
using PatchBot.Core.Rollouts;
using PatchBot.Core.Windows;

namespace PatchBot.Core.Announcements;

/// <summary>Draws what a channel is told of a window: when, which patches in which order, what to expect.</summary>
public sealed class AnnouncementCard(IRings rings, DependencyReview dependencies) : ICardSource
{
    public const string SubjectKind = "announcement";

    public string Kind => SubjectKind;

    public async Task<ChatCard?> DrawAsync(IRecordSession session, PostSubject subject, ChannelRef channel, CancellationToken cancellationToken)
    {
        var id = long.Parse(subject.Key, CultureInfo.InvariantCulture);
        if (await session.Announcements.FindAsync(id, cancellationToken) is not { } announcement
            || rings.Find(announcement.Ring) is not { } ring)
        {
            return null;
        }

        var inside = await session.Rollouts.InWindowAsync(ring.Key, announcement.Window.Start, cancellationToken);
        var patches = (await session.Patches.FindAsync([.. inside.Select(rollout => rollout.Patch)], cancellationToken)).OrderBy(patch => patch.Id).ToList();
        var reviews = DependencyOrder.Sort(await dependencies.ForAsync(session, patches, ring, cancellationToken));
        return Draw(announcement, ring, [.. reviews.Select(review => review.Patch)]);
    }

    public static ChatCard Draw(Announcement announcement, Ring ring, IReadOnlyList<Patch> patches)
    {
        var window = announcement.Window;
        var stage = new AnnouncementStage(announcement.Stage);
        var (title, tone) = (patches.Count, stage) switch
        {
            (0, _) => ($"Maintenance cancelled: {ring.Title}", Tone.Warning),
            (_, { IsCancelled: true }) => ($"Maintenance planned again: {ring.Title}", Tone.Accent),
            (_, { IsSet: true }) => ($"Maintenance planned: {ring.Title}", Tone.Accent),
            (_, { Before: { } before }) => ($"Maintenance in {WindowText.Span(Left(announcement, before))}: {ring.Title}", Tone.Accent),
            _ when stage == AnnouncementStage.Start => ($"Maintenance has started: {ring.Title}", Tone.Accent),
            _ when stage == AnnouncementStage.End => ($"Maintenance has ended: {ring.Title}", Tone.Good),
            _ => ($"Maintenance: {ring.Title}", Tone.Accent),
        };
        return new ChatCard
        {
            Title = title,
            Summary = Summary(stage, window, ring, patches),
            Tone = tone,
            Body =
            [
                new FactsBlock(
                [
                    new CardFact(stage == AnnouncementStage.Start || stage == AnnouncementStage.End ? "Started" : "Starts", CardText.Time(window.Start, ring.Calendar.Zone)),
                    new CardFact(stage == AnnouncementStage.End ? "Ended" : "Ends", CardText.Time(window.End, ring.Calendar.Zone)),
                ]),
                .. patches.Count == 0 ? Cancelled() : Plan(stage, patches),
            ],
        };
    }

    private static string Summary(AnnouncementStage stage, MaintenanceWindow window, Ring ring, IReadOnlyList<Patch> patches)
    {
        var when = $"{ZonedTime.Format(window.Start, ring.Calendar.Zone)}, for {WindowText.Span(window.Duration)}";
        return patches.Count == 0 ? $"Nothing is installed in the window of {when}."
            : stage == AnnouncementStage.End ? $"The window of {when} is over; {Count(patches.Count)} planned."
            : $"{when}; {Count(patches.Count)}{(AnyRestart(patches) ? ", machines restart" : "")}.";
    }

    // After a pause a reminder comes late; then it names the time that is really left.
    private static TimeSpan Left(Announcement announcement, TimeSpan before)
    {
        var left = announcement.Window.Start - announcement.MadeAt;
        return before - left < TimeSpan.FromMinutes(5) ? before : left;
    }

    private static IEnumerable<CardBlock> Plan(AnnouncementStage stage, IReadOnlyList<Patch> patches)
    {
        yield return new HeadingBlock((stage == AnnouncementStage.End, patches.Count) switch
        {
            (true, _) => "Planned in it",
            (false, 1) => "Patch",
            _ => "Patches, in this order",
        });
        yield return new ListBlock([.. patches.Select(Line)], Ordered: patches.Count > 1);
        yield return new TextBlock(stage == AnnouncementStage.End
            ? "If something does not work as before, say so in the thread of the patch's card."
            : AnyRestart(patches)
                ? "Expect restarts: services on these machines can be away for minutes at a time."
                : "The vendors announce no restart; services can still pause while updates install.");
    }

    private static IEnumerable<CardBlock> Cancelled()
    {
        yield return new TextBlock("No patch is approved for this window any more, so nothing is installed in it.");
    }

    private static CardText Line(Patch patch) => new(
        new CodeRun(patch.Id.Value),
        new PlainRun($" {patch.Facts.Title} ({Words.For(patch.Facts.Restart)})"));

    private static bool AnyRestart(IEnumerable<Patch> patches) =>
        patches.Any(patch => patch.Facts.Restart is RestartNeed.Yes or RestartNeed.Maybe);

    private static string Count(int patches) => patches == 1 ? "1 patch" : $"{patches} patches";
}
