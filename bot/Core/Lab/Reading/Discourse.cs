namespace PatchBot.Core.Lab.Reading;

/// <summary>Reads the clauses of a message one after the other and sets aside what their sentences say is not a report.</summary>
internal static class Discourse
{
    /// <param name="corrected">The message takes an earlier one back; what it said itself before that is dropped.</param>
    public static List<ClauseReading> Read(List<Clause> clauses, out bool corrected)
    {
        var readings = new List<ClauseReading>(clauses.Count);
        var (sentence, supposed) = (-1, false);
        foreach (var clause in clauses)
        {
            var starts = clause.Sentence != sentence;
            (sentence, supposed) = (clause.Sentence, !starts && supposed);
            var reading = ClauseReader.Read(clause, starts || readings[^1].Clause.EndedBy is ',' or ':', ref supposed);
            if (reading.EndsInNot)
            {
                TurnAround(readings, reading);
            }

            readings.Add(reading);
        }

        foreach (var said in readings.GroupBy(reading => reading.Clause.Sentence))
        {
            SetAside([.. said]);
        }

        Likewise.Spread(readings);
        var last = readings.FindLastIndex(reading => reading.Turns.Contains(Sense.Correction));
        corrected = last >= 0;
        if (corrected)
        {
            foreach (var before in readings[..(TakesItselfBack(readings[last]) ? last + 1 : last)])
            {
                (before.Ignored, before.TakenBack) = (true, true);
            }
        }

        return readings;
    }

    // "pass on lab1 scratch that"
    private static bool TakesItselfBack(ClauseReading correcting)
    {
        var tokens = correcting.Clause.Tokens;
        var said = tokens.TakeWhile(token => token.Sense != Sense.Correction).ToList();
        return said.Exists(SaysOutcome) && !tokens.Skip(said.Count).Any(SaysOutcome);

        static bool SaysOutcome(Token token) => Clauses.IsOutcome(token) || token.Sense == Sense.Fine;
    }

    private static void SetAside(List<ClauseReading> sentence)
    {
        bool Any(Sense turn) => sentence.Exists(clause => clause.Turns.Contains(turn));
        var (external, unrelated) = (Any(Sense.External), Any(Sense.Unrelated));
        var hedged = sentence[0].Clause.Asked && Any(Sense.Hedge) && !Any(Sense.Asking);
        foreach (var clause in sentence)
        {
            clause.Ignored |= external || (clause.Clause.Asked && !hedged)
                || (clause.Turns.Contains(Sense.OtherPatch) || (clause.Turns.Contains(Sense.Aside) && !clause.Has(Sense.Tested)));
            if (unrelated)
            {
                clause.Findings.RemoveAll(finding => finding is Sense.Fail or Sense.Symptom or Sense.Unclear);
            }
        }

        // "OK, lab2 is next": an answer, not a result.
        if (sentence.Count > 1 && sentence[0] is { Findings: [Sense.Fine], Unknown: 0, Hosts: [], Patches: [] } answer
            && answer.Clause is { Tokens.Count: 1, EndedBy: ',' } && !sentence.Exists(clause => clause != answer && clause.Findings.Count > 0))
        {
            answer.Ignored = true;
        }

        SetExceptionApart(sentence);
    }

    // "All OK except on lab3": only what stands after it is a result, and that is a failure.
    private static void SetExceptionApart(List<ClauseReading> sentence)
    {
        var at = sentence.FindIndex(clause => clause.Turns.Contains(Sense.Except));
        if (at < 1 || !sentence[..at].Exists(clause => clause.Has(Sense.Fine) || clause.Has(Sense.Pass) || clause.Has(Sense.AllOf)))
        {
            return;
        }

        if (sentence[at..].Exists(clause => clause.Has(Sense.Symptom) || clause.Has(Sense.Fail) || clause.Hosts.Count > 0))
        {
            foreach (var fine in sentence[..at])
            {
                if (!sentence[at..].Exists(clause => clause.Hosts.Count > 0))
                {
                    sentence[at].Hosts.AddRange(fine.Hosts);
                }

                fine.Ignored = true;
            }

            sentence[at].Ignored = false;
            sentence[at].Turns.Remove(Sense.Except);
            sentence[at].Findings.Add(Sense.Fail);
        }
    }

    private static void TurnAround(List<ClauseReading> readings, ClauseReading ending)
    {
        if (readings.FindLast(reading => reading.HasOutcome) is { } before)
        {
            ending.Findings.Add(before.Has(Sense.Pass) || before.Has(Sense.Fine) ? Sense.Fail : Sense.DoubleNegation);
        }
    }
}
