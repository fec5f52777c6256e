namespace PatchBot.Core.Windows;

/// <summary>
/// Says why. The sentences name nothing that changes with the passing of time alone, so that a suggestion made again
/// reads the same until something has happened.
/// </summary>
internal static class SuggestionReasons
{
    public static IEnumerable<string> InTime(SuggestionRequest request, MaintenanceWindow window)
    {
        yield return $"{At(request, window.Start)} is the earliest window that can be used: {Leads(request)}.";
        if (HasDeadline(request))
        {
            yield return $"It ends by the deadline, {At(request, request.Deadline)} ({request.DeadlineReason}).";
        }

        foreach (var order in Order(request, window))
        {
            yield return order;
        }
    }

    public static IEnumerable<string> Late(SuggestionRequest request, MaintenanceWindow? window, EmergencySlot? emergency, int passedOver)
    {
        if (HasDeadline(request))
        {
            var deadline = $"{At(request, request.Deadline)} ({request.DeadlineReason})";
            yield return request.Deadline <= request.Now ? $"The deadline has passed: {deadline}." : $"No window ends by the deadline, {deadline}.";
        }

        if (window is null)
        {
            var within = $"within {WindowText.Span(request.Horizon)}";
            yield return passedOver == 0
                ? $"The calendar of {request.Ring.Title} has no window {within}."
                : $"{request.Ring.Title} has no window {within} that can be used; all {passedOver} were passed over.";
        }
        else
        {
            yield return $"{At(request, window.Start)} is the earliest window that can be used ({Leads(request)}); it ends {WindowText.Span(window.End - request.Deadline)} after the deadline.";
            foreach (var order in Order(request, window))
            {
                yield return order;
            }
        }

        foreach (var sentence in Emergency(request, window, emergency))
        {
            yield return sentence;
        }
    }

    private static IEnumerable<string> Emergency(SuggestionRequest request, MaintenanceWindow? window, EmergencySlot? slot)
    {
        if (slot is null)
        {
            yield return EmergencySlot.IsDeferredPast(request)
                ? $"An approver deferred it to {At(request, request.DeferredTo!.Value)}; no emergency slot is offered against that."
                : window is null ? "There is no emergency slot outside every freeze either." : "No slot outside the calendar would be earlier.";
            yield break;
        }

        var end = !HasDeadline(request) ? "is earlier than any window"
            : slot.InTime ? "ends by the deadline"
            : "is late too, but earlier than any window";
        yield return $"Emergency slot outside the calendar: {WindowText.Local(slot.Window, request.Ring.Calendar)}. It {end}; taking it is a manager's decision.";
        if (!slot.FullLab)
        {
            yield return $"The emergency slot leaves the lab less than its {WindowText.Span(request.Ring.LabTime)}.";
        }

        foreach (var freeze in slot.Freezes)
        {
            yield return $"The emergency slot lies inside the freeze '{freeze.Reason}', because nothing else ends by the deadline.";
        }
    }

    private static IEnumerable<string> Order(SuggestionRequest request, MaintenanceWindow window) =>
        request.After.Select(first => first.Window == window
            ? $"Its prerequisite {first.Name} goes into the same window, before it."
            : $"It comes after its prerequisite {first.Name} ({At(request, first.Window.Start)}).");

    private static string Leads(SuggestionRequest request)
    {
        var (ring, lab) = (request.Ring, request.LabPassed ? "the lab has passed it" : $"the lab has {WindowText.Span(request.Ring.LabTime)}");
        return ring.Notice > TimeSpan.Zero ? $"{lab} and people have {WindowText.Span(ring.Notice)} of notice" : lab;
    }

    private static string At(SuggestionRequest request, DateTimeOffset instant) => WindowText.Local(instant, request.Ring.Calendar);

    private static bool HasDeadline(SuggestionRequest request) => request.Deadline.Year < DateTimeOffset.MaxValue.Year;
}
