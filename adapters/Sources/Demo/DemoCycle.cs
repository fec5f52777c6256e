using NodaTime;
using PatchBot.Core.Patches;
using PatchBot.Core.Patches.Sources;

namespace PatchBot.Adapters.Sources.Demo;

/// <summary>
/// A small release to try PatchBot with: real updates of November 2023 in a document of the same format as Microsoft's,
/// read by the same catalogue.
/// </summary>
public static class DemoCycle
{
    /// <summary>What its sightings name as their document, so that they are never taken for the real month's.</summary>
    public const string DocumentName = "demo-2023-Nov";

    private static readonly DateTimeZone Pacific = DateTimeZoneProviders.Tzdb["America/Los_Angeles"];
    private static readonly LocalTime ReleaseTime = new(10, 0);

    public static SourceInput Open() => new(
        "the bundled demo",
        typeof(DemoCycle).Assembly.GetManifestResourceStream("2023-Nov.json")
            ?? throw new InvalidOperationException("The bundled demo is missing from the program; build it again."));

    /// <summary>
    /// Moves every date by whole days, so that the release is the latest 10:00 in Redmond that is not after
    /// <paramref name="now"/>: someone who tries PatchBot sees a fresh release, with its deadlines ahead.
    /// </summary>
    public static PatchDocument Shifted(PatchDocument document, DateTimeOffset now)
    {
        var released = document.Records.Select(record => record.Facts.ReleasedAt).Min() ?? now;
        var days = Period.DaysBetween(Local(released).Date, LastRelease(now));
        return document with
        {
            Origin = document.Origin with { Document = DocumentName },
            Records = [.. document.Records.Select(record => record with { Facts = Shifted(record.Facts, days) })],
        };
    }

    private static PatchFacts Shifted(PatchFacts facts, int days) => facts with
    {
        ReleasedAt = Shifted(facts.ReleasedAt, days),
        UpdatedAt = Shifted(facts.UpdatedAt, days),
    };

    // In Redmond's time, so that ten o'clock stays ten o'clock in summer.
    private static DateTimeOffset? Shifted(DateTimeOffset? date, int days) => date is { } instant
        ? Pacific.AtLeniently(Local(instant).PlusDays(days)).ToInstant().ToDateTimeOffset()
        : null;

    private static LocalDate LastRelease(DateTimeOffset now)
    {
        var today = Local(now);
        return today.TimeOfDay >= ReleaseTime ? today.Date : today.Date.PlusDays(-1);
    }

    private static LocalDateTime Local(DateTimeOffset instant) => Instant.FromDateTimeOffset(instant).InZone(Pacific).LocalDateTime;
}
