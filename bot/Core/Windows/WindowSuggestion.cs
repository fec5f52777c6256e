namespace PatchBot.Core.Windows;

/// <summary>What a window is wanted for.</summary>
/// <param name="Deadline">The window must have ended by then to be in time.</param>
/// <param name="DeadlineReason">Such as "exploited, 3 days from release".</param>
public sealed record SuggestionRequest(Ring Ring, DateTimeOffset Now, DateTimeOffset Deadline, string DeadlineReason)
{
    /// <summary>A standing pass means that the ring's lab time is not waited for.</summary>
    public bool LabPassed { get; init; }

    /// <summary>An approver deferred the rollout to then or later.</summary>
    public DateTimeOffset? DeferredTo { get; init; }

    /// <summary>Windows that prerequisites have, with the patch's name; the suggestion comes after them.</summary>
    public IReadOnlyList<PrerequisiteWindow> After { get; init; } = [];

    /// <summary>How far to look.</summary>
    public TimeSpan Horizon { get; init; } = TimeSpan.FromDays(90);
}

public sealed record PrerequisiteWindow(string Name, MaintenanceWindow Window);

/// <param name="Why">A sentence part, such as "inside the freeze 'Year-end closing'".</param>
public sealed record PassedOverWindow(MaintenanceWindow Window, string Why);

/// <summary>The window to propose, why, and what was passed over on the way there.</summary>
/// <param name="Window"><see langword="null"/> when the calendar has no usable window within the horizon.</param>
/// <param name="InTime">The window ends by the deadline.</param>
/// <param name="Emergency">A slot outside the calendar, offered when no window is in time; taking it is a manager's decision.</param>
/// <param name="Reasons">Sentences, most important first.</param>
public sealed record WindowSuggestion(
    MaintenanceWindow? Window,
    bool InTime,
    MaintenanceWindow? Emergency,
    IReadOnlyList<string> Reasons,
    IReadOnlyList<PassedOverWindow> PassedOver);
