using System.Globalization;
using System.Text.Json;
using PatchBot.Core.Patches;

namespace PatchBot.Core.Relations.Rules;

/// <summary>One object of a rule file, which notes what is wrong with its members and where.</summary>
internal sealed class RuleElement(JsonElement element, string path, List<SettingFault> faults)
{
    private const int LongestShown = 80;
    private const int MostPatches = 500;

    /// <summary>Something in the file was wrong before; what follows from it need not be told.</summary>
    public bool Faulty => faults.Any(fault => fault.Key.StartsWith(path, StringComparison.Ordinal));

    public void Fault(string member, string value, string remedy) =>
        faults.Add(new SettingFault(
            member.Length > 0 ? $"{path}.{member}" : path,
            value.Length > LongestShown ? $"{value[..LongestShown]}…" : value,
            remedy));

    /// <summary>Notes every member that is not among <paramref name="members"/>: a misspelt condition must not widen a rule unseen.</summary>
    public void Allow(params ReadOnlySpan<string> members)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            Fault("", element.GetRawText(), "write an object in { }");
            return;
        }

        foreach (var member in element.EnumerateObject())
        {
            if (!members.Contains(member.Name))
            {
                Fault(member.Name, member.Value.GetRawText(), $"there is no such member; there are {string.Join(", ", members.ToArray())}");
            }
        }
    }

    public bool Has(string member) => Member(member) is not null;

    public RuleElement? Part(string member)
    {
        if (Member(member) is { ValueKind: JsonValueKind.Object } part)
        {
            return new RuleElement(part, $"{path}.{member}", faults);
        }

        Fault(member, Raw(member), "write an object in { }");
        return null;
    }

    public IEnumerable<RuleElement> Items(string member, int most)
    {
        if (Member(member) is not { ValueKind: JsonValueKind.Array } list)
        {
            Fault(member, Raw(member), "write a list in [ ]");
            return [];
        }

        if (list.GetArrayLength() > most)
        {
            Fault(member, "", $"there are {list.GetArrayLength()} entries; at most {most} are taken");
            return [];
        }

        return list.EnumerateArray().Select((item, index) => new RuleElement(item, $"{path}.{member}[{index}]", faults));
    }

    public string? Text(string member, int longest, bool required = false)
    {
        if (Member(member) is not { } found && !required)
        {
            return null;
        }

        var text = Member(member) is { ValueKind: JsonValueKind.String } value ? value.GetString()!.Trim() : "";
        if (text.Length == 0 || text.Length > longest || text.Any(char.IsControl))
        {
            Fault(member, Raw(member), $"write a text of 1 to {longest} characters on one line");
            return null;
        }

        return text;
    }

    public PatchId? Patch(string member) => PatchOf(member, Member(member));

    public IReadOnlyList<PatchId> Patches(string member)
    {
        if (Member(member) is not { } list)
        {
            return [];
        }

        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() is 0 or > MostPatches)
        {
            Fault(member, Raw(member), $"write a list of 1 to {MostPatches} patches, such as [\"KB5032196\"]");
            return [];
        }

        return [.. list.EnumerateArray().Select((item, index) => PatchOf($"{member}[{index}]", item)).OfType<PatchId>()];
    }

    public UpdateType? UpdateType(string member)
    {
        if (Member(member) is null)
        {
            return null;
        }

        // Numbers parse as enums too, and mean nothing to a reader.
        if (Enum.TryParse<UpdateType>(Text(member, 40), ignoreCase: true, out var type) && Enum.IsDefined(type) && !char.IsDigit(Raw(member)[1]))
        {
            return type;
        }

        Fault(member, Raw(member), $"write one of {string.Join(", ", Enum.GetNames<UpdateType>())}");
        return null;
    }

    public Version? Version(string member, bool required = false)
    {
        if (Member(member) is null && !required)
        {
            return null;
        }

        if (Member(member) is { ValueKind: JsonValueKind.String } text && System.Version.TryParse(text.GetString(), out var version))
        {
            return version;
        }

        Fault(member, Raw(member), "write a version of two to four numbers, such as \"6.3.9600.16384\"");
        return null;
    }

    public DateOnly? Date(string member)
    {
        if (Member(member) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String
            && DateOnly.TryParseExact(value.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date;
        }

        Fault(member, Raw(member), "write a date as year-month-day, such as \"2021-08-10\"");
        return null;
    }

    public Uri? Link(string member)
    {
        if (Text(member, 500) is not { } text)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var link) && (link.Scheme == Uri.UriSchemeHttps || link.Scheme == Uri.UriSchemeHttp))
        {
            return link;
        }

        Fault(member, text, "write an address that starts with https:// or http://");
        return null;
    }

    private PatchId? PatchOf(string member, JsonElement? value)
    {
        if (value is { ValueKind: JsonValueKind.String } text && RequirementKey.PatchOf(text.GetString()!) is { } patch)
        {
            return patch;
        }

        Fault(member, value?.GetRawText() ?? "", $"write a patch id of 1 to {PatchId.MaxLength} characters, such as \"KB5032196\"");
        return null;
    }

    private JsonElement? Member(string member) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(member, out var value) ? value : null;

    private string Raw(string member) => Member(member)?.GetRawText() ?? "";
}
