using PatchBot.Core.Patches;

namespace PatchBot.Core.Lab.Reading;

/// <summary>Which of the named patches a message reports on, and which are only background.</summary>
internal static class PatchMentions
{
    // "needs KB… first": never what was tested.
    private static readonly HashSet<string> Strong =
    [
        "needs", "need", "requires", "require", "required", "prerequisite", "prereq", "superseded", "supersedes", "replaces", "replaced", "ssu", "missing",
        "braucht", "benotigt", "voraussetzung", "vereist", "necesita", "requiere", "precisa", "requer", "richiede", "necessite", "exige", "prerequis", "需要", "需要先", "前提",
    ];

    // "with KB… underneath": background when another patch is meant.
    private static readonly HashSet<string> Weak =
    [
        "with", "like", "as", "than", "after", "since", "unlike", "on", "over", "mit", "nach", "wie", "avec", "apres", "comme", "con", "como", "com", "come", "met", "na", "without", "before",
    ];

    private static readonly HashSet<string> Following = ["underneath", "first", "missing", "last", "installed", "zuerst", "abord", "primero", "eerst", "previously"];

    public static HashSet<string> Targets(
        List<ClauseReading> clauses, string? threadPatch, IReadOnlyDictionary<string, PatchId> known, out List<string> unknown)
    {
        var targets = new HashSet<string>();
        var weak = new HashSet<string>();
        unknown = [];
        foreach (var clause in clauses.Where(clause => !clause.Ignored))
        {
            var tokens = clause.Clause.Tokens;
            for (var at = 0; at < tokens.Count; at++)
            {
                if (tokens[at].Kind != TokenKind.Patch)
                {
                    continue;
                }

                var name = tokens[at].Key;
                var isThread = string.Equals(known.TryGetValue(name, out var id) ? id.Value : name, threadPatch, StringComparison.OrdinalIgnoreCase);
                var standing = isThread ? Background.None : Standing(tokens, at);
                if (standing == Background.Weak)
                {
                    weak.Add(name);
                }
                else if (standing == Background.None)
                {
                    targets.Add(name);
                }
            }
        }

        // Without any other patch in sight, "fails after KB…" is about that one.
        if (targets.Count == 0 && threadPatch is null)
        {
            targets.UnionWith(weak);
        }

        foreach (var name in targets.Where(name => !known.ContainsKey(name) && !string.Equals(name, threadPatch, StringComparison.OrdinalIgnoreCase)))
        {
            unknown.Add(name);
        }

        return targets;
    }

    private static Background Standing(IReadOnlyList<Token> tokens, int at)
    {
        for (var back = at - 1; back >= Math.Max(0, at - 3); back--)
        {
            if (Strong.Contains(tokens[back].Key) || tokens[back].Sense == Sense.Cause)
            {
                return Background.Strong;
            }
        }

        for (var next = at + 1; next < Math.Min(tokens.Count, at + 4); next++)
        {
            if (Following.Contains(tokens[next].Key) || tokens[next].Sense is Sense.OtherPatch or Sense.Cause)
            {
                return Background.Strong;
            }
        }

        return at > 0 && Weak.Contains(tokens[at - 1].Key) && tokens[at - 1].Key != "on" ? Background.Weak : Background.None;
    }

    private enum Background
    {
        None,
        Weak,
        Strong,
    }
}
