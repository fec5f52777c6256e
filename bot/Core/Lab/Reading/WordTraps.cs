namespace PatchBot.Core.Lab.Reading;

/// <summary>Where "pass", "fail" and "ok" mean something else, told by the words around them.</summary>
internal static class WordTraps
{
    private static readonly HashSet<string> Articles = ["the", "a", "an", "my", "our", "his", "her", "their", "him", "them", "us"];

    public static bool Catches(IReadOnlyList<Token> tokens, int at)
    {
        var (word, before, after) = (tokens[at].Key, at > 0 ? tokens[at - 1].Key : "", at + 1 < tokens.Count ? tokens[at + 1] : default);
        return word switch
        {
            // "waiting for it to pass"
            "pass" or "fail" or "work" when before == "to" => true,
            // "I passed lab2 on to Jan", "passed the ticket"
            "pass" or "passed" or "passing" or "passes" => before == "i" || HandsOver(tokens, at) || (Articles.Contains(after.Key ?? "") && !NamesTests(tokens, at + 2)),
            // "ok lab2 is yours"
            "ok" or "okay" or "good" or "fine" => at == 0 && after.Kind == TokenKind.Host && tokens.Count > 2 && tokens[2] is { Kind: TokenKind.Word, Key: "is" or "was" or "will" or "needs" or "has" },
            _ => false,
        };
    }

    /// <summary>The outcome's subject is a word that the reader does not know.</summary>
    public static bool OfSomethingElse(IReadOnlyList<Token> tokens, Sense verdict)
    {
        for (var at = 1; at < tokens.Count; at++)
        {
            if (tokens[at].Sense == verdict)
            {
                return tokens[at - 1] is { Kind: TokenKind.Word, Sense: Sense.None or Sense.Part or Sense.Chat or Sense.Name or Sense.Well } && !NamesTests(tokens, 0);
            }
        }

        return false;
    }

    private static bool HandsOver(IReadOnlyList<Token> tokens, int at)
    {
        for (var next = at + 1; next + 1 < tokens.Count; next++)
        {
            if (tokens[next].Key is "on" or "over" or "along" && tokens[next + 1].Key == "to")
            {
                return true;
            }
        }

        return false;
    }

    private static bool NamesTests(IReadOnlyList<Token> tokens, int from)
    {
        for (var at = from; at < Math.Min(tokens.Count, from + 4); at++)
        {
            if (tokens[at].Sense is Sense.Tested or Sense.Installed or Sense.Neutral || tokens[at].Key is "patch" or "update" or "validation" or "acceptance" or "regression"
                || tokens[at].Key.StartsWith("test", StringComparison.Ordinal) || tokens[at].Key.StartsWith("check", StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
