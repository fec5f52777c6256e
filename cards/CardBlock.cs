using System.Text.Json.Serialization;

namespace PatchBot.Cards;

/// <summary>One part of a card's body. The set is closed: a renderer must know them all.</summary>
[JsonDerivedType(typeof(TextBlock), "text")]
[JsonDerivedType(typeof(HeadingBlock), "heading")]
[JsonDerivedType(typeof(FactsBlock), "facts")]
[JsonDerivedType(typeof(NoticeBlock), "notice")]
[JsonDerivedType(typeof(ListBlock), "list")]
[JsonDerivedType(typeof(DetailsBlock), "details")]
[JsonDerivedType(typeof(ReplyHintBlock), "replyHint")]
public abstract record CardBlock
{
    private protected CardBlock()
    {
    }
}

/// <summary>A paragraph; <paramref name="Subtle"/> for what may be skimmed over.</summary>
public sealed record TextBlock(CardText Text, bool Subtle = false) : CardBlock;

/// <summary>A section heading inside the card.</summary>
public sealed record HeadingBlock(string Text) : CardBlock;

/// <summary>Label and value pairs, short on both sides.</summary>
public sealed record FactsBlock(IReadOnlyList<CardFact> Facts) : CardBlock;

public sealed record CardFact(string Label, CardText Value);

/// <summary>Something to heed before acting: a warning with what to do about it, line by line.</summary>
public sealed record NoticeBlock(Tone Tone, string Heading, IReadOnlyList<CardText> Lines) : CardBlock;

/// <summary>Items of equal rank; <paramref name="Ordered"/> when their order matters.</summary>
public sealed record ListBlock(IReadOnlyList<CardText> Items, bool Ordered = false) : CardBlock;

/// <summary>What most readers skip, folded away where the platform can fold.</summary>
public sealed record DetailsBlock(string Heading, IReadOnlyList<CardBlock> Content) : CardBlock;

/// <summary>
/// Invites to reply in the card's thread, with an <paramref name="Example"/> to copy. A platform that delivers only
/// messages which mention the bot says so too.
/// </summary>
public sealed record ReplyHintBlock(string Example) : CardBlock;
