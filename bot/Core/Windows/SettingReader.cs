using System.Globalization;

namespace PatchBot.Core.Windows;

/// <summary>Reads settings under one key and keeps every fault. What it returns after a fault is only good to read on.</summary>
internal sealed class SettingReader(string root, List<SettingFault> faults)
{
    private static readonly string[] TimeFormats = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss"];

    public SettingReader Under(string key) => new(Path(key), faults);

    public void Fault(string key, string? value, string remedy) => faults.Add(new SettingFault(Path(key), value ?? "", remedy));

    public bool Flag(string key, string? value)
    {
        if (string.IsNullOrEmpty(value) || bool.TryParse(value, out _))
        {
            return bool.TryParse(value, out var flag) && flag;
        }

        Fault(key, value, "write true or false");
        return false;
    }

    public string Text(string key, string? value, int maxLength, string remedy)
    {
        var text = value?.Trim() ?? "";
        if (text.Length == 0)
        {
            Fault(key, value, $"missing; {remedy}");
        }
        else if (text.Length > maxLength || text.Any(char.IsControl))
        {
            Fault(key, value, $"write one line of at most {maxLength} characters; {remedy}");
        }

        return text;
    }

    /// <summary>A span from zero to <paramref name="max"/>; <paramref name="whenMissing"/> where nothing is configured.</summary>
    public TimeSpan Span(string key, string? value, TimeSpan whenMissing, TimeSpan max)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return whenMissing;
        }

        const string Form = "write hours:minutes:seconds (04:00:00), or days first (2.00:00:00)";

        // Without this, .NET reads "24:00:00" and "2" as days.
        if (!value.Contains(':', StringComparison.Ordinal) || !TimeSpan.TryParse(value, CultureInfo.InvariantCulture, out var span)
            || (span.Days > 0 && !value.Split(':')[0].Contains('.', StringComparison.Ordinal)))
        {
            Fault(key, value, $"not a time span; {Form}");
            return whenMissing;
        }

        if (span < TimeSpan.Zero || span > max)
        {
            Fault(key, value, $"must lie between nothing and {WindowText.Span(max)}; {Form}");
            return whenMissing;
        }

        return span;
    }

    public int Number(string key, string? value, int whenMissing, int min, int max)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return whenMissing;
        }

        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
        {
            return number;
        }

        Fault(key, value, $"write a whole number from {min} to {max}");
        return whenMissing;
    }

    public static bool TryTime(string? value, out DateTime time) =>
        DateTime.TryParseExact(value, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out time);

    // A list entry is its own value: it has no key below it.
    private string Path(string key) => key.Length == 0 ? root : $"{root}:{key}";
}
