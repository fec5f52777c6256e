using NodaTime;
using PatchBot.Core.Windows;

namespace PatchBot.Core.Conversation.Days;

/// <summary>Until when a patch is put off, as a person wrote it.</summary>
/// <param name="Until">The start of the day that was named, in the ring's zone; the end of a window or freeze.</param>
/// <param name="Doubt">Why there is none, in one sentence.</param>
/// <param name="Perhaps">Days that may have been meant.</param>
internal sealed record Deferral(DateTimeOffset? Until, string Doubt, IReadOnlyList<LocalDate> Perhaps)
{
    // A freeze further ahead is hardly the one that people speak of.
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(92);

    /// <param name="window">The one that was suggested.</param>
    public static Deferral Read(string said, Ring? ring, MaintenanceWindow? window, DateTimeOffset now)
    {
        var words = DayWords.Words(said);
        if (words is ["next", "window" or "slot"] or ["next", "maintenance", "window"] or ["window", "after"])
        {
            return window is null ? Unclear("No window is suggested now.") : new(window.End, "", []);
        }

        var place = DateTimeZoneProviders.Tzdb[ring?.Calendar.Zone ?? "Etc/UTC"];
        if (words.Contains("freeze"))
        {
            return AfterFreeze(words, ring, now, place);
        }

        return DayReader.Read(said, Instant.FromDateTimeOffset(now).InZone(place).Date) switch
        {
            // Where the clocks change at midnight, the day starts later than 00:00.
            DayNamed { Day.Year: <= 2200 } named => new(place.AtStartOfDay(named.Day).ToInstant().ToDateTimeOffset(), "", []),
            DayUnclear unclear => new(null, unclear.Why, unclear.Perhaps),
            _ => Unclear("That is too far ahead."),
        };
    }

    /// <summary>A day that can be written instead: the first of a month to come.</summary>
    public static LocalDate Example(DateTimeOffset now) => Instant.FromDateTimeOffset(now).InUtc().Date.With(DateAdjusters.StartOfMonth).PlusMonths(1);

    private static Deferral AfterFreeze(string[] words, Ring? ring, DateTimeOffset now, DateTimeZone place)
    {
        // "after the Christmas freeze"
        List<string> named = [.. words.Where(word => word is not ("after" or "freeze" or "change" or "current" or "this" or "next" or "end" or "ends" or "is" or "over" or "lifted" or "until"))];
        var freeze = (ring?.Freezes ?? []).Where(freeze => freeze.Span.End > now && named.TrueForAll(word => freeze.Reason.Contains(word, StringComparison.OrdinalIgnoreCase)))
            .MinBy(freeze => freeze.Span.Start);
        return freeze is null ? Unclear($"{ring?.Title ?? "The ring"} has no such freeze ahead.")
            : freeze.Span.Start - now > Ahead ? new(
                null, $"The next freeze of {ring!.Title} is not soon.", [Instant.FromDateTimeOffset(freeze.Span.End).InZone(place).Date])
            : new(freeze.Span.End, "", []);
    }

    private static Deferral Unclear(string why) => new(null, why, []);
}
