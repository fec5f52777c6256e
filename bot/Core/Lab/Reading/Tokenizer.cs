using System.Globalization;

namespace PatchBot.Core.Lab.Reading;

/// <summary>Cuts a text into tokens, in one pass from left to right, then gives words and phrases their sense.</summary>
internal static class Tokenizer
{
    // French and Italian articles that lose their vowel: "d'espace" is two words.
    private static readonly HashSet<string> Elided = ["l", "d", "n", "s", "j", "c", "m", "t", "qu", "all", "dall", "dell", "un", "jusqu", "quelqu"];

    public static List<Token> Cut(string text)
    {
        var tokens = new List<Token>();
        for (var at = 0; at < text.Length;)
        {
            at = Next(text, at, tokens);
        }

        return WithSenses(tokens);
    }

    /// <summary>The keys of a phrase's words.</summary>
    public static IEnumerable<string> Words(string phrase)
    {
        var tokens = new List<Token>();
        for (var at = 0; at < phrase.Length;)
        {
            at = Next(phrase, at, tokens);
        }

        return tokens.Where(token => token.Kind != TokenKind.Mark).Select(token => token.Key);
    }

    private static int Next(string text, int at, List<Token> tokens)
    {
        var letter = text[at];
        if (letter is ' ' or '\t' or ReplyText.CodeEnd)
        {
            if (letter == '\t')
            {
                tokens.Add(new Token(TokenKind.Mark, "|", at, at + 1));
            }

            return at + 1;
        }

        if (letter == ReplyText.CodeStart)
        {
            var end = text.IndexOf(ReplyText.CodeEnd, at);
            end = end < 0 ? text.Length : end;
            var name = text[(at + 1)..end];
            tokens.Add(new Token(HostNames.IsHostWhereNamed(name) ? TokenKind.Host : TokenKind.Code, name, at + 1, end));
            return end;
        }

        if ((letter is ':' or ';' or '/' or '+' or '-' or '(' || (letter > '\u007f' && !char.IsLetter(letter))) && Signs.TryRead(text, at, out var sign, out var length))
        {
            tokens.Add(new Token(TokenKind.Sign, text.Substring(at, length), at, at + length, sign));
            return at + length;
        }

        if (letter == '!' && at + 1 < text.Length && char.IsLetter(text[at + 1]) && (at == 0 || text[at - 1] is ' '))
        {
            // "!pass"
            tokens.Add(new Token(TokenKind.Word, "not", at, at + 1));
            return at + 1;
        }

        if (IsIdeograph(letter))
        {
            return Ideographs(text, at, tokens);
        }

        if (letter == '@' && CalledEnd(text, at) is > 0 and var called)
        {
            tokens.Add(new Token(TokenKind.Word, "someone", at, called, Sense.Filler));
            return called;
        }

        if (!char.IsLetterOrDigit(letter))
        {
            var width = char.IsHighSurrogate(letter) && at + 1 < text.Length ? 2 : 1;
            tokens.Add(new Token(TokenKind.Mark, text.Substring(at, width), at, at + width));
            return at + width;
        }

        if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && PatchNames.TryRead(text, at, out var patch, out length))
        {
            tokens.Add(new Token(PatchNames.IsVulnerability(patch) ? TokenKind.Code : TokenKind.Patch, patch, at, at + length));
            return at + length;
        }

