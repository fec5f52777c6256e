namespace PatchBot.Core.Windows;

/// <summary>
/// Finds the window to propose: the earliest occurrence of the ring's calendar that may be used. Windows of one ring are
/// equally long, so that the earliest usable one is also the one that meets the deadline best.
/// </summary>
public static class WindowSuggester
{
    /// <summary>Equal requests give equal suggestions.</summary>
    public static WindowSuggestion Suggest(SuggestionRequest request)
    {
        MaintenanceWindow? usable = null;
        var passedOver = new List<PassedOverWindow>();
        foreach (var window in request.Ring.Calendar.Occurrences(request.Now, EndOf(request)))
        {
            if (Obstacles(request, window) is not { Count: > 0 } obstacles)
            {
                usable = window;
                break;
            }

            passedOver.Add(new PassedOverWindow(window, string.Join("; ", obstacles)));
        }

        var inTime = usable?.End <= request.Deadline;
        var emergency = inTime ? null : EmergencySlot.Find(request, before: usable?.Start ?? EndOf(request));
        var reasons = inTime
            ? SuggestionReasons.InTime(request, usable!)
            : SuggestionReasons.Late(request, usable, emergency, passedOver.Count);
        return new WindowSuggestion(usable, inTime, emergency?.Window, [.. reasons], passedOver);
    }

    private static DateTimeOffset EndOf(SuggestionRequest request) =>
        request.Horizon < DateTimeOffset.MaxValue - request.Now ? request.Now + request.Horizon : DateTimeOffset.MaxValue;

    // Lab, then announcement: nobody announces what the lab has not passed, so that the two leads add up.
    private static List<string> Obstacles(SuggestionRequest request, MaintenanceWindow window)
    {
        var ring = request.Ring;
        var obstacles = new List<string>();
        var lead = window.Start - request.Now;
        var labTime = request.LabPassed ? TimeSpan.Zero : ring.LabTime;
        if (lead < labTime)
        {
            obstacles.Add($"starts in {WindowText.Span(lead)}, but trying the patch in the lab takes {WindowText.Span(labTime)}");
        }
        else if (lead < labTime + ring.Notice)
        {
            var after = labTime > TimeSpan.Zero ? " after the lab" : "";
            obstacles.Add($"leaves only {WindowText.Span(lead - labTime)} of notice{after}, not {WindowText.Span(ring.Notice)}");
        }

        if (window.Start < request.DeferredTo)
        {
            obstacles.Add($"starts before {WindowText.Local(request.DeferredTo.Value, ring.Calendar)}, the time that an approver deferred it to");
        }

        obstacles.AddRange(request.After.Where(first => !IsAfter(window, first, ring)).Select(first =>
            $"comes before the window of its prerequisite {first.Name} has ended ({WindowText.Local(first.Window.End, ring.Calendar)})"));
        obstacles.AddRange(ring.Freezes.Where(freeze => freeze.Span.Overlaps(window)).Select(freeze => $"inside the freeze '{freeze.Reason}'"));
        return obstacles;
    }

    private static bool IsAfter(MaintenanceWindow window, PrerequisiteWindow first, Ring ring) =>
        window.Start >= first.Window.End || (ring.PrerequisitesInSameWindow && window == first.Window);
}
