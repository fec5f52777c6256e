namespace PatchBot.Core.Windows;

/// <summary>
/// A slot outside the calendar for a patch that no window takes in time. As long as a window, beginning at a full hour of
/// the ring's clock and never within an hour from now, before the deferral or before a prerequisite's window has ended.
/// </summary>
/// <param name="InTime">Ends by the deadline.</param>
/// <param name="FullLab">Leaves the lab all of its time.</param>
/// <param name="Freezes">Freezes that it lies in, because nothing else ends by the deadline.</param>
internal sealed record EmergencySlot(MaintenanceWindow Window, bool InTime, bool FullLab, IReadOnlyList<Freeze> Freezes)
{
    // Someone must approve it and reach the machines' people.
    private static readonly TimeSpan Lead = TimeSpan.FromHours(1);

    /// <summary>
    /// The first of these that exists: in time, after the lab and outside every freeze; in time and outside every freeze, as
    /// late as can be, so that the lab has most of its time; in time inside a freeze, after the lab if possible; the
    /// earliest after the lab and outside every freeze.
    /// </summary>
    /// <returns><see langword="null"/> when no slot would be earlier, or when a deferral is what misses the deadline: that was decided.</returns>
    /// <param name="before">The calendar's own late window: a slot that starts no earlier helps nobody.</param>
    public static EmergencySlot? Find(SuggestionRequest request, DateTimeOffset before)
    {
        var ring = request.Ring;
        if (IsDeferredPast(request))
        {
            return null;
        }

        DateTimeOffset[] bounds = [request.Now + Lead, request.DeferredTo ?? request.Now, .. request.After.Select(first => first.Window.End)];
        var soonest = bounds.Max();
        var labEnd = request.Now + ring.LabTime;
        var tested = request.LabPassed || labEnd < soonest ? soonest : labEnd;
        var calm = Earliest(tested, ring.Freezes);
        var slot = InTime(calm) ?? LatestInTime(ring.Freezes) ?? InTime(Earliest(tested, [])) ?? LatestInTime([]) ?? calm;
        return slot is null || slot.Start >= before ? null : new EmergencySlot(
            slot, slot.End <= request.Deadline, slot.Start >= tested, [.. ring.Freezes.Where(freeze => freeze.Span.Overlaps(slot))]);

        MaintenanceWindow? InTime(MaintenanceWindow? window) => window?.End <= request.Deadline ? window : null;

        MaintenanceWindow? Earliest(DateTimeOffset from, IReadOnlyList<Freeze> avoided)
        {
            var start = FullHour(from, up: true);
            while (start < before)
            {
                var window = new MaintenanceWindow(start, start + ring.Calendar.Duration);
                if (avoided.FirstOrDefault(freeze => freeze.Span.Overlaps(window)) is not { } freeze)
                {
                    return window;
                }

                start = FullHour(freeze.Span.End, up: true);
            }

            return null;
        }

        MaintenanceWindow? LatestInTime(IReadOnlyList<Freeze> avoided)
        {
            if (request.Deadline - soonest < ring.Calendar.Duration)
            {
                return null;
            }

            var start = FullHour(request.Deadline - ring.Calendar.Duration, up: false);
            while (start >= soonest)
            {
                var window = new MaintenanceWindow(start, start + ring.Calendar.Duration);
                if (avoided.FirstOrDefault(freeze => freeze.Span.Overlaps(window)) is not { } freeze)
                {
                    return window;
                }

                start = FullHour(freeze.Span.Start - ring.Calendar.Duration, up: false);
            }

            return null;
        }

        DateTimeOffset FullHour(DateTimeOffset instant, bool up)
        {
            // Twice around a clock change of half an hour, where a full hour lies half an hour further.
            while (ring.Calendar.ToLocal(instant).TimeOfDay is var time && time.Ticks % TimeSpan.TicksPerHour is > 0 and var past)
            {
                instant += TimeSpan.FromTicks(up ? TimeSpan.TicksPerHour - past : -past);
            }

            return instant;
        }
    }

    public static bool IsDeferredPast(SuggestionRequest request) =>
        request.DeferredTo is { } then && then > request.Now && request.Deadline - then < request.Ring.Calendar.Duration;
}
