using PatchBot.Core.Windows;

namespace PatchBot.Core.Announcements;

/// <summary>One telling of one window: when it was set, at each reminder, at start, at end.</summary>
/// <param name="Stage"><c>set</c>, <c>reminder-1.00:00:00</c> (the time before the start), <c>start</c>, <c>end</c>; at most 40 characters.</param>
public sealed record Announcement(long Id, string Ring, MaintenanceWindow Window, string Stage, DateTimeOffset MadeAt);

public interface IAnnouncementStore
{
    /// <summary>Notes that a stage was announced; once for each ring, window start and stage.</summary>
    /// <returns><see langword="null"/> when it was announced before.</returns>
    Task<Announcement?> TryAddAsync(Announcement announcement, CancellationToken cancellationToken);

    Task<Announcement?> FindAsync(long id, CancellationToken cancellationToken);

    /// <summary>What was announced of a window, oldest first.</summary>
    Task<IReadOnlyList<Announcement>> OfWindowAsync(string ring, DateTimeOffset start, CancellationToken cancellationToken);
}
