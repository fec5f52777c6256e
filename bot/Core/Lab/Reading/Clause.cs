namespace PatchBot.Core.Lab.Reading;

/// <summary>A stretch of words that says one thing; a sentence or line has one or more of them.</summary>
/// <param name="Sentence">Counts sentences and lines.</param>
/// <param name="Asked">Its sentence ends in a question mark.</param>
internal sealed record Clause(IReadOnlyList<Token> Tokens, int Sentence, int Line, bool Asked, char EndedBy)
{
    public int Start => Tokens[0].Start;

    public int End => Tokens[^1].End;
}

/// <summary>Splits tokens into clauses: at punctuation, at "but", and where one outcome and host follow another.</summary>
internal static class Clauses
{
    // More is nobody's report, and would keep the reader busy.
    private const int MostTokens = 4_000, LongestStretch = 250, MostClauses = 500;

    private static readonly HashSet<string> And = ["and", "und", "et", "y", "e", "ed", "en", "then", "while", "whereas"];

    /// <returns><see langword="false"/> when there are too many words to read, or too many without a mark between.</returns>
    public static bool TryRead(IReadOnlyList<Token> tokens, out List<Clause> clauses)
    {
        var readable = tokens.Count <= MostTokens && !HasLongStretch(tokens);
        clauses = readable ? Of(tokens) : [];
        return readable && clauses.Count <= MostClauses;
    }

    private static List<Clause> Of(IReadOnlyList<Token> tokens)
    {
        var clauses = new List<Clause>();
        var (first, lastStart, sentenceStart, sentence, line) = (0, 0, 0, 0, 0);
        for (var at = 0; at <= tokens.Count; at++)
        {
            var mark = at == tokens.Count ? '\n' : tokens[at].Kind == TokenKind.Mark ? tokens[at].Key[0] : '\0';
            var sentenceEnds = mark is '\n' or '.' or '!' or '?' or ';' or '…';
            var turns = at < tokens.Count && at > first && tokens[at].Sense is Sense.But or Sense.Except;
            if (sentenceEnds || turns || (!LabelsCount(tokens, at) && mark is ',' or ':' or '(' or ')' or '|' or '–' or '—' or '-' or '=' or '→' or '•' && !BetweenDigits(tokens, at)))
            {
                Add(clauses, tokens, first, at, sentence, line, mark);
                first = turns ? at : at + 1;
            }

            if (sentenceEnds)
            {
                if (mark == '?')
                {
                    // "pass on lab1!?" asks as well.
                    var asked = clauses.Count == sentenceStart ? lastStart : sentenceStart;
                    for (var back = clauses.Count - 1; back >= asked; back--)
                    {
                        clauses[back] = clauses[back] with { Asked = true };
                    }
                }

                lastStart = clauses.Count > sentenceStart ? sentenceStart : lastStart;
                (sentenceStart, sentence, line) = (clauses.Count, sentence + 1, mark == '\n' ? line + 1 : line);
            }
        }

        return clauses;
    }

    public static bool IsAnd(Token token) => And.Contains(token.Key);

    public static bool IsOutcome(Token token) => token.Sense is Sense.Pass or Sense.Fail or Sense.Blocked or Sense.Partial or Sense.Green or Sense.Red;

    private static bool SaysOutcome(Token token) => IsOutcome(token) || token.Key is "ok" or "okay" or "fine";

    private static bool HasLongStretch(IReadOnlyList<Token> tokens)
    {
        var stretch = 0;
        foreach (var token in tokens)
        {
            stretch = token.Kind == TokenKind.Mark ? 0 : stretch + 1;
            if (stretch > LongestStretch)
            {
                return true;
            }
        }

        return false;
    }

    private static bool BetweenDigits(IReadOnlyList<Token> tokens, int at) =>
        at > 0 && at + 1 < tokens.Count && tokens[at - 1].Kind == TokenKind.Number && tokens[at + 1].Kind == TokenKind.Number
        && tokens[at - 1].End == tokens[at].Start && tokens[at].End == tokens[at + 1].Start;

    // "passed: 20 failed: 0" reads as "passed 20 failed 0".
    private static bool LabelsCount(IReadOnlyList<Token> tokens, int at) =>
        at > 0 && at + 1 < tokens.Count && (tokens[at].Is(':') || tokens[at].Is('=')) && tokens[at - 1].Sense is Sense.Pass or Sense.Fail
        && tokens[at + 1].Kind == TokenKind.Number
        && (at + 2 == tokens.Count || tokens[at + 2].Kind is TokenKind.Mark or TokenKind.Host || tokens[at + 2].Sense is Sense.Pass or Sense.Fail);

    private static void Add(List<Clause> clauses, IReadOnlyList<Token> tokens, int first, int end, int sentence, int line, char mark)
    {
        var part = new List<Token>();
        for (var at = first; at < end; at++)
        {
            if (part.Count > 0 && StartsNext(tokens, part, at, end))
            {
                clauses.Add(new Clause(part, sentence, line, false, ' '));
                part = [];
            }

            if (!LabelsCount(tokens, at))
            {
                part.Add(tokens[at]);
            }
        }

        if (part.Count > 0)
        {
            clauses.Add(new Clause(part, sentence, line, false, mark));
        }
    }

    // "lab1 passed and lab2 failed", "lab1 ok lab2 failed", sign host sign host.
    private static bool StartsNext(IReadOnlyList<Token> tokens, List<Token> part, int at, int end)
    {
        var isAnd = IsAnd(tokens[at]);
        var isHost = tokens[at].Kind is TokenKind.Host or TokenKind.Patch;
        if (!(isAnd || isHost || IsOutcome(tokens[at])) || !part.Exists(SaysOutcome) || !part.Exists(token => token.Kind is TokenKind.Host or TokenKind.Patch))
        {
            return false;
        }

        var (outcome, host) = (-1, -1);
        for (var next = at; next < end && (outcome < 0 || host < 0); next++)
        {
            outcome = outcome < 0 && SaysOutcome(tokens[next]) ? next : outcome;
            host = host < 0 && tokens[next].Kind is TokenKind.Host or TokenKind.Patch ? next : host;
        }

        if (outcome < 0 || host < 0)
        {
            return false;
        }

        // "KB1 pass lab1, KB2 fail lab2": this host still belongs to what was said.
        if (tokens[at].Kind == TokenKind.Host && !part.Exists(token => token.Kind == TokenKind.Host) && tokens.Skip(at).Take(outcome - at).Any(token => token.Kind == TokenKind.Patch))
        {
            return false;
        }

        // An outcome begins the next part only where outcomes come first; a host only where hosts do.
        var outcomeFirst = part.FindIndex(SaysOutcome) < part.FindIndex(token => token.Kind is TokenKind.Host or TokenKind.Patch);
        return isAnd || (isHost ? !outcomeFirst : outcomeFirst && tokens[at - 1].Sense is not Sense.Not);
    }
}
