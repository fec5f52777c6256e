namespace PatchBot.Core.Lab.Reading;

/// <summary>Judges a statement by the verdicts that were spoken; without any, its evidence is weighed.</summary>
internal static class Judge
{
    public static Judgement Of(Statement statement)
    {
        var verdicts = LastingVerdicts(statement);
        var judgement = verdicts.Count switch
        {
            0 => Weighing.Of(new Evidence(statement)),
            1 => Check(verdicts[0], statement),
            _ when verdicts.Contains(Sense.Fail) && statement.Clauses.Exists(clause => clause.CountedFailures) => Check(Sense.Fail, statement),
            _ when verdicts.TrueForAll(verdict => verdict is Sense.Pass or Sense.Partial) => Check(Sense.Partial, statement),
            _ when verdicts[^1] == Sense.Blocked && !verdicts.Contains(Sense.Pass) => Check(Sense.Blocked, statement),
            _ => Judgement.Ask(LabDoubt.Contradiction),
        };

        // "lab1, lab2: 1 ok, 1 failed", "lab1, lab2 done except lab2, vpn broken": which of them failed?
        judgement = judgement.Outcome == LabOutcome.Fail && statement.Hosts.Count > 1
            && (statement.Turns(Sense.Except) || statement.Clauses.Exists(clause => clause.CountedFailures))
            ? Judgement.Ask(LabDoubt.HostsUnclear, clear: true) : judgement;
        return judgement with { Running = statement.Has(Sense.Running) };
    }

    // "It failed yesterday, passes today" and "overall: pass" leave the later word standing.
    private static List<Sense> LastingVerdicts(Statement statement)
    {
        List<ClauseReading> spoken = [.. statement.Clauses.Where(clause => clause.Findings.Exists(ClauseReading.IsVerdict))];
        for (var at = spoken.Count - 1; at > 0; at--)
        {
            var settles = spoken[at].Turns.Overlaps([Sense.Now, Sense.Verdict]) || statement.Clauses[(statement.Clauses.IndexOf(spoken[at - 1]) + 1)..(statement.Clauses.IndexOf(spoken[at]))]
                .Exists(clause => clause.Clause.Sentence == spoken[at].Clause.Sentence && clause.Turns.Overlaps([Sense.Now, Sense.Verdict]));
            if (settles && spoken[..at].Exists(clause => clause.Has(Sense.Fail)))
            {
                statement.SettledBy = spoken[at];
            }

            if (settles || spoken[at - 1].Turns.Contains(Sense.Earlier))
            {
                spoken.RemoveRange(0, at);
                break;
            }
        }

        return [.. spoken.SelectMany(clause => clause.Findings.Where(ClauseReading.IsVerdict)).Distinct()];
    }

    private static Judgement Check(Sense verdict, Statement statement)
    {
        var clause = statement.Clauses.FindLast(part => part.Has(verdict))!;
        if (statement.Turns(Sense.Order))
        {
            return Judgement.Ask(LabDoubt.Order);
        }

        if (DoubtNear(statement, clause, everywhere: verdict == Sense.Pass) is { } doubt
            && !(doubt == LabDoubt.SoFar && (verdict != Sense.Pass || statement.Has(Sense.Running))))
        {
            return Judgement.Ask(doubt, clear: true);
        }

        // "The pipeline passed": without a host, something that is not known to be a test may be anything.
        if (verdict is Sense.Pass or Sense.Fail && statement.Hosts.Count == 0 && statement.Patches.Count == 0
            && !statement.Turns(Sense.Linked) && WordTraps.OfSomethingElse(clause.Clause.Tokens, verdict))
        {
            return Judgement.Ask(LabDoubt.OutcomeUnclear);
        }

        return verdict switch
        {
            Sense.Pass => CheckPass(statement),
            Sense.Partial => statement.Has(Sense.Fail) ? Judgement.Ask(LabDoubt.Contradiction) : Judgement.Of(LabOutcome.Partial),
            Sense.Blocked => Judgement.Of(LabOutcome.Blocked),
            _ when statement.Has(Sense.Green) => Judgement.Ask(LabDoubt.Contradiction),
            _ when statement.Has(Sense.Cause) && (statement.Has(Sense.Untestable) || statement.Has(Sense.InstallFailed)) => Judgement.Of(LabOutcome.Blocked),
            _ => Judgement.Of(LabOutcome.Fail),
        };
    }

    private static Judgement CheckPass(Statement statement)
    {
        // What went wrong earlier and was tried again, or was said before a closing verdict, is settled by it.
        var against = statement.Clauses.SkipWhile(clause => statement.SettledBy is { } settling && clause != settling)
            .Where(clause => !clause.Turns.Contains(Sense.Earlier))
            .SelectMany(clause => clause.Findings)
            .Any(finding => finding is Sense.Symptom or Sense.Red or Sense.Yellow or Sense.DoubleNegation or Sense.Untestable or Sense.InstallFailed or Sense.Unclear or Sense.RolledBack);
        var evidence = new Evidence(statement);
        return against || statement.Turns(Sense.Except) || evidence.Objects ? Judgement.Ask(LabDoubt.Contradiction, clear: true)
            : statement.Has(Sense.Caveat) || statement.Has(Sense.Running) ? Judgement.Of(LabOutcome.Partial)
            : statement.Has(Sense.SomeOf) || statement.Has(Sense.Untested) ? Judgement.Ask(LabDoubt.SomeOfMany)
            : evidence.HostsInPassing ? Judgement.Ask(LabDoubt.OutcomeUnclear)
            : Judgement.Of(LabOutcome.Pass);
    }

    private static LabDoubt? DoubtNear(Statement statement, ClauseReading verdict, bool everywhere) => Evidence.Doubt(everywhere
        ? statement.Clauses
        : [.. statement.Clauses.Where(clause => clause == verdict || (!verdict.Has(Sense.Blocked) && clause.Clause.Sentence == verdict.Clause.Sentence && !clause.HasOutcome && clause.Findings.Count == 0))]);
}
