using PatchBot.Core.People;

namespace PatchBot.Core.Windows;

/// <summary>Reads the smaller parts of a ring. A list entry that is wrong gives a fault and nothing else.</summary>
internal static class RingParts
{
    private static readonly TimeSpan MaxReminder = TimeSpan.FromDays(30);

    public static string Key(SettingReader setting, string? value)
    {
        const string Remedy = "write lower-case letters, digits and hyphens, at most 60, for example production";
        var key = value ?? "";
        if (key.Length is 0 or > 60 || key.Any(sign => !char.IsAsciiLetterLower(sign) && !char.IsAsciiDigit(sign) && sign != '-'))
        {
            setting.Fault("Key", value, key.Length == 0 ? $"missing; {Remedy}" : Remedy);
        }

        return key;
    }

    public static IEnumerable<string> Product(SettingReader setting, string? value)
    {
        var product = setting.Text("", value, NamePattern.MaxLength, "name a product, for example \"Windows Server *\"");
        return product.Length is > 0 and <= NamePattern.MaxLength ? [product] : [];
    }

    public static IEnumerable<TimeSpan> Reminder(SettingReader setting, string? value)
    {
        // An empty list cannot be told from a missing one.
        if (string.Equals(value?.Trim(), "none", StringComparison.OrdinalIgnoreCase))
        {
            return [];
        }

        // Below zero stands for "had its fault already".
        var reminder = setting.Span("", string.IsNullOrWhiteSpace(value) ? "00:00:00" : value, TimeSpan.MinValue, MaxReminder);
        if (reminder == TimeSpan.Zero)
        {
            setting.Fault("", value, "a reminder comes before the start; write for example 01:00:00");
        }

        return reminder > TimeSpan.Zero ? [reminder] : [];
    }

    public static IEnumerable<PersonId> Approver(SettingReader setting, string? value)
    {
        const string Remedy = "write a person id: platform:tenant:id, for example teams:<tenant id>:<object id> or webchat:local:manager";
        var parts = value?.Split(':') ?? [];
        if (parts is [{ Length: > 0 }, { Length: > 0 }, { Length: > 0 }, ..] && value!.Length <= PersonId.MaxLength && !value.Any(char.IsWhiteSpace))
        {
            return [new PersonId(value)];
        }

        setting.Fault("", value, Remedy);
        return [];
    }

    public static IReadOnlyDictionary<string, Version> Installed(SettingReader setting, IDictionary<string, string>? products)
    {
        var installed = new Dictionary<string, Version>(StringComparer.OrdinalIgnoreCase);
        foreach (var (product, text) in products ?? new Dictionary<string, string>())
        {
            if (Version.TryParse(text, out var version))
            {
                installed[product] = version;
            }
            else
            {
                setting.Fault(product, text, "not a version; write two to four numbers with dots, for example 10.0.17763.5122");
            }
        }

        return installed;
    }
}
