namespace PatchBot.Core.Lab.Reading;

/// <summary>
/// Spreads "lab1..lab3", "hv-lab-01 to 03" and "lab1/2" into the machines that are meant, and finds what may mean several
/// and does not say which.
/// </summary>
internal sealed class HostRanges
{
    private readonly string text;
    private readonly List<Token> tokens;
    private readonly List<Token> spread = [];
    private readonly List<Token> unclear = [];

    private HostRanges(string text, List<Token> tokens) => (this.text, this.tokens) = (text, tokens);

    /// <param name="unclear">Where machines are named in a way that leaves open which; each as one token.</param>
    /// <returns>The tokens, with one for each machine of a range; all of a range's stand where the range does.</returns>
    public static List<Token> Spread(string text, List<Token> tokens, out List<Token> unclear)
    {
        var ranges = new HostRanges(text, tokens);
        for (var at = 0; at < tokens.Count;)
        {
            at = ranges.Next(at);
        }

        unclear = ranges.unclear;
        return ranges.spread;
    }

    private int Next(int at)
    {
        var token = tokens[at];
        var (isHost, isMachine) = (token.Kind == TokenKind.Host && !IsCode(token), HostNeighbours.IsMachine(token));
        if ((isHost || isMachine) && HostNeighbours.IsPattern(tokens, at))
        {
            var length = text.AsSpan(token.Start).IndexOfAny(' ', '\n');
            unclear.Add(token with { Key = length < 0 ? text[token.Start..] : text.Substring(token.Start, length) });
            return Kept(at);
        }

        // "lab 1", "labs 1-3"; "Server 2019" is a product.
        if (isMachine && IsNumber(at + 1) && Written(at + 1).Length < 3 && HostNeighbours.End(tokens, at + 2))
        {
            unclear.Add(Whole(at, at + 1));
        }

        return isHost ? Joined(at) ?? Range(at) ?? List(at) ?? Kept(at) : Kept(at);
    }

    private int Kept(int at)
    {
        spread.Add(tokens[at]);
        return at + 1;
    }

    // "lab1-lab3" is a range; "lab1-3" may be one machine's name.
    private int? Joined(int at)
    {
        if (HostNumbers.Joined(tokens[at].Key) is not var (name, first, last, sure))
        {
            return null;
        }

        if (sure)
        {
            Put(at, at, name, first, last);
            return at + 1;
        }

        if (HostNumbers.Between(name, first, last).Count == 0)
        {
            return null;
        }

        unclear.Add(tokens[at]);
        spread.Add(tokens[at]);
        return at + 1;
    }

    private int? Range(int at)
    {
        var (join, to) = Join(at);
        var isNumber = IsNumber(to);
        if (join == Joint.None || (!isNumber && tokens[to].Kind != TokenKind.Host))
        {
            return null;
        }

        if (Part(at) is not { } part)
        {
            // "10.0.0.1..3"
            unclear.AddRange(join == Joint.Tight ? [Whole(at, to)] : []);
            return null;
        }

        var (name, last) = isNumber ? (part.Name, Written(to)) : Part(to) ?? ("", "");
        var ends = HostNeighbours.End(tokens, to + 1);
        if (join == Joint.Word && !(ends && (isNumber || HostNeighbours.Begin(tokens, at))))
        {
            // May as well be the way from one machine to another.
            unclear.AddRange(isNumber ? [] : [Whole(at, to)]);
            return null;
        }

        // "lab1 - dc2 ok" and "lab1 - lab2 ok" mean the same machines either way.
        var alike = name.Equals(part.Name, StringComparison.OrdinalIgnoreCase);
        if ((isNumber && !ends) || (join == Joint.Loose && !isNumber && (!alike || HostNumbers.Between(part.Name, part.Number, last).Count == 2)))
        {
            return null;
        }

        if (join == Joint.Loose || !alike)
        {
            unclear.Add(Whole(at, to));
            return null;
        }

        Put(at, to, part.Name, part.Number, last);
        return to + 1;
    }

