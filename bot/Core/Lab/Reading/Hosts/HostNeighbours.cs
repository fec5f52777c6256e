namespace PatchBot.Core.Lab.Reading;

/// <summary>What stands around machines that are named in short, and tells whether it is machines that are named at all.</summary>
internal static class HostNeighbours
{
    private static readonly HashSet<string> Machines =
        ["lab", "labs", "host", "hosts", "server", "servers", "vm", "vms", "box", "boxes", "machine", "machines", "node", "nodes", "cluster"];

    // "live migration lab1 to lab3" is no range, so words around a range must be ones that lead to hosts or tell of them.
    private static readonly HashSet<string> Before = ["on", "in", "for", "hosts", "servers", "vms", "machines", "boxes", "nodes", "all", "both", "and", "also", "tested"];
    private static readonly HashSet<string> After = ["are", "all", "both", "is", "was", "were", "and", "have", "did", "still", "not", "dont", "wont", "on", "with", "after"];

    public static bool IsMachine(Token token) => Machines.Contains(token.Key);

    public static bool Begin(IReadOnlyList<Token> tokens, int at) =>
        at == 0 || tokens[at - 1].Kind == TokenKind.Mark || Before.Contains(tokens[at - 1].Key) || ClearPass.SpeaksOfOutcome(tokens[at - 1]) || Clauses.IsOutcome(tokens[at - 1]);

    public static bool End(IReadOnlyList<Token> tokens, int at)
    {
        if (at >= tokens.Count)
        {
            return true;
        }

        var token = tokens[at];
        return token.Kind == TokenKind.Mark ? !token.Is('%') && !GoesOn(tokens, at)
            : Clauses.IsOutcome(token) || (ClearPass.SpeaksOfOutcome(token) && token.Sense != Sense.Problem) || After.Contains(token.Key)
                || token.Sense is Sense.Tested or Sense.Installed or Sense.Running or Sense.Untested or Sense.Symptom or Sense.InstallFailed or Sense.Linked or Sense.Now or Sense.Earlier;
    }

    // "lab[1-3]", "lab{1,2}", "lab*", "hv-lab-*"
    public static bool IsPattern(IReadOnlyList<Token> tokens, int at)
    {
        var next = at + 1;
        if (next + 1 < tokens.Count && tokens[next].Is('-') && tokens[next].Start == tokens[at].End && tokens[next + 1].Is('*') && tokens[next + 1].Start == tokens[next].End)
        {
            return true;
        }

        return next < tokens.Count && tokens[next].Start == tokens[at].End && tokens[next] is { Kind: TokenKind.Mark, Key: "[" or "{" or "*" };
    }

    /// <summary>"two of lab1..lab3"</summary>
    public static bool IsSomeOf(IReadOnlyList<Token> tokens, int at) =>
        at > 1 && tokens[at - 1].Key == "of" && tokens[at - 2].Key is not ("all" or "both" or "each" or "none" or "any");

    // "3/4", "14:30", "1.5"
    private static bool GoesOn(IReadOnlyList<Token> tokens, int at) =>
        tokens[at].Key is "/" or ":" or "." or "," && at + 1 < tokens.Count && tokens[at + 1].Kind == TokenKind.Number && tokens[at].End == tokens[at + 1].Start;
}
