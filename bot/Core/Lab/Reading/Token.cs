namespace PatchBot.Core.Lab.Reading;

internal enum TokenKind
{
    Word,
    Number,
    Mark,
    Sign,
    Host,
    Patch,
    Code,
    Link,
}

/// <summary>A word, number, sign or punctuation mark, and where it stands in the text.</summary>
/// <param name="Key">What words are compared by; for patches the id as vendors write it.</param>
internal readonly record struct Token(TokenKind Kind, string Key, int Start, int End, Sense Sense = Sense.None)
{
    public bool Is(char mark) => Kind == TokenKind.Mark && Key[0] == mark;
}
