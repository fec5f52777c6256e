namespace PatchBot.Core.Relations.Rules;

/// <summary>The rules that come with PatchBot; where each number is from is told in <c>docs/dependency-rules.md</c>.</summary>
public static class SeedRules
{
    public const string Resource = "SeedRules.json";

    private static readonly Lazy<IReadOnlyList<DependencyRule>> Loaded = new(Load);

    public static IReadOnlyList<DependencyRule> All => Loaded.Value;

    private static IReadOnlyList<DependencyRule> Load()
    {
        using var stream = typeof(SeedRules).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is missing from the build; it must be embedded in PatchBot.Core.");
        using var content = new MemoryStream();
        stream.CopyTo(content);
        var reading = RuleFile.Read(content.ToArray(), Resource);
        return reading.Faults is []
            ? reading.Rules
            : throw new InvalidOperationException($"The rules that come with PatchBot are damaged; build it anew. {string.Join(' ', reading.Faults)}");
    }
}
