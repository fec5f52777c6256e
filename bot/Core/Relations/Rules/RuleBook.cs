using System.Collections.Frozen;
using System.Globalization;
using PatchBot.Core.Patches;
using PatchBot.Core.Windows;

namespace PatchBot.Core.Relations.Rules;

/// <summary>The dependency rules of this installation.</summary>
public sealed class RuleBook
{
    private const int LargestFile = 1024 * 1024;

    private readonly FrozenDictionary<PatchId, DependencyRule[]> byPatch;
    private readonly DependencyRule[] general;

    public RuleBook(IEnumerable<DependencyRule> rules)
    {
        Rules = [.. rules];
        byPatch = Rules.SelectMany(rule => rule.When.Patches, (rule, patch) => (rule, patch))
            .GroupBy(pair => pair.patch, pair => pair.rule)
            .ToFrozenDictionary(group => group.Key, group => group.ToArray());
        general = [.. Rules.Where(rule => rule.When.Patches.Count == 0)];
    }

    public static RuleBook Empty { get; } = new([]);

    public IReadOnlyList<DependencyRule> Rules { get; }

    /// <summary>Reads the seed rules and the admin's file.</summary>
    /// <param name="folder">What a relative path in the settings is relative to.</param>
    /// <returns>Either a whole book, or <see cref="Empty"/> with everything that is wrong; never part of a file.</returns>
    public static (RuleBook Book, IReadOnlyList<SettingFault> Faults) Load(RelationsOptions options, string folder)
    {
        var seeds = options.IncludeSeedRules ? SeedRules.All : [];
        if (string.IsNullOrWhiteSpace(options.RulesFile))
        {
            return (new RuleBook(seeds), []);
        }

        try
        {
            var file = new FileInfo(Path.Combine(folder, options.RulesFile));
            if (file.Length > LargestFile)
            {
                return (Empty, [Fault(options, $"the file has {file.Length.ToString(CultureInfo.InvariantCulture)} bytes; keep it under 1 MiB")]);
            }

            var reading = RuleFile.Read(File.ReadAllBytes(file.FullName), $"{RelationsOptions.Section}:{nameof(RelationsOptions.RulesFile)}");
            var own = reading.Rules.Select(rule => rule.Id).ToHashSet(StringComparer.OrdinalIgnoreCase);
            return reading.Faults is []
                ? (new RuleBook([.. seeds.Where(rule => !own.Contains(rule.Id)), .. reading.Rules]), [])
                : (Empty, reading.Faults);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return (Empty, [Fault(options, $"the file cannot be read ({cause.Message}); correct the path or make the file readable, or leave the setting empty")]);
        }
    }

    /// <summary>What must be in place before the patch: the vendor's metadata and the rules that match, each requirement once.</summary>
    /// <param name="ring">Without a ring, rules about what a ring has do not match.</param>
    public IReadOnlyList<Dependency> For(Patch patch, Ring? ring = null)
    {
        var found = new Dictionary<string, Dependency>(StringComparer.OrdinalIgnoreCase);

        // A rule comes first: it says why and links to where that is written.
        foreach (var rule in byPatch.GetValueOrDefault(patch.Id, []).Concat(general))
        {
            if (!IsItself(rule.Needs, patch.Id) && rule.When.Matches(patch, ring))
            {
                found.TryAdd(rule.Needs.Key, rule.ToDependency());
            }
        }

        foreach (var required in patch.Facts.Requires.Where(required => required != patch.Id))
        {
            var needs = new PatchRequirement(required);
            found.TryAdd(needs.Key, new Dependency(needs, DependencyBasis.Metadata, $"{patch.Facts.Vendor} lists it as a prerequisite.", null, patch.Facts.Vendor));
        }

        return [.. found.Values];
    }

    // A pattern over a product also hits the prerequisite's own entry in the catalogue.
    private static bool IsItself(Requirement needs, PatchId patch) => needs switch
    {
        PatchRequirement one => one.Patch == patch,
        AnyOfRequirement any => any.Patches.Contains(patch),
        _ => false,
    };

    private static SettingFault Fault(RelationsOptions options, string remedy) =>
        new($"{RelationsOptions.Section}:{nameof(RelationsOptions.RulesFile)}", options.RulesFile, remedy);
}
