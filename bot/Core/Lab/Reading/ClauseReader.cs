namespace PatchBot.Core.Lab.Reading;

/// <summary>Reads one clause: applies negations and counts, and sets aside what is planned, asked or supposed.</summary>
internal static class ClauseReader
{
    private const int Reach = 6;

    private static readonly HashSet<string> Anything = ["single", "any", "anything", "one", "nothing", "nobody", "none", "never"];
    private static readonly HashSet<string> Nobody = ["nobody", "none", "nothing", "keiner", "niemand", "niemanden", "nichts", "personne", "rien", "nadie", "nada", "ninguém", "nessuno", "niente", "nulla", "never", "nie"];
    private static readonly HashSet<string> Which = ["that", "which", "die", "das", "qui", "que", "che", "dat"];
    private static readonly HashSet<string> AfterVerb = ["nicht", "niet", "not", "pas", "しませんでした", "しません", "ませんでした", "ません", "なかった", "していません"];
    private static readonly HashSet<string> We = ["i", "we", "ich", "wir", "je", "on"];

    public static ClauseReading Read(Clause clause, bool startsSentence, ref bool supposed)
    {
        var reading = new ClauseReading(clause);
        var tokens = clause.Tokens;
        var negation = new Negation();
        var count = Count.None;
        for (var at = 0; at < tokens.Count; at++)
        {
            var token = tokens[at];
            supposed &= token.Sense != Sense.But;
            if (token.Sense == Sense.If && !(at > 0 && reading.Findings.Count > 0 && token.Key is "until" or "till"))
            {
                supposed = true;
                if (reading.Has(Sense.Pass) || reading.Has(Sense.Fine))
                {
                    // "passes if we ignore printing"
                    reading.Turns.Add(Sense.Hedge);
                }
            }

            if (supposed)
            {
                break;
            }

            // "Failed on Monday" has happened; "on Monday we go" has not.
            if (token is { Sense: Sense.Future, Key: "on" } && reading.HasOutcome)
            {
                continue;
            }

            if (token.Sense == Sense.Future && !negation.Pending)
            {
                reading.Ignored = !reading.Findings.Exists(ClauseReading.IsOutcome) && !reading.Findings.Contains(Sense.Running);
                break;
            }

            switch (token.Kind)
            {
                case TokenKind.Host:
                    ReadHost(reading, tokens, at);
                    break;
                case TokenKind.Patch:
                    reading.Patches.Add(token.Key);
                    break;
                case TokenKind.Number:
                    count = Counts.Read(tokens, ref at, count, reading, ref negation);
                    break;
                case TokenKind.Word when Counts.Labelled(tokens, at) is { } counted:
                    reading.Findings.Add(counted);
                    at++;
                    break;
                default:
                    ReadWord(reading, tokens, at, startsSentence, ref negation, ref count);
                    break;
            }
        }

        Close(reading, negation, count);
        return reading;
    }

    private static void ReadHost(ClauseReading reading, IReadOnlyList<Token> tokens, int at)
    {
        var before = at > 0 ? tokens[at - 1] : default;
        if (before.Key is "module" or "driver" or "process" or "function" or "version" or "build")
        {
            return;
        }

        var onto = before.Key == "to" && at > 1 && tokens[at - 2].Sense == Sense.Installed;
        var elsewhere = (before.Sense is Sense.Towards or Sense.Not && !onto && before.Key != "no") || before.Key is "with" or "than" or "mit" or "avec";
        if (!elsewhere || (reading.Hosts.Count == 0 && before.Key is "from" or "via" or "by" or "with"))
        {
            var host = tokens[at];
            reading.Hosts.Add(host.Key);
        }
    }

    private static void ReadWord(
        ClauseReading reading, IReadOnlyList<Token> tokens, int at, bool startsSentence, ref Negation negation, ref Count count)
    {
        var token = tokens[at];
        switch (token.Sense)
        {
            case Sense.None or Sense.Harmless or Sense.Chat or Sense.Part or Sense.Name:
                reading.Unknown += token.Kind is TokenKind.Word or TokenKind.Code && token.Key.Length > 1 ? 1 : 0;
                break;
            case Sense.Filler or Sense.Neutral or Sense.Towards or Sense.But:
                break;
            case Sense.Not when token.Key == "no" && at + 1 < tokens.Count && tokens[at + 1].Kind == TokenKind.Host:
                // Portuguese for "on the".
                break;
            case Sense.Not when at + 1 < tokens.Count && tokens[at + 1].Kind == TokenKind.Host && reading.Hosts.Count > 0 && !reading.HasOutcome:
                // "lab2 not lab1 passed"
                reading.Findings.Add(Sense.DoubleNegation);
                break;
            case Sense.Not:
                if (reading.Findings is [.., Sense.Fine or Sense.Pass] && at > 0 && tokens[at - 1].Sense is Sense.Fine or Sense.Pass && AfterVerb.Contains(token.Key))
                {
                    reading.Findings[^1] = Sense.Symptom;
                }
                else if (!(token.Key is "pas" or "plus" && negation.Began(at, within: 3)))
                {
                    negation.Begin(at, Nothing(tokens, at), token.Key);
                }

                break;
            case Sense.Asking:
                reading.Ignored |= startsSentence && (at == 0 || (at == 1 && tokens[0].Sense is not (Sense.Hedge or Sense.Hearsay))) && (reading.Clause.Asked || tokens[0].Key is not ("what" or "when" or "where" or "come" or "como" or "quand" or "quando"));
                reading.Turns.Add(Sense.Asking);
                break;
            case Sense.Able or Sense.Well:
                ReadAble(reading, tokens, at, ref negation);
                break;
            case Sense.Hedge or Sense.SoFar or Sense.Hearsay or Sense.Order or Sense.Sarcasm or Sense.Settled or Sense.External or Sense.OtherPatch
                or Sense.Unrelated or Sense.Aside or Sense.Earlier or Sense.Now or Sense.Correction or Sense.Linked or Sense.Verdict or Sense.Except or Sense.Step:
                reading.Turns.Add(token.Sense);
                break;
            case Sense.Pass or Sense.Fail or Sense.Fine when WordTraps.Catches(tokens, at):
                reading.Unknown++;
                break;
            case Sense.Tested or Sense.Installed or Sense.Agreement when negation.Pending && tokens.Skip(at + 1).Any(IsEvidence):
                // "no test failed": the negation is meant for what follows.
                break;
            default:
                var universal = negation.IsUniversal && tokens.Take(at).Any(word => Which.Contains(word.Key));
                reading.Findings.Add(Negated(token.Sense, negation.Take(at, token.Sense is Sense.Pass or Sense.Fine ? int.MaxValue : Reach), universal));
                break;
        }
    }

