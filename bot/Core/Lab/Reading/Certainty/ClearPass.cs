namespace PatchBot.Core.Lab.Reading;

/// <summary>
/// The shape in which a pass is reported: one clause says nothing but that the test went well, where and when, and says it
/// of more than a part or a step of it.
/// </summary>
internal static class ClearPass
{
    private static readonly HashSet<string> Universal =
        ["all", "everything", "both", "each", "alles", "alle", "tout", "tous", "toutes", "todo", "todos", "todas", "tudo", "tutto", "tutti", "tutte"];

    // A clause that begins with one of these asks or tells to do, even without a question mark.
    private static readonly HashSet<string> Verbs =
        ["is", "are", "was", "were", "did", "does", "do", "has", "have", "had", "can", "could", "should", "would", "will", "give", "make", "let", "put", "call", "take"];

    // On the way to a test; alone it proves nothing.
    private static readonly HashSet<string> Install = ["install", "installation", "setup", "upgrade", "update", "boot", "reboot", "restart", "startup"];

    private static readonly HashSet<string> Few = ["one", "two", "three", "four", "five", "some", "few"];

    public static bool IsReportedBy(Statement statement)
    {
        var (tested, installed) = (statement.Has(Sense.Tested), statement.Has(Sense.Installed));
        return statement.Clauses.Exists(clause =>
            IsReportedBy(clause) && IsOfWhole(clause, tested || (installed && clause.Clause.Tokens.Any(token => token.Sense == Sense.Problem))));
    }

    /// <summary>Says that the patch is still to be tested, which leaves "ok" about something else: "lab2 ok, testing tomorrow".</summary>
    public static bool IsAwaitedBy(ClauseReading clause)
    {
        var tokens = clause.Clause.Tokens;
        return clause.Ignored && tokens.Any(token => token.Sense == Sense.Future)
            && tokens.Any(token => token.Sense == Sense.Tested || (token.Sense == Sense.Future && token.Key is "test" or "tests" or "testing" or "start" or "starting"))
            && !tokens.Any(token => token.Kind is TokenKind.Host or TokenKind.Patch);
    }

    public static bool SpeaksOfOutcome(Token token) =>
        token.Sense is Sense.Pass or Sense.Fine or Sense.Looks or Sense.Green or Sense.Problem or Sense.Fail;

    private static bool IsReportedBy(ClauseReading clause)
    {
        var tokens = clause.Clause.Tokens;
        return !clause.Ignored
            && clause.Findings.Exists(finding => finding is Sense.Pass or Sense.Fine or Sense.Looks or Sense.AllOf or Sense.Green)
            && !Verbs.Contains(tokens[0].Key)
            && !Enumerable.Range(0, tokens.Count).Any(at => IsOutOfPlace(tokens, at))
            && (clause.Has(Sense.AllOf) || !CountsTests(tokens))
            && !IsOfInstall(clause);
    }

    // "VPN ok on lab2" tells of a part; "VPN tested ok on lab2" and "all services ok on lab2" tell of a test.
    private static bool IsOfWhole(ClauseReading clause, bool tested)
    {
        var tokens = clause.Clause.Tokens;
        var subject = clause.Has(Sense.Pass) ? tokens.TakeWhile(token => !SpeaksOfOutcome(token)) : tokens;
        return tested || tokens.Any(token => token.Sense is Sense.Tested or Sense.Installed || Universal.Contains(token.Key))
            || subject.All(token => token.Sense is not (Sense.Part or Sense.Able or Sense.Well) || token.Key == "run");
    }

    // "Install ok", "passed the install", "✅ installed"
    private static bool IsOfInstall(ClauseReading clause)
    {
        var tokens = clause.Clause.Tokens;
        if (!clause.Has(Sense.Pass) && !clause.Has(Sense.Fine) && tokens.Any(token => token.Sense == Sense.Installed))
        {
            return true;
        }

        List<Token> said = [.. tokens.Where(token => (token.Sense != Sense.Filler && token.Kind == TokenKind.Word) || SpeaksOfOutcome(token))];
        var outcome = said.FindIndex(SpeaksOfOutcome);
        return outcome >= 0 && !tokens.Any(token => token.Sense is Sense.Tested or Sense.Linked)
            && ((outcome > 0 && Install.Contains(said[outcome - 1].Key))
                || (outcome + 1 < said.Count && said[outcome].Sense == Sense.Pass && Install.Contains(said[outcome + 1].Key)));
    }

    private static bool IsOutOfPlace(IReadOnlyList<Token> tokens, int at)
    {
        var token = tokens[at];
        return Unknown.Is(tokens, at) || token.Is('~') || IsQuoted(tokens, at) || IsPattern(tokens, at)
            || token is { Kind: TokenKind.Word, Sense: Sense.Step or Sense.Chat }
            || (token is { Sense: Sense.Future } && token.Key != "on")
            || (token.Key == "by" && at + 1 < tokens.Count && tokens[at + 1].Sense == Sense.Part)
            || (token.Key == "to" && !tokens.Any(other => other.Sense == Sense.Installed));
    }

    // It "passed".
    private static bool IsQuoted(IReadOnlyList<Token> tokens, int at) =>
        tokens[at].Sense == Sense.Pass && at > 0 && at + 1 < tokens.Count && IsQuote(tokens[at - 1]) && IsQuote(tokens[at + 1]);

    // "lab[1-3]", "lab*": which machines these are is not said.
    private static bool IsPattern(IReadOnlyList<Token> tokens, int at) =>
        at > 0 && tokens[at] is { Kind: TokenKind.Mark, Key: "[" or "{" or "*" } && tokens[at - 1].End == tokens[at].Start && tokens[at - 1].Kind != TokenKind.Mark;

    private static bool IsQuote(Token token) => token is { Kind: TokenKind.Mark, Key: "\"" or "'" or "“" or "”" or "„" or "«" or "»" };

    // "3 tests passed", "test 4 passed": how many there are is not said.
    private static bool CountsTests(IReadOnlyList<Token> tokens) =>
        !tokens.Any(token => Universal.Contains(token.Key))
        && Enumerable.Range(1, tokens.Count - 1).Any(at =>
            (IsTest(tokens[at]) && (tokens[at - 1].Kind == TokenKind.Number || tokens[at - 1].Casing == Casing.Coined || Few.Contains(tokens[at - 1].Key)))
            || (IsTest(tokens[at - 1]) && tokens[at].Kind == TokenKind.Number));

    private static bool IsTest(Token token) => token is { Sense: Sense.Tested, Key: "test" or "tests" or "check" or "checks" };
}
