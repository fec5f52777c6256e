using PatchBot.Core.Patches;

namespace PatchBot.Core.Relations;

/// <summary>Reads <see cref="Requirement.Key"/> back.</summary>
public static class RequirementKey
{
    /// <summary>Longest key that rules may make and confirmations may name.</summary>
    public const int MaxLength = 400;

    /// <returns><see langword="null"/> when the text is no key.</returns>
    public static Requirement? Read(string key)
    {
        if (key.Length > MaxLength || key.Any(char.IsControl))
        {
            return null;
        }

        var colon = key.IndexOf(':', StringComparison.Ordinal);
        var rest = key[(colon + 1)..];
        return (colon < 0 ? "" : key[..colon]) switch
        {
            "patch" => PatchOf(rest) is { } patch ? new PatchRequirement(patch) : null,
            "any" => AnyOf(rest.Split('|')),
            "product" => VersionOf(rest),
            _ => null,
        };
    }

    public static PatchId? PatchOf(string text) =>
        string.IsNullOrWhiteSpace(text) || text.Trim().Length > PatchId.MaxLength || text.Any(char.IsControl) || text.Contains('|', StringComparison.Ordinal)
            ? null
            : new PatchId(text);

    private static AnyOfRequirement? AnyOf(string[] names)
    {
        var patches = names.Select(PatchOf).OfType<PatchId>().Distinct().ToList();
        return patches.Count == names.Length && patches.Count >= 2 ? new AnyOfRequirement(patches) : null;
    }

    private static VersionRequirement? VersionOf(string text) =>
        text.LastIndexOf(':') is > 0 and var colon && Version.TryParse(text[(colon + 1)..], out var version)
            ? new VersionRequirement(text[..colon], version)
            : null;
}
