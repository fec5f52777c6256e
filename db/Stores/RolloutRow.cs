using System.Text.Json;
using PatchBot.Core.Patches;
using PatchBot.Core.Rollouts;
using PatchBot.Core.Windows;

namespace PatchBot.Db.Stores;

/// <summary>A row of <c>rollout</c>, both ways.</summary>
internal sealed class RolloutRow
{
    public long Id { get; init; }

    public string PatchId { get; init; } = "";

    public string Ring { get; init; } = "";

    public RolloutState State { get; init; }

    public DateTimeOffset? WindowStart { get; init; }

    public DateTimeOffset? WindowEnd { get; init; }

    public bool InTime { get; init; }

    public DateTimeOffset? EmergencyStart { get; init; }

    public DateTimeOffset? EmergencyEnd { get; init; }

    public DateTimeOffset? DeferredTo { get; init; }

    public string Reasons { get; init; } = "";

    public string PassedOver { get; init; } = "";

    public string SnapshotContent { get; init; } = "";

    public string SnapshotLab { get; init; } = "";

    public string SnapshotDependencies { get; init; } = "";

    public string SnapshotWindow { get; init; } = "";

    public string Fallen { get; init; } = "";

    public int Version { get; init; }

    public Rollout ToRollout() => new(
        Id,
        new PatchId(PatchId),
        Ring,
        State,
        Window(WindowStart, WindowEnd),
        InTime,
        Window(EmergencyStart, EmergencyEnd),
        DeferredTo,
        JsonSerializer.Deserialize(Reasons, ListJson.Default.StringArray)!,
        new Snapshot(SnapshotContent, SnapshotLab, SnapshotDependencies, SnapshotWindow),
        Version)
    {
        PassedOver = JsonSerializer.Deserialize(PassedOver, ListJson.Default.StringArray)!,
        Fallen = Fallen,
    };

    /// <summary>Everything that an update may change; id, patch, ring and version are the caller's.</summary>
    public static Args Columns(Rollout rollout) => Words(rollout)
        .Name("state", rollout.State)
        .Instant("windowStart", rollout.Window?.Start)
        .Instant("windowEnd", rollout.Window?.End)
        .Instant("emergencyStart", rollout.Emergency?.Start)
        .Instant("emergencyEnd", rollout.Emergency?.End);

    /// <summary>Of these, what says nothing of where the rollout is found: neither state nor window.</summary>
    public static Args Words(Rollout rollout) => new Args()
        .Flag("inTime", rollout.InTime)
        .Instant("deferredTo", rollout.DeferredTo)
        .Texts("reasons", rollout.Reasons)
        .Texts("passedOver", rollout.PassedOver)
        .Text("snapshotContent", rollout.Snapshot.Content, 64)
        .LongText("snapshotLab", rollout.Snapshot.Lab)
        .LongText("snapshotDependencies", rollout.Snapshot.Dependencies)
        .LongText("snapshotWindow", rollout.Snapshot.Window)
        .LongText("fallen", rollout.Fallen);

    /// <summary>As it is read back.</summary>
    public static Rollout Kept(Rollout rollout) => rollout with
    {
        Window = Kept(rollout.Window),
        Emergency = Kept(rollout.Emergency),
        DeferredTo = rollout.DeferredTo is { } then ? Args.Whole(then) : null,
        Reasons = [.. rollout.Reasons.Select(reason => Args.Storable(reason)!)],
        PassedOver = [.. rollout.PassedOver.Select(passed => Args.Storable(passed)!)],
        Snapshot = new Snapshot(
            rollout.Snapshot.Content, Args.Storable(rollout.Snapshot.Lab)!, Args.Storable(rollout.Snapshot.Dependencies)!, Args.Storable(rollout.Snapshot.Window)!),
        Fallen = Args.Storable(rollout.Fallen)!,
    };

    private static MaintenanceWindow? Kept(MaintenanceWindow? window) =>
        window is null ? null : new MaintenanceWindow(Args.Whole(window.Start), Args.Whole(window.End));

    private static MaintenanceWindow? Window(DateTimeOffset? start, DateTimeOffset? end) =>
        start is { } from && end is { } until ? new MaintenanceWindow(from, until) : null;
}