    // "won't boot", "no network": what should be there and is not. "I can't open" says nothing of the machine.
    private static void ReadAble(ClauseReading reading, IReadOnlyList<Token> tokens, int at, ref Negation negation)
    {
        var goesOn = at + 1 < tokens.Count && tokens[at + 1].Sense is Sense.Problem or Sense.Fail or Sense.Symptom or Sense.Unclear or Sense.Able;
        if (!goesOn && negation.Pending && negation.Word is not ("without" or "ohne" or "sans" or "sin" or "sem" or "senza" or "zonder"))
        {
            var mine = negation.At > 0 && We.Contains(tokens[negation.At - 1].Key);
            var universal = negation.IsUniversal && tokens.Take(at).Any(word => Which.Contains(word.Key));
            var negations = negation.Take(at, Reach);
            if (!mine && negations > 0)
            {
                reading.Findings.Add(negations == 1 ? Sense.Symptom : universal ? Sense.Pass : Sense.DoubleNegation);
            }
        }
    }

    private static Sense Negated(Sense finding, int negations, bool universal) => (finding, negations) switch
    {
        (Sense.Problem, 0) => Sense.Unclear,
        (_, 0) => finding,
        (Sense.Pass or Sense.Fine, 2) when universal => Sense.Pass,
        (_, > 1) => Sense.DoubleNegation,
        (Sense.Pass, _) => Sense.Fail,
        (Sense.Fine or Sense.Looks, _) => Sense.Symptom,
        (Sense.Fail or Sense.InstallFailed or Sense.Problem, _) => Sense.Fine,
        (Sense.Symptom or Sense.Unclear, _) => Sense.Quiet,
        (Sense.Tested or Sense.Installed or Sense.Agreement, _) => Sense.Untested,
        _ => Sense.None,
    };

    private static void Close(ClauseReading reading, Negation negation, Count count)
    {
        var tokens = reading.Clause.Tokens;
        reading.Findings.RemoveAll(finding => finding == Sense.None);
        reading.DeniesSomething = negation.Pending || negation.Wasted;
        reading.EndsInNot = negation.Pending && negation.At == tokens.Count - 1 && tokens[^1].Sense == Sense.Not && !Nobody.Contains(tokens[^1].Key)
            && (tokens[^1].End - tokens[^1].Start > 4 || (reading.Hosts.Count > 0 && !reading.HasOutcome));
        // "pass is not possible": a negation that found nothing to turn around may have meant the outcome before it.
        if (negation.Pending && !reading.EndsInNot && negation.Word is not ("without" or "ohne" or "sans" or "sin" or "sem" or "senza" or "zonder" or "")
            && (reading.Has(Sense.Pass) || reading.Has(Sense.Fine)))
        {
            reading.Findings.Add(Sense.DoubleNegation);
        }

        // "passed - NOT"
        if (tokens is [{ Sense: Sense.Not, Key: not "no" }])
        {
            reading.Findings.Add(Sense.DoubleNegation);
        }

        // "install ok", "snapshot ok": a step went well, which is no test.
        if ((reading.Turns.Contains(Sense.Step) || reading.Has(Sense.RolledBack) || (reading.Has(Sense.Installed) && reading.Unknown == 0))
            && !reading.Has(Sense.Tested) && !reading.Turns.Contains(Sense.Linked))
        {
            reading.Findings.RemoveAll(finding => finding == Sense.Fine);
        }

        var failed = reading.Has(Sense.Fail) || reading.Has(Sense.Symptom);
        if (count != Count.None && !failed)
        {
            reading.Findings.Add(count == Count.All ? Sense.AllOf : Sense.SomeOf);
        }
    }

    private static bool IsEvidence(Token token) =>
        Clauses.IsOutcome(token) || token.Sense is Sense.Fine or Sense.Problem or Sense.Symptom or Sense.InstallFailed;

    private static bool Nothing(IReadOnlyList<Token> tokens, int at) =>
        Anything.Contains(tokens[at].Key) || tokens.Skip(at + 1).Take(4).Any(word => Anything.Contains(word.Key));
}
