using System.Globalization;
using NodaTime;

namespace PatchBot.Core.Windows;

/// <summary>Turns the configured rings into rings, or into a list of everything that is wrong with them.</summary>
public static class RingSettings
{
    /// <summary>The configuration section; a list.</summary>
    public const string Section = "Rings";

    private static readonly TimeSpan MaxLead = TimeSpan.FromDays(60);
    private static readonly string[] DefaultReminders = ["1.00:00:00", "01:00:00"];

    /// <returns>The rings that are right, and one fault for each thing that is not. Rings count only when there is no fault.</returns>
    public static (IReadOnlyList<Ring> Rings, IReadOnlyList<SettingFault> Faults) Read(IReadOnlyList<RingOptions> options)
    {
        var faults = new List<SettingFault>();
        var rings = new List<Ring>();
        foreach (var (index, ring) in options.Index())
        {
            var setting = new SettingReader($"{Section}:{index.ToString(CultureInfo.InvariantCulture)}", faults);
            if (Read(setting, ring) is { } read)
            {
                rings.Add(read);
            }

            // Both are names that people type, so that neither may mean two rings.
            foreach (var (name, value) in (ReadOnlySpan<(string, string?)>)[("Key", ring.Key), ("Title", ring.Title)])
            {
                if (value?.Trim() is { Length: > 0 } taken && options.Take(index).Any(earlier => IsNamed(earlier, taken)))
                {
                    setting.Fault(name, value, "another ring has this key or title already; choose one of its own");
                }
            }
        }

        return (rings, faults);
    }

    private static bool IsNamed(RingOptions ring, string name) =>
        string.Equals(ring.Key?.Trim(), name, StringComparison.OrdinalIgnoreCase)
        || string.Equals(ring.Title?.Trim(), name, StringComparison.OrdinalIgnoreCase);

    private static Ring? Read(SettingReader setting, RingOptions ring)
    {
        var key = RingParts.Key(setting, ring.Key);
        var title = string.IsNullOrWhiteSpace(ring.Title) ? key : setting.Text("Title", ring.Title, 100, "for example Production servers");
        var products = Each(setting, "Products", ring.Products, RingParts.Product);
        var exposed = setting.Flag("Exposed", ring.Exposed);
        var calendar = CalendarSettings.Read(setting.Under("Calendar"), ring.Calendar ?? new());
        var freezes = Each(setting, "Freezes", ring.Freezes, (at, freeze) =>
            FreezeSettings.Read(at, freeze ?? new(), Zones.Find(ring.Calendar?.Zone ?? "") ?? DateTimeZone.Utc));
        var labTime = setting.Span("LabTime", ring.LabTime, TimeSpan.FromDays(2), MaxLead);
        var notice = setting.Span("Notice", ring.Notice, TimeSpan.FromDays(1), MaxLead);
        var reminders = Each(setting, "Reminders", ring.Reminders ?? DefaultReminders, RingParts.Reminder);
        var approvers = Each(setting, "Approvers", ring.Approvers, RingParts.Approver).ToHashSet();
        var quorum = setting.Number("Quorum", ring.Quorum, 1, 1, 20);
        var installed = RingParts.Installed(setting.Under("Installed"), ring.Installed);
        var sameWindow = setting.Flag("PrerequisitesInSameWindow", ring.PrerequisitesInSameWindow);

        if (ring.Products is null or { Count: 0 })
        {
            setting.Fault("Products", "", "missing; list what the ring runs, for example \"Windows Server *\"");
        }

        if (quorum > Math.Max(1, approvers.Count))
        {
            setting.Fault("Quorum", ring.Quorum, $"the ring has {approvers.Count} {(approvers.Count == 1 ? "approver" : "approvers")}; name more or lower the quorum");
        }

        return calendar is null ? null : new Ring
        {
            Key = key,
            Title = title,
            Products = products,
            Exposed = exposed,
            Calendar = calendar,
            Freezes = [.. freezes.OrderBy(freeze => freeze.Span.Start)],
            LabTime = labTime,
            Notice = notice,
            Reminders = [.. reminders.Distinct().OrderDescending()],
            Approvers = approvers,
            Quorum = quorum,
            Installed = installed,
            PrerequisitesInSameWindow = sameWindow,
        };
    }

    private static List<T> Each<TOption, T>(
        SettingReader setting, string key, IList<TOption>? entries, Func<SettingReader, TOption, IEnumerable<T>> read) =>
        [
            .. (entries ?? []).Index().SelectMany(entry =>
                read(setting.Under($"{key}:{entry.Index.ToString(CultureInfo.InvariantCulture)}"), entry.Item)),
        ];
}
