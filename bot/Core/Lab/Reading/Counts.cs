using System.Globalization;

namespace PatchBot.Core.Lab.Reading;

internal enum Count
{
    None,
    Some,
    All,
}

/// <summary>Reads "12/12", "3 of 4", "98 %" and "passed 20 failed 0".</summary>
internal static class Counts
{
    private static readonly HashSet<string> Of = ["of", "out", "von", "sur", "de", "di", "van", "su"];

    public static Count Read(IReadOnlyList<Token> tokens, ref int at, Count count, ClauseReading reading, ref Negation negation)
    {
        var part = Number(tokens[at]);
        if (part == 0 && at > 0 && tokens[at - 1].Is(':') && tokens[at - 1].End == tokens[at].Start)
        {
            // "09:00"
            return count;
        }

        var next = at + 1;
        if (next < tokens.Count && tokens[next].Is('%'))
        {
            at = next;
            return part == 100 ? Count.All : Count.Some;
        }

        var slash = next + 1 < tokens.Count && tokens[next].Is('/');
        while (!slash && next + 1 < tokens.Count && next < at + 3 && Of.Contains(tokens[next].Key) && tokens[next + 1].Kind != TokenKind.Number)
        {
            next++;
        }

        if (next + 1 < tokens.Count && (slash || Of.Contains(tokens[next].Key)) && tokens[next + 1].Kind == TokenKind.Number)
        {
            var whole = Number(tokens[next + 1]);
            at = next + 1;
            if (part == 0)
            {
                negation.Begin(at, nothing: true);
                return Count.All;
            }

            return part == whole ? Count.All : part < whole ? Count.Some : count;
        }

        if (part == 0)
        {
            negation.Begin(at, nothing: true);
        }
        else if (next < tokens.Count && tokens[next].Sense == Sense.Fail)
        {
            reading.CountedFailures = true;
        }

        return count;
    }

    // "passed 20 failed 0": the number comes after what it counts.
    public static Sense? Labelled(IReadOnlyList<Token> tokens, int at)
    {
        var label = tokens[at].Sense;
        var counts = label is Sense.Pass or Sense.Fail && at + 1 < tokens.Count && tokens[at + 1].Kind == TokenKind.Number
            && (at + 2 == tokens.Count || tokens[at + 2].Kind == TokenKind.Host || tokens[at + 2].Sense is Sense.Pass or Sense.Fail) && !CountsFirst(tokens);
        return !counts ? null
            : tokens[at + 1].Key != "0" ? label
            : label == Sense.Fail ? Sense.AllOf
            : Sense.DoubleNegation;
    }

    private static int Number(Token token) => token.Key.Length <= 6 ? int.Parse(token.Key, CultureInfo.InvariantCulture) : int.MaxValue;

    // "20 passed 0 failed"
    private static bool CountsFirst(IReadOnlyList<Token> tokens)
    {
        for (var at = 0; at < tokens.Count; at++)
        {
            if (tokens[at].Sense is Sense.Pass or Sense.Fail)
            {
                return at > 0 && tokens[at - 1].Kind == TokenKind.Number;
            }
        }

        return false;
    }
}
