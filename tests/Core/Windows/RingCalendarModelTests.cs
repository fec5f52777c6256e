using NodaTime;
using PatchBot.Core.Windows;

namespace PatchBot.Tests.Windows;

/// <summary>Many random calendars against a slow model that looks at every single day and every single minute of offset.</summary>
public sealed class RingCalendarModelTests
{
    private static readonly string[] DayNames = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

    private static readonly string[] ZoneNames =
        ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Australia/Sydney", "Asia/Kolkata", "UTC", "Africa/Casablanca"];

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    public void Given_random_calendars_then_they_agree_with_a_slow_model(int seed)
    {
        var random = new Random(seed);
        var compared = 0;
        for (var round = 0; round < 150; round++)
        {
            var model = Model.Next(random);
            var calendar = new RingCalendar(model.Rule, model.First, model.Zone, TimeSpan.FromHours(2));
            var from = new DateTimeOffset(2026, 1, 1, random.Next(24), random.Next(60), 0, TimeSpan.Zero).AddDays(random.Next(500));
            var until = from.AddDays(random.Next(1, 120));

            var starts = model.Starts(from, until);
            compared += starts.Count;
            Assert.True(
                starts.SequenceEqual(calendar.Occurrences(from, until).Select(window => window.Start)),
                $"{model.Rule} from {model.First:s} {model.Zone} differs between {from:u} and {until:u}.");
        }

        Assert.InRange(compared, 500, 5000);
    }

    [Theory, InlineData(5), InlineData(6)]
    public void Given_a_calendar_that_was_asked_before_then_every_span_of_it_agrees_with_the_model(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 10; round++)
        {
            var model = Model.Next(random);
            var calendar = new RingCalendar(model.Rule, model.First, model.Zone, TimeSpan.FromHours(2));
            for (var span = 0; span < 40; span++)
            {
                var from = new DateTimeOffset(2024, 1, 1, random.Next(24), random.Next(60), 0, TimeSpan.Zero).AddDays(random.Next(3000));
                var until = from.AddDays(random.Next(0, 90));
                Assert.True(
                    model.Starts(from, until).SequenceEqual(calendar.Occurrences(from, until).Select(window => window.Start)),
                    $"{model.Rule} from {model.First:s} {model.Zone} differs between {from:u} and {until:u}.");
            }
        }
    }

    private sealed record Model(string Frequency, int Interval, int[] Days, int[] MonthDays, DateTime First, string Zone)
    {
        public string Rule => $"FREQ={Frequency};INTERVAL={Interval}"
            + (Days.Length > 0 ? $";BYDAY={string.Join(',', Days.Select(day => DayNames[day]))}" : "")
            + (MonthDays.Length > 0 ? $";BYMONTHDAY={string.Join(',', MonthDays)}" : "");

        public static Model Next(Random random)
        {
            var frequency = random.GetItems(["DAILY", "WEEKLY", "MONTHLY"], 1)[0];
            var days = Pick(random, 7, frequency == "DAILY" ? 0 : 3);
            return new Model(
                frequency,
                random.Next(1, frequency == "DAILY" ? 20 : 4),
                days,
                frequency == "MONTHLY" ? [.. Pick(random, 28, days.Length > 0 ? 14 : 3).Select(day => day + 1)] : [],
                new DateTime(random.Next(1990, 2028), random.Next(1, 13), random.Next(1, 32 - 3), random.Next(4), random.Next(4) * 15, 0),
                random.GetItems(ZoneNames, 1)[0]);
        }

        public SortedSet<DateTimeOffset> Starts(DateTimeOffset from, DateTimeOffset until)
        {
            var zone = DateTimeZoneProviders.Tzdb[Zone];
            var starts = new SortedSet<DateTimeOffset>();
            for (var local = First; local < until.DateTime.AddDays(2); local = local.AddDays(1))
            {
                if (local > from.DateTime.AddDays(-2) && Matches(local) && Start(zone, local) is var start && from <= start && start < until)
                {
                    starts.Add(start);
                }
            }

            return starts;
        }

        private bool Matches(DateTime local)
        {
            static int Monday(DateTime day) => ((int)day.DayOfWeek + 6) % 7;
            var days = (local - First).Days;
            var weeks = (local.AddDays(-Monday(local)) - First.AddDays(-Monday(First))).Days / 7;
            var months = ((local.Year - First.Year) * 12) + local.Month - First.Month;
            var onDay = Days.Length == 0 || Days.Contains(Monday(local));
            return Frequency switch
            {
                "DAILY" => days % Interval == 0,
                "WEEKLY" => weeks % Interval == 0 && (Days.Length > 0 ? onDay : local.DayOfWeek == First.DayOfWeek),
                _ => months % Interval == 0 && onDay
                    && (MonthDays.Length > 0 ? MonthDays.Contains(local.Day) : Days.Length > 0 || local.Day == First.Day),
            };
        }

        // The first instant at which the clock shows this time; for one that it never shows, the offset before the gap holds.
        private static DateTimeOffset Start(DateTimeZone zone, DateTime local)
        {
            var naive = new DateTimeOffset(local, TimeSpan.Zero);
            for (var offset = TimeSpan.FromHours(14); offset >= TimeSpan.FromHours(-12); offset -= TimeSpan.FromMinutes(15))
            {
                if (OffsetAt(zone, naive - offset) == offset)
                {
                    return naive - offset;
                }
            }

            return naive - OffsetAt(zone, naive.AddHours(-14) - OffsetAt(zone, naive));
        }

        private static TimeSpan OffsetAt(DateTimeZone zone, DateTimeOffset instant) =>
            zone.GetUtcOffset(Instant.FromDateTimeOffset(instant)).ToTimeSpan();

        private static int[] Pick(Random random, int below, int atMost) =>
            [.. Enumerable.Range(0, below).OrderBy(_ => random.Next()).Take(random.Next(atMost + 1)).Order()];
    }
}
