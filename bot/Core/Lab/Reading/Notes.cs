namespace PatchBot.Core.Lab.Reading;

/// <summary>What is kept as a result's note: the writer's words, when they say more than patch, host and outcome.</summary>
internal static class Notes
{
    public static string Whole(string text, List<ClauseReading> clauses) =>
        Says(clauses) ? Clean(text) : "";

    public static string Of(string text, Statement statement) =>
        Says(statement.Clauses) ? Clean(text[statement.Clauses[0].Clause.Start..Math.Min(text.Length, statement.Clauses[^1].Clause.End + 1)]) : "";

    private static bool Says(List<ClauseReading> clauses) =>
        clauses.Exists(clause => clause.Unknown > 0 || clause.Ignored || clause.Clause.Tokens.Any(Says));

    private static bool Says(Token token) =>
        token.Kind is TokenKind.Number or TokenKind.Link or TokenKind.Code
        || token.Sense is Sense.Symptom or Sense.Cause or Sense.Caveat or Sense.Running or Sense.Untestable or Sense.InstallFailed or Sense.Problem
            or Sense.Able or Sense.Not or Sense.RolledBack or Sense.Linked or Sense.Installed or Sense.Neutral or Sense.Step;

    private static string Clean(string text) =>
        ReplyText.Unmarked(text).Trim(' ', '\n', '\t', '|', ',', ';', ':', '(', '-');
}
