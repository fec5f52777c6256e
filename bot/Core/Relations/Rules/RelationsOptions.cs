namespace PatchBot.Core.Relations.Rules;

/// <summary>Which dependency rules apply. Bound from the section <c>Relations</c>.</summary>
public sealed class RelationsOptions
{
    public const string Section = "Relations";

    /// <summary>A JSON file with rules of your own, absolute or beside the settings; empty for none. See <c>docs/dependency-rules.md</c>.</summary>
    public string RulesFile { get; set; } = "";

    /// <summary>Also apply the rules that come with PatchBot. A rule of yours with the same id takes the place of one of them.</summary>
    public bool IncludeSeedRules { get; set; } = true;
}
