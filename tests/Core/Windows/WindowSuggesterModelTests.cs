using PatchBot.Core.Windows;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Windows;

/// <summary>Many random requests against a slow model that looks at every window and at every full hour.</summary>
public sealed class WindowSuggesterModelTests
{
    private static readonly string[] Rules = ["FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY;BYDAY=TU,SA", "FREQ=MONTHLY;BYDAY=3SA", "FREQ=WEEKLY;INTERVAL=2"];

    [Theory, InlineData(11), InlineData(12), InlineData(13), InlineData(14)]
    public void Given_random_requests_then_suggestions_agree_with_a_slow_model(int seed)
    {
        var random = new Random(seed);
        var (inTime, emergencies) = (0, 0);
        for (var round = 0; round < 250; round++)
        {
            var request = Next(random);
            var suggestion = WindowSuggester.Suggest(request);
            var windows = request.Ring.Calendar.Occurrences(request.Now, request.Now + request.Horizon).ToList();
            var usable = windows.FirstOrDefault(window => IsUsable(request, window));

            Assert.Equal(usable, suggestion.Window);
            Assert.Equal(windows.TakeWhile(window => window != usable), suggestion.PassedOver.Select(passed => passed.Window));
            Assert.Equal(usable is not null && usable.End <= request.Deadline, suggestion.InTime);
            Assert.Equal(suggestion.Reasons, WindowSuggester.Suggest(request).Reasons);
            CheckEmergency(request, suggestion);
            inTime += suggestion.InTime ? 1 : 0;
            emergencies += suggestion.Emergency is null ? 0 : 1;
        }

        Assert.InRange(inTime, 50, 200);
        Assert.InRange(emergencies, 50, 200);
    }

    private static void CheckEmergency(SuggestionRequest request, WindowSuggestion suggestion)
    {
        if (suggestion.InTime)
        {
            Assert.Null(suggestion.Emergency);
            return;
        }

        var ring = request.Ring;
        var before = suggestion.Window?.Start ?? request.Now + request.Horizon;
        var slots = Hours(request, before).Select(start => new MaintenanceWindow(start, start + ring.Calendar.Duration)).ToList();
        var inTime = slots.Where(slot => slot.End <= request.Deadline).ToList();
        var calm = inTime.Where(slot => !IsFrozen(ring, slot)).ToList();
        var tested = request.Now + (request.LabPassed ? TimeSpan.Zero : ring.LabTime);
        var expected = request.DeferredTo is { } then && then > request.Now && then + ring.Calendar.Duration > request.Deadline ? null
            : calm.FirstOrDefault(slot => slot.Start >= tested) ?? calm.LastOrDefault()
            ?? inTime.FirstOrDefault(slot => slot.Start >= tested) ?? inTime.LastOrDefault()
            ?? slots.FirstOrDefault(slot => slot.Start >= tested && !IsFrozen(ring, slot));
        Assert.Equal(expected, suggestion.Emergency);
    }

    private static IEnumerable<DateTimeOffset> Hours(SuggestionRequest request, DateTimeOffset before)
    {
        var soonest = request.After.Select(first => first.Window.End).Append(request.DeferredTo ?? request.Now).Append(request.Now.AddHours(1)).Max();
        for (var minute = new DateTimeOffset(request.Now.Ticks / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour, TimeSpan.Zero);
            minute < before;
            minute = minute.AddMinutes(30))
        {
            if (minute >= soonest && request.Ring.Calendar.ToLocal(minute).Minute == 0)
            {
                yield return minute;
            }
        }
    }

    private static bool IsUsable(SuggestionRequest request, MaintenanceWindow window) =>
        window.Start >= request.Now + (request.LabPassed ? TimeSpan.Zero : request.Ring.LabTime) + request.Ring.Notice
        && (request.DeferredTo is not { } then || window.Start >= then)
        && request.After.All(first => window.Start >= first.Window.End || (request.Ring.PrerequisitesInSameWindow && window == first.Window))
        && !IsFrozen(request.Ring, window);

    private static bool IsFrozen(Ring ring, MaintenanceWindow window) =>
        ring.Freezes.Any(freeze => window.Start < freeze.Span.End && freeze.Span.Start < window.End);

    private static SuggestionRequest Next(Random random)
    {
        var now = Some.Noon.AddDays(-random.Next(60)).AddSeconds(random.Next(86_400));
        var zone = random.GetItems(["Europe/Berlin", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"], 1)[0];
        var calendar = new RingCalendar(
            random.GetItems(Rules, 1)[0], new DateTime(2026, 1, 1, random.Next(24), 0, 0), zone, TimeSpan.FromHours(random.Next(1, 9)));
        var ring = Some.Ring() with
        {
            Calendar = calendar,
            LabTime = TimeSpan.FromHours(random.Next(100)),
            Notice = TimeSpan.FromHours(random.Next(48)),
            PrerequisitesInSameWindow = random.Next(2) == 0,
            Freezes = [.. Enumerable.Range(0, random.Next(4)).Select(_ => new Freeze(Span(random, now), "Audit"))],
        };
        var prerequisite = random.Next(4) == 0 ? Span(random, now)
            : calendar.Occurrences(now, now.AddDays(60)).ElementAtOrDefault(random.Next(3)) ?? Span(random, now);
        return new SuggestionRequest(ring, now, now.AddMinutes(random.Next(-2_000, 30_000)), "test")
        {
            LabPassed = random.Next(3) == 0,
            DeferredTo = random.Next(5) == 0 ? now.AddHours(random.Next(500)) : null,
            After = random.Next(3) == 0 ? [new PrerequisiteWindow("KB1", prerequisite)] : [],
        };
    }

    private static MaintenanceWindow Span(Random random, DateTimeOffset now)
    {
        var start = now.AddMinutes(random.Next(-10_000, 20_000));
        return new MaintenanceWindow(start, start.AddMinutes(random.Next(1, 15_000)));
    }
}
