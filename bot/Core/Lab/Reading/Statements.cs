namespace PatchBot.Core.Lab.Reading;

/// <summary>Puts clauses together: which outcome goes with which host and patch.</summary>
internal static class Statements
{
    public static List<Statement> Of(IEnumerable<ClauseReading> clauses, IReadOnlySet<string> targets)
    {
        var statements = new List<Statement>();
        var current = new Statement();
        List<string> patches = [];
        List<ClauseReading> heard = [.. clauses.Where(clause => !clause.Ignored)];
        for (var at = 0; at < heard.Count; at++)
        {
            var clause = heard[at];
            var heads = clause.Clause.EndedBy == ':' && clause.HasOutcome && clause.Hosts.Count == 0
                && at + 1 < heard.Count && heard[at + 1] is { IsPure: true, Hosts.Count: > 0 };
            List<string> named = [.. clause.Patches.Where(targets.Contains).Distinct()];
            var lists = ListsPatches(current, clause, named);
            if ((heads && current.HasOutcome && current.Hosts.Count > 0) || (!lists && StartsNew(current, clause, named)))
            {
                statements.Add(current);
                current = new Statement();
                current.Patches.AddRange(patches);
            }

            if (named.Count > 0)
            {
                var replaces = !lists && (current.HasOutcome || (clause.HasOutcome && !IsListBefore(current, clause)) || current.Clauses.Count == 0);
                if (replaces)
                {
                    current.Patches.Clear();
                }

                current.Patches.AddRange(named.Where(patch => !current.Patches.Contains(patch)));
                patches = [.. current.Patches];
            }

            current.Add(clause);
        }

        statements.Add(current);
        return statements;
    }

    // "pass KB1, KB2 on lab1": an outcome before its patches, which go on after the comma.
    private static bool ListsPatches(Statement current, ClauseReading clause, List<string> named) =>
        named.Count > 0 && clause.IsPure && current.Hosts.Count == 0 && current.Clauses.Count > 0
        && current.Clauses[^1].Clause is { EndedBy: ',' } last && last.Sentence == clause.Clause.Sentence
        && current.Clauses.Find(said => said.HasOutcome) is { } outcome
        && outcome.Clause.Tokens.FirstOrDefault(token => token.Kind == TokenKind.Patch || Clauses.IsOutcome(token)).Kind is TokenKind.Word or TokenKind.Sign;

    // "KB1, KB2 pass on lab1"
    private static bool IsListBefore(Statement current, ClauseReading clause) =>
        current.Patches.Count > 0 && current.Clauses.TrueForAll(said => said is { IsPure: true, Turns.Count: 0, Hosts.Count: 0, Patches.Count: > 0 }
            && said.Clause.EndedBy == ',' && said.Clause.Sentence == clause.Clause.Sentence);

    // "two more still running on lab3" adds the host; "lab3 still running" is another one.
    private static bool RunsOn(ClauseReading clause)
    {
        var tokens = clause.Clause.Tokens;
        return clause.Findings is [Sense.Running] && tokens.First(token => token.Kind == TokenKind.Host || token.Sense == Sense.Running).Kind != TokenKind.Host;
    }

    private static bool StartsNew(Statement current, ClauseReading clause, List<string> named)
    {
        if (current.Clauses.Count == 0)
        {
            return false;
        }

        if (named.Count > 0 && current.HasOutcome && named.Exists(patch => !current.Patches.Contains(patch)) && (current.Patches.Count > 0 || clause.HasOutcome))
        {
            return true;
        }

        // "lab1 and lab2 ok, lab2 failed": told of one of them alone.
        if (clause.HasOutcome && (current.HasOutcome || clause.Has(Sense.Fail) || clause.Has(Sense.Symptom)) && clause.Hosts.Count > 0 && clause.Hosts.Count < current.Hosts.Count)
        {
            return true;
        }

        if (clause.Hosts.Count == 0 || clause.Hosts.TrueForAll(host => current.Hosts.Contains(host, StringComparer.OrdinalIgnoreCase)))
        {
            return false;
        }

        var last = current.Clauses[^1];
        var sameSentence = last.Clause.Sentence == clause.Clause.Sentence;
        var listed = sameSentence && last.IsPure && last.Hosts.Count > 0;
        return (current.Hosts.Count > 0, current.HasOutcome) switch
        {
            // "blocked, lab3 is being rebuilt"; a pass is not stretched like that.
            (false, true) when sameSentence && !clause.Findings.Exists(finding => ClauseReading.IsOutcome(finding) && finding != Sense.Running) && (current.Has(Sense.Blocked) || current.Has(Sense.Fail)) => false,
            (false, true) => (clause.HasOutcome && !RunsOn(clause)) || !(clause.IsPure || clause.Findings.Count > 0 || clause.Turns.Contains(Sense.Verdict)),
            (false, false) => false,
            (true, false) => clause.HasOutcome && !listed && !clause.Has(Sense.Cause),
            (true, true) => clause.HasOutcome || !(clause.IsPure && current.OutcomeFirst),
        };
    }
}
