using System.Buffers;
using System.Globalization;
using System.Text;

namespace PatchBot.Core.Lab.Reading;

/// <summary>Which words the reader doesn't understand where they stand, and so can't rule out as bad news.</summary>
internal static class Unknown
{
    private static readonly HashSet<string> Measures =
        ["cpu", "memory", "ram", "load", "latency", "usage", "utilisation", "utilization", "temperature", "time", "times", "boot time", "boot times"];

    // Of the words that suppose something, those that may say that the pass itself still waits for something.
    private static readonly HashSet<string> Waiting =
    [
        "until", "till", "before", "wait", "waiting", "await", "awaiting", "must", "need", "needs", "we", "they", "want", "wants", "expected", "supposed",
        "would", "has", "have", "should", "asked", "looking", "aim", "aiming",
    ];

    private static readonly HashSet<string> Directions = ["from", "to", "towards", "via", "by", "against"];

    public static bool Is(IReadOnlyList<Token> tokens, int at) => tokens[at].Kind switch
    {
        TokenKind.Mark => IsSign(tokens[at]),
        TokenKind.Sign => tokens[at].Sense == Sense.Neutral,
        TokenKind.Word => IsWord(tokens, at),
        _ => false,
    };

    private static bool IsWord(IReadOnlyList<Token> tokens, int at)
    {
        var token = tokens[at];
        return token.Sense switch
        {
            Sense.None => (token.Casing != Casing.Coined || MayBeMachine(tokens, at)) && !IsCount(tokens, at),
            Sense.Neutral => true,
            Sense.If => Waiting.Contains(token.Key),
            Sense.Towards => !Directions.Contains(token.Key),
            Sense.Filler when token.Key == "or" => !tokens.Any(other => other.Sense == Sense.Not),
            Sense.Well when token.Key == "up" => tokens.Any(other => Measures.Contains(other.Key)),
            _ => false,
        };
    }

    // "on h1", "h1 ok": a machine, a half-year or a version; nobody's test when it isn't known which.
    private static bool MayBeMachine(IReadOnlyList<Token> tokens, int at) =>
        tokens[at].Key is [>= 'a' and <= 'z', .. var number] && number.Length <= 2 && number.All(char.IsAsciiDigit)
        && (at == 0 || tokens[at - 1].Key is "on" or "at" or "auf" or "sur" or "op");

    // An emoji that has no sense here may well be a frown.
    private static bool IsSign(Token mark) =>
        Rune.DecodeFromUtf16(mark.Key, out var rune, out _) == OperationStatus.Done && Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherSymbol;

    // "6 out of 6"
    private static bool IsCount(IReadOnlyList<Token> tokens, int at) =>
        tokens[at].Key == "out" && at > 0 && tokens[at - 1].Kind == TokenKind.Number && at + 1 < tokens.Count && tokens[at + 1].Key == "of";
}
