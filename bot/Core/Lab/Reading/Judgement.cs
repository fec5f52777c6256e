namespace PatchBot.Core.Lab.Reading;

/// <summary>What one statement amounts to: an outcome, a doubt, or nothing.</summary>
/// <param name="Running">Something is still being tested.</param>
/// <param name="Clear">Says so in words that need no context, so that it is asked about even where no patch is meant.</param>
internal readonly record struct Judgement(LabOutcome? Outcome, LabDoubt? Doubt, bool Running = false, bool Clear = false)
{
    public static Judgement Of(LabOutcome outcome) => new(outcome, null, Clear: true);

    public static Judgement Ask(LabDoubt doubt, bool clear = false) => new(null, doubt, Clear: clear);
}

/// <summary>Weighs the evidence of a statement. A pass needs the most: one doubt anywhere near it and it is asked about.</summary>
internal static class Judge
{
    public static Judgement Of(Statement statement)
    {
        var verdicts = LastingVerdicts(statement);
        var judgement = verdicts.Count switch
        {
            0 => Weigh(statement),
            1 => Check(verdicts[0], statement),
            _ when verdicts.Contains(Sense.Fail) && statement.Clauses.Exists(clause => clause.CountedFailures) => Check(Sense.Fail, statement),
            _ when verdicts.TrueForAll(verdict => verdict is Sense.Pass or Sense.Partial) => Check(Sense.Partial, statement),
            _ when verdicts[^1] == Sense.Blocked && !verdicts.Contains(Sense.Pass) => Check(Sense.Blocked, statement),
            _ => Judgement.Ask(LabDoubt.Contradiction),
        };
        return judgement with { Running = statement.Has(Sense.Running) };
    }