    // "lab1/2/3", "lab1+2", "lab1, 2 and 3"; "lab1, 2, 3" may count something.
    private int? List(int at)
    {
        if (Part(at) is not { } part)
        {
            return null;
        }

        var (to, sure) = (at, false);
        List<string> numbers = [part.Number];
        while (to + 2 < tokens.Count && IsNumber(to + 2) && (IsListMark(to + 1) || Clauses.IsAnd(tokens[to + 1])))
        {
            sure = tokens[to + 1].Key != ",";
            to += 2;
            numbers.Add(Written(to));
        }

        if (to == at || !HostNeighbours.End(tokens, to + 1))
        {
            return null;
        }

        var ascends = Enumerable.Range(1, numbers.Count - 1).All(next => HostNumbers.Between(part.Name, numbers[next - 1], numbers[next]).Count > 0);
        if (!sure || !ascends)
        {
            unclear.Add(Whole(at, to));
            return null;
        }

        spread.AddRange(numbers.Select(number => Whole(at, to) with { Kind = TokenKind.Host, Key = HostNumbers.Padded(part.Name, number, part.Number) }));
        return to + 1;
    }

    private void Put(int at, int to, string name, string first, string last)
    {
        var names = HostNumbers.Between(name, first, last);
        if (names.Count == 0 || HostNeighbours.IsSomeOf(tokens, at))
        {
            unclear.Add(Whole(at, to));
            spread.AddRange(tokens[at..(to + 1)]);
            return;
        }

        spread.AddRange(names.Select(host => Whole(at, to) with { Kind = TokenKind.Host, Key = host }));
    }

    private (Joint, int) Join(int at)
    {
        if (at + 2 >= tokens.Count)
        {
            return (Joint.None, 0);
        }

        var (next, second) = (tokens[at + 1], tokens[at + 2]);
        var attached = next.Start == tokens[at].End;
        if (next.Is('.') && second.Is('.') && attached && second.Start == next.End)
        {
            var dots = at + 3;
            while (dots < tokens.Count && tokens[dots].Is('.'))
            {
                dots++;
            }

            return dots < tokens.Count && tokens[dots].Start == tokens[dots - 1].End ? (dots == at + 3 ? Joint.Tight : Joint.Loose, dots) : (Joint.None, 0);
        }

        attached &= second.Start == next.End;
        return next.Is('–') || next.Is('—') ? (attached ? Joint.Tight : Joint.Loose, at + 2)
            : next.Is('-') || (attached && (next.Is('~') || next.Is('…') || next.Is('>'))) ? (Joint.Loose, at + 2)
            : next.Key is "to" or "through" or "thru" or "till" or "until" or "bis" ? (Joint.Word, at + 2)
            : (Joint.None, 0);
    }

    private bool IsListMark(int at) =>
        tokens[at].Is(',') || tokens[at].Is('&') || ((tokens[at].Is('/') || tokens[at].Is('+')) && tokens[at].Start == tokens[at - 1].End && tokens[at].End == tokens[at + 1].Start);

    private bool IsNumber(int at) => at < tokens.Count && tokens[at].Kind == TokenKind.Number && tokens[at].End - tokens[at].Start <= 4;

    // With its zeros.
    private string Written(int at) => text[tokens[at].Start..tokens[at].End];

    private bool IsCode(Token token) => token.Start > 0 && text[token.Start - 1] == ReplyText.CodeStart;

    private (string Name, string Number)? Part(int at) =>
        IsCode(tokens[at]) ? null : HostNumbers.Of(tokens[at].Key);

    private Token Whole(int from, int to) => new(TokenKind.Mark, text[tokens[from].Start..tokens[to].End], tokens[from].Start, tokens[to].End);

    private enum Joint
    {
        None,

        /// <summary>Two dots, or a dash without spaces.</summary>
        Tight,

        /// <summary>May as well set two things apart.</summary>
        Loose,
        Word,
    }
}
