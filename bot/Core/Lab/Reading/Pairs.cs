namespace PatchBot.Core.Lab.Reading;

/// <summary>Whether it is said which patch was tried on which host, where a message names several of both.</summary>
internal static class Pairs
{
    public static bool AreUnclear(List<(Statement Statement, Judgement Judgement)> judged)
    {
        for (var at = 0; at < judged.Count; at++)
        {
            var (statement, judgement) = judged[at];
            if (judgement.Outcome is not null ? TakesTurns(statement) : at > 0 && judged[at - 1].Judgement.Outcome is not null && IsLeftOpen(statement))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>"KB1 ok, KB2 failed, both on lab1": the hosts come after what they belong to.</summary>
    public static bool AreNamedAfter(List<ClauseReading> clauses, List<string> named) =>
        named.Count > 1 && clauses.Exists(clause => !clause.Ignored && !clause.HasOutcome && clause.Patches.Count == 0 && clause.Hosts.Count > 0
            && clause.Clause.Tokens.Any(token => token.Key is "both" or "all" or "each" or "everything") && clause.Clause.EndedBy != ':');

    /// <summary>"lab1..lab3 pass, lab2 not tested", "lab1..lab3 but lab2 pass": one of the hosts is taken out again.</summary>
    public static bool AreTakenOut(List<(Statement Statement, Judgement Judgement)> judged) => judged.Exists(passed =>
        passed.Judgement.Outcome == LabOutcome.Pass
        && (passed.Statement.Clauses.Exists(clause => clause.Clause.Tokens is [{ Sense: Sense.But }, { Kind: TokenKind.Host }, ..] && clause.Hosts.Count < passed.Statement.Hosts.Count)
            || judged.Exists(other => other.Judgement.Outcome is null && (other.Statement.Has(Sense.Untested) || other.Statement.Has(Sense.Running))
                && other.Statement.Hosts.Intersect(passed.Statement.Hosts, StringComparer.OrdinalIgnoreCase).Any()
                && (other.Statement.Patches.Count == 0 || passed.Statement.Patches.Count == 0 || other.Statement.Patches.Intersect(passed.Statement.Patches).Any()))));

    /// <summary>"both KBs ok on lab1" where not both are named.</summary>
    public static bool AreUnnamed(List<ClauseReading> clauses, List<string> named) =>
        named.Count < 2 && clauses.Exists(clause => !clause.Ignored && clause.HasOutcome && clause.Clause.Tokens.Any(token => token.Key is "kbs" or "patches"));

    // "KB1 on lab1 and KB2 on lab2 pass": each on both is more than was said.
    private static bool TakesTurns(Statement statement)
    {
        if (statement.Patches.Count < 2 || statement.Hosts.Count < 2)
        {
            return false;
        }

        List<TokenKind> named = [.. statement.Clauses.SelectMany(clause => clause.Clause.Tokens)
            .Where(token => token.Kind == TokenKind.Host || (token.Kind == TokenKind.Patch && statement.Patches.Contains(token.Key)))
            .Select(token => token.Kind)];
        return Enumerable.Range(1, named.Count - 1).Count(at => named[at] != named[at - 1]) > 1;
    }

    // "pass KB1 on lab1, KB2 on lab2": a patch of which nothing is told, right after one of which something is.
    private static bool IsLeftOpen(Statement open) =>
        open.Clauses.TrueForAll(clause => clause.IsPure && clause.Turns.Count == 0) && open.Clauses[0].Patches.Exists(open.Patches.Contains);
}
