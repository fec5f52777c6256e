using PatchBot.Core.Audit;
using PatchBot.Core.Delivery;
using PatchBot.Core.People;
using PatchBot.Core.Record;
using PatchBot.Core.Rollouts;
using PatchBot.Core.Windows;

namespace PatchBot.Core.Announcements;

/// <summary>
/// Tells the channels that follow a ring about its windows: when an approval sets one, at the ring's reminders, at the
/// start and at the end. What was told is a row with a unique key, so a restart neither loses nor repeats it.
/// </summary>
public sealed class Announcer(IRings rings, TimeProvider clock)
{
    // What the store can tell apart; a window that starts right now has started.
    private static readonly TimeSpan Instant = TimeSpan.FromMilliseconds(1);

    /// <summary>An approval was given, withdrawn or lost: announces the window, or brings its announcements up to date.</summary>
    public async Task WindowChangedAsync(IRecordSession session, Ring ring, MaintenanceWindow window, CancellationToken cancellationToken)
    {
        var isInUse = await session.Rollouts.AnyInWindowAsync(ring.Key, window.Start, cancellationToken);
        var told = await session.Announcements.OfWindowAsync(ring.Key, window.Start, cancellationToken);
        foreach (var announcement in told)
        {
            await session.Posts.RefreshAsync(Subject(announcement), cancellationToken);
        }

        // People who were told that it is cancelled must be told when it is on again.
        var turns = told.Select(announcement => new AnnouncementStage(announcement.Stage)).Where(stage => stage.IsSet || stage.IsCancelled).ToList();
        var isOn = turns is [.., { IsSet: true }];
        if (isOn != isInUse)
        {
            var stage = isOn ? AnnouncementStage.Cancelled : AnnouncementStage.Set;
            await TellAsync(session, ring, window, stage.Round(1 + turns.Count(turn => turn.IsSet != isOn)), cancellationToken);
        }
    }

    /// <summary>Tells what is due: reminders, starts and ends of windows with approved rollouts.</summary>
    /// <returns>Rings and windows that have ended, for their rollouts to be finished.</returns>
    public async Task<IReadOnlyList<(Ring Ring, MaintenanceWindow Window)>> TellDueAsync(IRecordSession session, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var farthest = rings.All.SelectMany(ring => ring.Reminders).DefaultIfEmpty(TimeSpan.Zero).Max();
        var approved = await session.Rollouts.ApprovedBeforeAsync(now + farthest + Instant, cancellationToken);
        var ended = new List<(Ring, MaintenanceWindow)>();
        foreach (var (key, window) in approved.Select(rollout => (rollout.Ring, rollout.Window!)).Distinct())
        {
            if (rings.Find(key) is not { } ring)
            {
                continue;
            }

            if (window.End <= now)
            {
                await TellAsync(session, ring, window, AnnouncementStage.End, cancellationToken);
                ended.Add((ring, window));
            }
            else if (window.Start <= now)
            {
                await TellAsync(session, ring, window, AnnouncementStage.Start, cancellationToken);
            }
            else if (await ReminderDueAsync(session, ring, window, now, cancellationToken) is { } reminder)
            {
                await TellAsync(session, ring, window, reminder, cancellationToken);
            }
        }

        return ended;
    }

    // After a pause only the nearest reminder is worth telling, and none that fell due before people were first told.
    private static async Task<AnnouncementStage?> ReminderDueAsync(
        IRecordSession session, Ring ring, MaintenanceWindow window, DateTimeOffset now, CancellationToken cancellationToken)
    {
        TimeSpan[] due = [.. ring.Reminders.Where(before => window.Start - before <= now).Order().Take(1)];
        if (due is not [var nearest])
        {
            return null;
        }

        var told = await session.Announcements.OfWindowAsync(ring.Key, window.Start, cancellationToken);
        return told.Any(announcement => announcement.MadeAt >= window.Start - nearest) ? null : AnnouncementStage.Reminder(nearest);
    }

    private async Task TellAsync(
        IRecordSession session, Ring ring, MaintenanceWindow window, AnnouncementStage stage, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var announcement = await session.Announcements.TryAddAsync(
            new Announcement(0, ring.Key, window, stage.Value, now), cancellationToken);
        if (announcement is null)
        {
            return;
        }

        var channels = (await session.Channels.FollowersAsync([ring.Key], Topic.Announcements, cancellationToken))[ring.Key].ToList();
        foreach (var channel in channels)
        {
            await session.Posts.WantAsync(channel, Subject(announcement), null, cancellationToken);
        }

        await session.Audit.AppendAsync(
            new AuditEvent(
                now, Person.Bot.Id, "window.announced", $"ring/{ring.Key}",
                $"{stage.Value}: {RolloutText.WindowPart(window, null, [])}, {(channels.Count == 1 ? "1 channel" : $"{channels.Count} channels")}", ""),
            cancellationToken);
    }

    private static PostSubject Subject(Announcement announcement) =>
        PostSubject.Of(AnnouncementCard.SubjectKind, $"{announcement.Id}");
}