        return Word(text, at, tokens);
    }

    private static int Word(string text, int at, List<Token> tokens)
    {
        var end = WordEnd(text, at);
        var word = text[at..end];
        if (word is "http" or "https" && text.AsSpan(end).StartsWith("://"))
        {
            end = LinkEnd(text, end);
            tokens.Add(new Token(TokenKind.Link, text[at..end], at, end));
        }
        else if (HostNames.IsHost(word))
        {
            tokens.Add(new Token(TokenKind.Host, word, at, end));
        }
        else if (word.All(char.IsAsciiDigit))
        {
            tokens.Add(new Token(TokenKind.Number, word.TrimStart('0') is { Length: > 0 } number ? number : "0", at, end));
        }
        else if (word.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot && word.Any(char.IsAsciiLetter) && !word.Any(char.IsAsciiDigit))
        {
            // "passed.Next": a dot without the space after it. File names end up as two words that mean nothing.
            end = at + dot;
            tokens.Add(new Token(TokenKind.Word, Letters.Key(word.AsSpan(0, dot)), at, end));
        }
        else if (word.IndexOf('\'', StringComparison.Ordinal) is > 0 and var mark && Elided.Contains(word[..mark].ToLowerInvariant()))
        {
            end = at + mark + 1;
            tokens.Add(new Token(TokenKind.Word, Letters.Key(word.AsSpan(0, mark)), at, end));
        }
        else
        {
            tokens.Add(ErrorCode(word) ? new Token(TokenKind.Word, word, at, end, Sense.Symptom) : new Token(TokenKind.Word, Letters.Key(word), at, end, Casing: CasingOf(word)));
        }

        return end;
    }

    // "@Tom" is told, and no word of the report; "@lab1" and "@first" may well be.
    private static int CalledEnd(string text, int at)
    {
        var end = at + 1 < text.Length && char.IsUpper(text[at + 1]) && (at == 0 || text[at - 1] is ' ' or '\n') ? WordEnd(text, at + 1) : 0;
        return end > 0 && !text.AsSpan(at, end - at).ContainsAnyInRange('0', '9') ? end : 0;
    }

    private static int WordEnd(string text, int at)
    {
        var end = at;
        while (end < text.Length && IsWordLetter(text[end]))
        {
            end++;
            if (end + 1 < text.Length && text[end] is '-' or '.' or '\'' or '_' && IsWordLetter(text[end + 1]))
            {
                end++;
            }
        }

        // "lab2's"
        return end - at > 2 && text[end - 1] is 's' or 'S' && text[end - 2] == '\'' && text.AsSpan(at, end - at).IndexOfAnyInRange('0', '9') >= 0 ? end - 2 : end;
    }

    private static bool IsWordLetter(char letter) =>
        (char.IsLetterOrDigit(letter) || CharUnicodeInfo.GetUnicodeCategory(letter) == UnicodeCategory.NonSpacingMark) && !IsIdeograph(letter);

    private static int LinkEnd(string text, int at)
    {
        while (at < text.Length && !char.IsWhiteSpace(text[at]) && text[at] is not (')' or '>' or '"' or '|'))
        {
            at++;
        }

        return at;
    }

    private static bool ErrorCode(string word) =>
        word.Length is >= 4 and <= 12 && word.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && word.AsSpan(2).TrimStart('0').Length > 0;

    private static Casing CasingOf(string word) =>
        word.Any(char.IsAsciiDigit) || word.Contains('_', StringComparison.Ordinal) || (word.AsSpan(1).ContainsAnyInRange('A', 'Z') && (word.Any(char.IsLower) || word.Contains('-', StringComparison.Ordinal))) ? Casing.Coined
        : char.IsUpper(word[0]) ? Casing.Capital
        : Casing.Plain;

    private static bool IsIdeograph(char letter) => letter is >= '\u3040' and <= '\u30FF' or >= '\u3400' and <= '\u9FFF' or >= '\uFF66' and <= '\uFF9F';

    private static int Ideographs(string text, int at, List<Token> tokens)
    {
        var (sense, length) = Lexicon.FindIdeographs(text.AsSpan(at));
        length = Math.Max(1, length);
        tokens.Add(new Token(TokenKind.Word, text.Substring(at, length), at, at + length, sense));
        return at + length;
    }

    private static List<Token> WithSenses(List<Token> tokens)
    {
        var read = new List<Token>(tokens.Count);
        for (var at = 0; at < tokens.Count;)
        {
            var token = tokens[at];
            if (token is { Kind: TokenKind.Word, Sense: Sense.None } or { Kind: TokenKind.Number })
            {
                var (sense, length) = Lexicon.Find(tokens, at);
                if (sense != Sense.None)
                {
                    read.Add(token with { Kind = TokenKind.Word, Sense = sense, End = tokens[at + length - 1].End });
                    at += length;
                    continue;
                }
            }

            read.Add(token);
            at++;
        }

        return read;
    }
}
