namespace PatchBot.Core.Windows;

/// <summary>Two rings for an installation in which none is configured, so that a newcomer sees the whole job.</summary>
public static class DefaultRings
{
    private const string Zone = "Europe/Berlin";
    private const string Approver = "webchat:local:manager";

    private static readonly string[] Products = ["Windows Server *", "Microsoft Exchange Server *", "Microsoft SQL Server *", "System Center *"];

    public static IReadOnlyList<RingOptions> Options =>
    [
        new()
        {
            Key = "pilot",
            Title = "Pilot servers",
            Products = [.. Products],
            Calendar = new() { Rule = "FREQ=WEEKLY;BYDAY=WE", Start = "2020-01-01T20:00", Zone = Zone, Duration = "03:00:00" },
            Freezes = [YearEnd],
            LabTime = "08:00:00",
            Notice = "04:00:00",
            Reminders = ["02:00:00"],
            Approvers = [Approver],
        },
        new()
        {
            Key = "production",
            Title = "Production servers",
            Products = [.. Products],
            Exposed = "true",
            Calendar = new() { Rule = "FREQ=WEEKLY;BYDAY=SA", Start = "2020-01-04T22:00", Zone = Zone, Duration = "04:00:00" },
            Freezes = [YearEnd],
            LabTime = "2.00:00:00",
            Notice = "1.00:00:00",
            Reminders = ["1.00:00:00", "01:00:00"],
            Approvers = [Approver],
        },
    ];

    public static IReadOnlyList<Ring> All { get; } = RingSettings.Read(Options).Rings;

    private static FreezeOptions YearEnd => new() { From = "12-20", To = "01-06", Reason = "Year-end closing" };
}
