namespace PatchBot.Core.Lab.Reading;

/// <summary>
/// Goes through all that is said beside a pass and stops at the first word that might take it back. An unknown word is let
/// by only where its clause goes on to say something good of it ("sccm client ok"), or where it is a name.
/// </summary>
internal sealed class LeftOver
{
    private const int LongestName = 3, LongestSubject = 2, LongestIdeographs = 6;

    private static readonly HashSet<string> OfOurs =
        ["we", "us", "our", "ours", "i", "my", "me", "too", "also", "same", "here", "lab", "again", "likewise", "confirmed", "than", "still", "as"];

    // What comes after these is still to be said: "passed all the".
    private static readonly HashSet<string> Unended =
        ["the", "a", "an", "and", "of", "with", "w", "but", "for", "because", "is", "are", "was", "except", "or", "my", "our"];

    private int names;

    /// <returns>A token that is not understood, or <see langword="null"/>.</returns>
    /// <param name="otherwise">Clauses that were understood as something else than a pass.</param>
    public static Token? Of(List<ClauseReading> clauses, IReadOnlySet<ClauseReading> otherwise)
    {
        var (left, settled, other) = (new LeftOver(), SettledBefore(clauses), false);
        foreach (var sentence in clauses.GroupBy(clause => clause.Clause.Sentence))
        {
            var ofOthers = IsOfOthers([.. sentence]);
            foreach (var clause in sentence)
            {
                // What is set aside in the middle of a failure's story belongs to that story.
                other = otherwise.Contains(clause) || (other && clause.Ignored);
                var exempt = sentence.Key < settled || other || clause.TakenBack || ofOthers || (clause.Turns.Contains(Sense.OtherPatch) && !Compares(clause));
                if (!exempt && left.In(clause) is { } token)
                {
                    return token;
                }
            }
        }

        return null;
    }

    private Token? In(ClauseReading clause)
    {
        var tokens = clause.Clause.Tokens;
        return clause.DeniesSomething ? tokens.FirstOrDefault(token => token.Sense == Sense.Not, tokens[0])
            : Find(tokens, at => clause.Ignored && IsBad(tokens[at].Sense))
            ?? Find(tokens, at => IsStillToDo(tokens, at) || IsUnrest(tokens, at) || IsCutOff(clause, at))
            ?? Unresolved(clause);
    }

    // Every unknown word must be a name or find its good word before the clause ends.
    private Token? Unresolved(ClauseReading clause)
    {
        var tokens = clause.Clause.Tokens;
        var (subject, starts) = (0, true);
        Token? open = null;
        foreach (var (at, token) in tokens.Index())
        {
            if (Clauses.IsAnd(token) || token.Is('+') || token.Is('&'))
            {
                (starts, subject) = (true, 0);
            }
            else if (!Unknown.Is(tokens, at))
            {
                open = Resolves(tokens, at) || (open is { Casing: Casing.Capital } && token.Key is "did" or "put") ? null : open;
                names = LeadsName(clause, token) ? LongestName : token.Sense == Sense.Filler || token.Kind == TokenKind.Mark ? names : 0;
                starts &= token.Sense == Sense.Filler || token.Kind is TokenKind.Host or TokenKind.Mark;
            }
            else if (names > 0 && token.Casing == Casing.Capital)
            {
                names--;
            }
            else if (starts && subject < (token.Key[0] < '\u3040' ? LongestSubject : LongestIdeographs) && !token.Key.EndsWith("ly", StringComparison.Ordinal))
            {
                (subject, open, names) = (subject + 1, open ?? token, 0);
            }
            else
            {
                return token;
            }
        }

        return open;
    }

    private static bool LeadsName(ClauseReading clause, Token token) =>
        token.Sense is Sense.Name or Sense.Tested || token.Key == "by" || (token.Key is "with" or "w" && clause.Has(Sense.Tested));

    // "-ing" and bare verbs may follow "quit", "stopped" and the like.
    private static bool Resolves(IReadOnlyList<Token> tokens, int at) =>
        tokens[at] is { Sense: Sense.Fine or Sense.Pass or Sense.Green or Sense.Well or Sense.Installed, Key: not ("up" or "working" or "work") and not [.., 'i', 'n', 'g'] }
        || tokens[at].Key is "ran" or "tested" or "checked" or "verified"
        || (at > 0 && tokens[at - 1].Key is "is" or "are" or "all" or "both" && tokens[at].Sense is Sense.Fine or Sense.Well);

    // "SQL to be checked", "please test SQL", "check SQL", "tests running"
    private static bool IsStillToDo(IReadOnlyList<Token> tokens, int at)
    {
        var (token, before) = (tokens[at], at > 0 ? tokens[at - 1].Key : "");
        return token.Sense switch
        {
            Sense.Tested when before is "to" or "be" or "being" or "please" or "pls" or "must" or "should" => true,
            Sense.Tested => at == 0 && token.Key is "check" or "test" or "retest" or "testing" && !tokens.Any(ClearPass.SpeaksOfOutcome),
            Sense.Asking => token.Key == "please",
            Sense.Well => token.Key == "running" && tokens.Any(other => other.Sense == Sense.Tested),
            _ => false,
        };
    }

    // "agent restarted twice", "cpu at 100 %"
    private static bool IsUnrest(IReadOnlyList<Token> tokens, int at) =>
        (tokens[at].Key is "restarted" or "rebooted" && tokens.Any(token => token.Sense == Sense.Part) && !tokens.Any(ClearPass.SpeaksOfOutcome))
        || (tokens[at].Is('%') && at > 1 && tokens[at - 2].Key == "at");

    private static bool IsCutOff(ClauseReading clause, int at)
    {
        var token = clause.Clause.Tokens[at];
        return at == clause.Clause.Tokens.Count - 1 && clause.Clause.EndedBy is '\n' or '…' && Unended.Contains(token.Key) && token.End - token.Start == token.Key.Length;
    }

    // What other people's machines did doesn't matter, unless it is compared with what happened here.
    private static bool IsOfOthers(List<ClauseReading> sentence) =>
        sentence.Exists(clause => clause.Turns.Contains(Sense.Unrelated))
        || (sentence.Exists(clause => clause.Turns.Contains(Sense.External)) && !sentence.Exists(Compares));

    private static bool Compares(ClauseReading clause) => clause.Clause.Tokens.Any(token => token.Kind == TokenKind.Host || OfOurs.Contains(token.Key));

    // "…. Overall: pass." settles the sentences before it.
    private static int SettledBefore(List<ClauseReading> clauses) =>
        clauses.FindLast(clause => !clause.Ignored && clause.HasOutcome) is { } last && last.Has(Sense.Pass)
        && clauses.Find(clause => clause.Clause.Line == last.Clause.Line && clause.Turns.Contains(Sense.Verdict)) is { } verdict
            ? verdict.Clause.Sentence : -1;

    private static Token? Find(IReadOnlyList<Token> tokens, Predicate<int> at)
    {
        for (var index = 0; index < tokens.Count; index++)
        {
            if (at(index))
            {
                return tokens[index];
            }
        }

        return null;
    }

    private static bool IsBad(Sense sense) => sense is Sense.Symptom or Sense.Unclear or Sense.Problem or Sense.Fail or Sense.Blocked or Sense.Partial
        or Sense.Untestable or Sense.InstallFailed or Sense.RolledBack or Sense.Cause or Sense.Not or Sense.Except or Sense.Caveat
        or Sense.Red or Sense.Yellow or Sense.Sarcasm;
}
