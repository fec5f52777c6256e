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