    // "It failed yesterday, passes today" and "overall: pass" leave the later word standing.
    private static List<Sense> LastingVerdicts(Statement statement)
    {
        List<ClauseReading> spoken = [.. statement.Clauses.Where(clause => clause.Findings.Exists(ClauseReading.IsVerdict))];
        for (var at = spoken.Count - 1; at > 0; at--)
        {
            var settles = statement.Clauses[..(statement.Clauses.IndexOf(spoken[at]) + 1)]
                .Exists(clause => clause.Clause.Sentence == spoken[at].Clause.Sentence && clause.Turns.Overlaps([Sense.Now, Sense.Verdict]));
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
        var against = statement.Clauses.Where(clause => !clause.Turns.Contains(Sense.Earlier))
            .SelectMany(clause => clause.Findings)
            .Any(finding => finding is Sense.Symptom or Sense.Red or Sense.Yellow or Sense.DoubleNegation or Sense.Untestable or Sense.InstallFailed or Sense.Unclear or Sense.RolledBack);
        return against || statement.Turns(Sense.Except) || Objects(statement) ? Judgement.Ask(LabDoubt.Contradiction, clear: true)
            : statement.Has(Sense.Caveat) || statement.Has(Sense.Running) ? Judgement.Of(LabOutcome.Partial)
            : statement.Has(Sense.SomeOf) ? Judgement.Ask(LabDoubt.SomeOfMany)
            : Misses(statement) ? Judgement.Ask(LabDoubt.OutcomeUnclear)
            : Judgement.Of(LabOutcome.Pass);
    }

    // "Passed, though …": what follows is not understood, so it may well matter.
    private static bool Objects(Statement statement) =>
        statement.Clauses.Exists(clause => clause.Clause.Tokens[0].Sense == Sense.But && clause.Unknown > 0 && !clause.HasOutcome && !clause.Has(Sense.Caveat));

    private static bool Misses(Statement statement) => statement.Loose && !statement.Has(Sense.Tested) && !statement.Has(Sense.Installed);

    // No verdict was spoken: works out what the evidence says.
    private static Judgement Weigh(Statement statement)
    {
        var told = statement.Findings.ToHashSet();
        var defect = told.Contains(Sense.Symptom) || told.Contains(Sense.InstallFailed);
        if (told.Count == 0)
        {
            return statement.Turns(Sense.Sarcasm) && statement.Hosts.Count > 0 ? Judgement.Ask(LabDoubt.OutcomeUnclear) : default;
        }

        var something = told.Overlaps([Sense.Fine, Sense.Looks, Sense.Symptom, Sense.InstallFailed, Sense.Green, Sense.Red, Sense.Unclear, Sense.Agreement, Sense.Cause, Sense.AllOf]);
        if (something && Doubt(statement.Clauses) is { } doubt && !(doubt == LabDoubt.SoFar && (defect || told.Contains(Sense.Running))))
        {
            return Judgement.Ask(doubt);
        }

        if ((told.Contains(Sense.Untestable) || told.Contains(Sense.InstallFailed)) && told.Contains(Sense.Cause))
        {
            return Judgement.Of(LabOutcome.Blocked);
        }

        if (told.Contains(Sense.DoubleNegation))
        {
            return Judgement.Ask(LabDoubt.OutcomeUnclear);
        }

        if (defect || told.Contains(Sense.Red))
        {
            return WeighDefect(statement, told);
        }

        return told.Overlaps([Sense.Fine, Sense.AllOf, Sense.Green, Sense.Looks]) ? WeighFine(statement, told)
            : told.Overlaps([Sense.Unclear, Sense.Untestable, Sense.Cause, Sense.Quiet, Sense.Yellow, Sense.SomeOf]) ? Judgement.Ask(LabDoubt.OutcomeUnclear)
            : told.Contains(Sense.RolledBack) ? Judgement.Ask(LabDoubt.OutcomeUnclear)
            : told.Overlaps([Sense.Running, Sense.Untested]) ? default
            : told.Contains(Sense.Installed) ? Judgement.Ask(LabDoubt.InstalledOnly)
            : told.Contains(Sense.Agreement) ? Judgement.Ask(LabDoubt.BareSign)
            : told.Contains(Sense.Tested) && statement.Hosts.Count > 0 ? Judgement.Ask(LabDoubt.OutcomeUnclear)
            : default;
    }

    private static Judgement WeighDefect(Statement statement, HashSet<Sense> told)
    {
        var linked = statement.Hosts.Count > 0 || statement.Patches.Count > 0 || statement.Turns(Sense.Linked)
            || told.Overlaps([Sense.Installed, Sense.RolledBack, Sense.Tested, Sense.InstallFailed]);
        var bareSign = !told.Contains(Sense.Symptom) && !told.Contains(Sense.InstallFailed);
        return statement.Turns(Sense.Settled) || told.Contains(Sense.Green) ? Judgement.Ask(LabDoubt.Contradiction)
            : bareSign && statement.Hosts.Count == 0 ? Judgement.Ask(LabDoubt.BareSign)
            : linked ? Judgement.Of(LabOutcome.Fail)
            : Judgement.Ask(LabDoubt.OutcomeUnclear);
    }

    private static Judgement WeighFine(Statement statement, HashSet<Sense> told)
    {
        var tested = told.Contains(Sense.Tested) || told.Contains(Sense.AllOf);
        var signOnly = !told.Contains(Sense.Fine) && !told.Contains(Sense.Looks) && !told.Contains(Sense.AllOf);
        var somethingElse = statement.Clauses.Sum(clause => clause.Unknown) > 0;
        if (told.Overlaps([Sense.Unclear, Sense.Yellow, Sense.Untestable, Sense.Cause]) || statement.Turns(Sense.Except) || statement.Turns(Sense.Settled) || Objects(statement))
        {
            return Judgement.Ask(LabDoubt.Contradiction);
        }

        if (told.Contains(Sense.Running) || told.Contains(Sense.Caveat))
        {
            return statement.Hosts.Count > 0 || tested || told.Contains(Sense.SomeOf) ? Judgement.Of(LabOutcome.Partial) : Judgement.Ask(LabDoubt.OutcomeUnclear);
        }

        return told.Contains(Sense.SomeOf) ? Judgement.Ask(LabDoubt.SomeOfMany)
            : signOnly && (statement.Hosts.Count == 0 || somethingElse) && !tested ? somethingElse && statement.Hosts.Count == 0 ? default : Judgement.Ask(LabDoubt.BareSign)
            : !tested && statement.Hosts.Count == 0 && !(told.Contains(Sense.Installed) && told.Contains(Sense.Fine)) && statement.Patches.Count == 0
                ? somethingElse && statement.Clauses.Count == 1 && !told.Contains(Sense.Looks) ? Judgement.Ask(LabDoubt.OutcomeUnclear) : Judgement.Ask(LabDoubt.BareSign)
            : !told.Contains(Sense.Fine) && told.Contains(Sense.Looks) && !tested ? Judgement.Ask(LabDoubt.Hedged)
            : Misses(statement) ? Judgement.Ask(LabDoubt.OutcomeUnclear)
            : Judgement.Of(LabOutcome.Pass);
    }

    private static LabDoubt? DoubtNear(Statement statement, ClauseReading verdict, bool everywhere) => Doubt(everywhere
        ? statement.Clauses
        : [.. statement.Clauses.Where(clause => clause == verdict || (!verdict.Has(Sense.Blocked) && clause.Clause.Sentence == verdict.Clause.Sentence && !clause.HasOutcome && clause.Findings.Count == 0))]);

    private static LabDoubt? Doubt(List<ClauseReading> clauses)
    {
        bool Any(Sense turn) => clauses.Exists(clause => clause.Turns.Contains(turn));
        return Any(Sense.Order) ? LabDoubt.Order
            : Any(Sense.Sarcasm) ? LabDoubt.OutcomeUnclear
            : Any(Sense.Hearsay) ? LabDoubt.Hearsay
            : Any(Sense.Hedge) ? LabDoubt.Hedged
            : Any(Sense.SoFar) ? LabDoubt.SoFar
            : null;
    }
}
