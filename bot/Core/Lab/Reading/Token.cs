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

internal enum Casing
{
    Plain,
    Capital,

    /// <summary>With a digit, a capital or an underscore inside, as products and programs are called: WinRM, node_exporter.</summary>
    Coined,
}

/// <summary>A word, number, sign or punctuation mark, and where it stands in the text.</summary>
/// <param name="Casing">How a word was written, which tells names from other words.</param>
/// <param name="Key">What words are compared by; for patches the id as vendors write it.</param>
internal readonly record struct Token(TokenKind Kind, string Key, int Start, int End, Sense Sense = Sense.None, Casing Casing = Casing.Plain)
{
    public bool Is(char mark) => Kind == TokenKind.Mark && Key[0] == mark;
}
