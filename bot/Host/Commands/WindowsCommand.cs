using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json;
using NodaTime;
using PatchBot.Core.Windows;

namespace PatchBot.Host.Commands;

/// <summary>Lists a ring's windows between two dates, frozen ones marked.</summary>
internal static class WindowsCommand
{
    private static readonly TimeSpan LongestSpan = TimeSpan.FromDays(3660);

    public static Command Build(CommandHost host)
    {
        var ring = new Argument<string>("ring") { Description = "The ring's key or title." };
        var from = new Option<DateOnly?>("--from") { Description = "First local day, such as 2026-11-01; today when left out.", CustomParser = Day };
        var to = new Option<DateOnly?>("--to") { Description = "Last local day, included; 90 days after the first when left out.", CustomParser = Day };
        var json = CommandJson.Option();
        var command = new Command("windows", "Lists the occurrences of a ring's maintenance calendar.") { ring, from, to, json };
        command.SetAction((parsed, cancellationToken) => host.RunAsync(
            (services, _) => Task.FromResult(List(
                services, parsed.GetRequiredValue(ring), parsed.GetValue(from), parsed.GetValue(to), parsed.GetValue(json))),
            cancellationToken,
            migrate: false));
        return command;
    }

    private static DateOnly? Day(ArgumentResult said)
    {
        if (DateOnly.TryParseExact(said.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        said.AddError($"'{said.Tokens[0].Value}' is no day; write it as 2026-11-01.");
        return null;
    }

    private static int List(IServiceProvider services, string name, DateOnly? from, DateOnly? to, bool json)
    {
        var rings = services.GetRequiredService<IRings>();
        if (rings.Find(name) is not { } ring)
        {
            Console.Error.WriteLine($"There is no ring called '{name}'. Rings: {string.Join(", ", rings.All.Select(known => known.Key))}.");
            return CommandHost.Failed;
        }

        var calendar = ring.Calendar;
        var first = from ?? DateOnly.FromDateTime(calendar.ToLocal(services.GetRequiredService<TimeProvider>().GetUtcNow()).DateTime);
        if (first.Year is < 2000 or > 2200)
        {
            Console.Error.WriteLine($"--from must be between the years 2000 and 2200; it is {first:yyyy-MM-dd}.");
            return CommandHost.Failed;
        }

        var last = to ?? first.AddDays(90);
        if (last < first || last.DayNumber - first.DayNumber > LongestSpan.TotalDays)
        {
            Console.Error.WriteLine($"--to must be at or after --from, and at most ten years later: {first:yyyy-MM-dd} to {last:yyyy-MM-dd}.");
            return CommandHost.Failed;
        }

        var windows = calendar.Occurrences(Instant(first), Instant(last.AddDays(1)))
            .Select(window => (Window: window, Freeze: ring.Freezes.FirstOrDefault(freeze => freeze.Span.Overlaps(window))))
            .ToList();
        if (json)
        {
            var lines = windows.Select(found => new WindowJson(ring.Key, found.Window.Start, found.Window.End, calendar.Zone, found.Freeze?.Reason));
            Console.WriteLine(JsonSerializer.Serialize([.. lines], CommandJson.Default.ListWindowJson));
            return 0;
        }

        foreach (var (window, freeze) in windows)
        {
            Console.WriteLine(freeze is null ? WindowText.Both(window, calendar) : $"{WindowText.Both(window, calendar)}  frozen: {freeze.Reason}");
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{windows.Count} windows of {ring.Title}, {first:yyyy-MM-dd} to {last:yyyy-MM-dd}"));
        return 0;

        // Where the clocks change at midnight, the day starts later than 00:00.
        DateTimeOffset Instant(DateOnly day) => DateTimeZoneProviders.Tzdb[calendar.Zone]
            .AtStartOfDay(LocalDate.FromDateOnly(day)).ToInstant().ToDateTimeOffset();
    }
}
