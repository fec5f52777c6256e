using System.Globalization;
using System.Text.Json;

namespace PatchBot.Core.Relations.Rules;

/// <summary>What a rule file holds, or what is wrong with it; with any fault there are no rules.</summary>
public sealed record RuleFileReading(IReadOnlyList<DependencyRule> Rules, IReadOnlyList<SettingFault> Faults);

/// <summary>Reads rules that an admin wrote: JSON with comments, as <c>docs/dependency-rules.md</c> shows it.</summary>
public static class RuleFile
{
    public const int MostRules = 2000;

    private static readonly JsonDocumentOptions Leniency = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
        MaxDepth = 8,
    };

    /// <param name="name">What faults call the file, such as the setting that names it.</param>
    public static RuleFileReading Read(ReadOnlyMemory<byte> json, string name)
    {
        // Windows editors put a mark before UTF-8 text.
        var text = json.Span.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? json[3..] : json;
        var faults = new List<SettingFault>();
        try
        {
            using var document = JsonDocument.Parse(text, Leniency);
            var rules = ReadAll(new RuleElement(document.RootElement, $"{name} $", faults));
            return new RuleFileReading(faults is [] ? rules : [], faults);
        }
        catch (JsonException cause)
        {
            var line = ((cause.LineNumber ?? 0) + 1).ToString(CultureInfo.InvariantCulture);
            return new RuleFileReading([], [new SettingFault($"{name} line {line}", "", $"the file is not valid JSON ({cause.Message}); correct it there")]);
        }
        catch (InvalidOperationException)
        {
            // The parser lets it pass; reading the text does not.
            return new RuleFileReading([], [new SettingFault(name, "", "a name or text holds half of a surrogate pair, such as \\ud83d alone; write the whole character")]);
        }
    }

    private static List<DependencyRule> ReadAll(RuleElement root)
    {
        root.Allow("rules");
        var rules = new List<DependencyRule>();
        var ids = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var element in root.Items("rules", MostRules))
        {
            if (ReadRule(element) is not { } rule)
            {
                continue;
            }

            if (!ids.Add(rule.Id))
            {
                element.Fault("id", rule.Id, "another rule has this id; give each rule its own");
            }

            rules.Add(rule);
        }

        return rules;
    }

    private static DependencyRule? ReadRule(RuleElement rule)
    {
        rule.Allow("id", "when", "needs", "reason", "link", "declaredBy");
        var id = rule.Text("id", 100, required: true);
        var reason = rule.Text("reason", 500, required: true);
        var declaredBy = rule.Text("declaredBy", 100, required: true);
        var link = rule.Link("link");
        var when = rule.Part("when") is { } condition ? ReadCondition(condition) : null;
        var needs = rule.Part("needs") is { } requirement ? ReadRequirement(requirement) : null;
        return when is null || needs is null || id is null ? null : new DependencyRule(id, when, needs, reason ?? "", link, declaredBy ?? "");
    }

    private static RuleCondition ReadCondition(RuleElement when)
    {
        when.Allow("patches", "product", "title", "updateType", "fixedBuild", "releasedFrom", "ringHas");
        var condition = new RuleCondition
        {
            Patches = when.Patches("patches").ToHashSet(),
            Product = when.Text("product", 200),
            Title = when.Text("title", 200),
            UpdateType = when.UpdateType("updateType"),
            FixedBuild = when.Has("fixedBuild") && when.Part("fixedBuild") is { } build ? ReadSpan(build, "from", "below") : null,
            ReleasedFrom = when.Date("releasedFrom"),
            RingHas = when.Has("ringHas") && when.Part("ringHas") is { } ring ? ReadInstalled(ring) : null,
        };

        // A rule about everything, or about every patch of a ring, is a slip.
        if (condition is { Patches.Count: 0, Product: null, Title: null, FixedBuild: null } && !when.Faulty)
        {
            when.Fault("", "", "say which patches the rule is about: give patches, product, title or fixedBuild");
        }

        return condition;
    }

    private static Requirement? ReadRequirement(RuleElement needs)
    {
        needs.Allow("patch", "anyOf", "product", "atLeast");
        Requirement? requirement;
        switch (needs.Has("patch"), needs.Has("anyOf"), needs.Has("product"))
        {
            case (true, false, false):
                requirement = needs.Patch("patch") is { } patch ? new PatchRequirement(patch) : null;
                break;
            case (false, true, false):
                requirement = ReadAnyOf(needs);
                break;
            case (false, false, true):
                requirement = ReadProduct(needs);
                break;
            default:
                needs.Fault("", "", "give exactly one of patch, anyOf, or product with atLeast");
                return null;
        }

        if (requirement is not null && RequirementKey.Read(requirement.Key) is null)
        {
            needs.Fault("", requirement.Key, $"a requirement has at most {RequirementKey.MaxLength} characters in all; name fewer alternatives or a shorter product");
        }

        return requirement;
    }

    private static AnyOfRequirement? ReadAnyOf(RuleElement needs)
    {
        var patches = needs.Patches("anyOf").Distinct().ToList();
        if (patches.Count < 2)
        {
            needs.Fault("anyOf", string.Join(", ", patches), "name at least two different patches, or use patch for a single one");
            return null;
        }

        return new AnyOfRequirement(patches);
    }

    private static VersionRequirement? ReadProduct(RuleElement needs) =>
        (needs.Text("product", 150, required: true), needs.Version("atLeast", required: true)) is ({ } product, { } version)
            ? new VersionRequirement(product, version)
            : null;

    private static InstalledProduct? ReadInstalled(RuleElement ring) =>
        (ReadSpan(ring, "product", "from", "below"), ring.Text("product", 150, required: true)) is ({ } span, { } product)
            ? new InstalledProduct(product, span)
            : null;

    private static VersionSpan ReadSpan(RuleElement element, params ReadOnlySpan<string> members)
    {
        element.Allow(members);
        var span = new VersionSpan(element.Version("from"), element.Version("below"));
        if (span is { From: { } from, Below: { } below } && Versions.Compare(from, below) >= 0)
        {
            element.Fault("below", below.ToString(), $"must be above 'from' ({from})");
        }

        return span;
    }
}
