namespace PatchBot.Core.Lab.Reading;

/// <summary>"lab1 ok, lab2 too": a clause that names machines and says that the outcome just told is theirs as well.</summary>
internal static class Likewise
{
    private static readonly HashSet<string> Same = ["too", "also", "same", "likewise", "ditto", "dito", "dto", "idem", "as well", "same here"];

    /// <summary>Copies the outcome; where more is said than that it is the same, its doubt is kept instead.</summary>
    public static void Spread(List<ClauseReading> clauses)
    {
        for (var at = 1; at < clauses.Count; at++)
        {
            var (told, hosts, says) = (at - 1, clauses[at], clauses[at]);
            if (says.Hosts.Count == 0 && at > 1 && clauses[at - 1].Clause.EndedBy is ':' or '-' or '–' or '=')
            {
                // "lab2: ditto"
                (told, hosts) = (at - 2, clauses[at - 1]);
            }

            if (hosts == says && clauses[told].HasOutcome && says is { Hosts.Count: > 0, Findings.Count: 0, Ignored: false } && !IsOnly(hosts, says)
                && says.Clause.Tokens.Any(token => token.Key is "too" or "as well" or "likewise" or "ditto" or "dito"))
            {
                says.Findings.Add(Sense.Unclear);
            }
            else if (hosts.Hosts.Count > 0 && IsOnly(hosts, says) && clauses[told] is { HasOutcome: true, Ignored: false } before && (hosts != says || before.Hosts.Count > 0)
                && before.Clause.Line == says.Clause.Line && !says.Clause.Asked)
            {
                hosts.Findings.AddRange(before.Findings);
            }
        }
    }

    private static bool IsOnly(ClauseReading hosts, ClauseReading says)
    {
        List<Token> words = [.. hosts.Clause.Tokens, .. hosts == says ? [] : says.Clause.Tokens];
        words.RemoveAll(token => token.Kind == TokenKind.Host || Clauses.IsAnd(token));
        return words.Count > 0 && words.TrueForAll(token => token.Kind == TokenKind.Word && (Same.Contains(token.Key) || token.Key is "on" or "for" or "is" or "the" or "as" or "it"))
            && words.Exists(token => Same.Contains(token.Key) || token.Key == "as");
    }
}
