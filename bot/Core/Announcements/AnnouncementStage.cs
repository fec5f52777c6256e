using System.Globalization;

namespace PatchBot.Core.Announcements;

/// <summary>Which telling of a window it is. Its text is stored and, with ring and window start, unique.</summary>
public readonly record struct AnnouncementStage(string Value)
{
    private const string ReminderPrefix = "reminder-";

    /// <summary>An approval has set the window.</summary>
    public static AnnouncementStage Set { get; } = new("set");

    public static AnnouncementStage Start { get; } = new("start");

    public static AnnouncementStage End { get; } = new("end");

    /// <summary>Nothing is left to install in it.</summary>
    public static AnnouncementStage Cancelled { get; } = new("cancelled");

    /// <summary>The window was set, for the first time or again.</summary>
    public bool IsSet => Is(Set);

    public bool IsCancelled => Is(Cancelled);

    /// <summary>How long before the start a reminder is; <see langword="null"/> for other stages.</summary>
    public TimeSpan? Before => Value.StartsWith(ReminderPrefix, StringComparison.Ordinal)
        ? TimeSpan.ParseExact(Value[ReminderPrefix.Length..], "c", CultureInfo.InvariantCulture)
        : null;

    /// <summary>The same again: a window that was cancelled is set a second time as <c>set-2</c>.</summary>
    /// <param name="round">From 1.</param>
    public AnnouncementStage Round(int round) => round == 1 ? this : new(string.Create(CultureInfo.InvariantCulture, $"{Value}-{round}"));

    public static AnnouncementStage Reminder(TimeSpan before) => new(ReminderPrefix + before.ToString("c", CultureInfo.InvariantCulture));

    private bool Is(AnnouncementStage stage) => this == stage || Value.StartsWith($"{stage.Value}-", StringComparison.Ordinal);
}
