namespace PatchBot.Core.Windows;

/// <summary>Reads a ring's calendar, each part by itself, so that all faults show at once.</summary>
internal static class CalendarSettings
{
    /// <returns><see langword="null"/> when any part is wrong.</returns>
    public static RingCalendar? Read(SettingReader setting, CalendarOptions options)
    {
        var rule = Part(setting, "Rule", options.Rule, RecurrenceText.Example, RingCalendar.RuleRemedy);
        var zone = Part(setting, "Zone", options.Zone, "use for example Europe/Berlin", value => Zones.Exists(value, out var remedy) ? null : remedy);
        var start = Start(setting, options.Start);
        var duration = Duration(setting, options.Duration);
        if (rule is null || zone is null || start is null || duration is null)
        {
            return null;
        }

        try
        {
            return new RingCalendar(rule, start.Value, zone, duration.Value);
        }
        catch (FormatException)
        {
            setting.Fault("Rule", rule, RingCalendar.NeverRemedy);
            return null;
        }
    }

    private static string? Part(SettingReader setting, string key, string? value, string example, Func<string, string?> remedy)
    {
        var fault = string.IsNullOrWhiteSpace(value) ? $"missing; {example}" : remedy(value);
        if (fault is not null)
        {
            setting.Fault(key, value, fault);
        }

        return fault is null ? value : null;
    }

    private static DateTime? Start(SettingReader setting, string? value)
    {
        const string Form = "write the local date and time of a first window, for example 2026-01-03T22:00";
        var fault = string.IsNullOrWhiteSpace(value) ? $"missing; {Form}"
            : SettingReader.TryTime(value, out var start) ? RingCalendar.FirstRemedy(start)
            : $"not a local date and time; {Form}";
        if (fault is null)
        {
            return SettingReader.TryTime(value, out var read) ? read : null;
        }

        setting.Fault("Start", value, fault);
        return null;
    }

    private static TimeSpan? Duration(SettingReader setting, string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            setting.Fault("Duration", value, "missing; use for example 04:00:00");
            return null;
        }

        var known = setting.Span("Duration", value, TimeSpan.MinValue, RingCalendar.MaxDuration);
        if (known == TimeSpan.MinValue)
        {
            return null;
        }

        if (RingCalendar.DurationRemedy(known) is { } remedy)
        {
            setting.Fault("Duration", value, remedy);
            return null;
        }

        return known;
    }
}
