using System.Collections;
using System.Text.Json.Serialization;

namespace PatchBot.Cards;

/// <summary>A piece of text with one meaning. What it holds is data: renderers escape it for their platform.</summary>
[JsonDerivedType(typeof(PlainRun), "plain")]
[JsonDerivedType(typeof(StrongRun), "strong")]
[JsonDerivedType(typeof(CodeRun), "code")]
[JsonDerivedType(typeof(LinkRun), "link")]
[JsonDerivedType(typeof(TimeRun), "time")]
public abstract record CardRun
{
    private protected CardRun()
    {
    }
}

/// <summary>Words as they are; never read as markup.</summary>
public sealed record PlainRun(string Text) : CardRun;

/// <summary>Words that matter most in their line.</summary>
public sealed record StrongRun(string Text) : CardRun;

/// <summary>An id, a host name or a command, in fixed width.</summary>
public sealed record CodeRun(string Text) : CardRun;

/// <summary>A link; only <c>https</c>, <c>http</c> and <c>mailto</c> addresses become clickable.</summary>
public sealed record LinkRun(string Text, Uri Address) : CardRun;

/// <summary>An instant, shown in the named IANA zone and in UTC, or in the reader's own zone where a platform can.</summary>
public sealed record TimeRun(DateTimeOffset Instant, string Zone) : CardRun;

/// <summary>One line or paragraph, made of runs. A string converts to a single plain run.</summary>
public sealed class CardText(params IEnumerable<CardRun> runs) : IEnumerable<CardRun>, IEquatable<CardText>
{
    private readonly CardRun[] runs = [.. runs];

    public static CardText Empty { get; } = new();

    public bool IsEmpty => runs.Length == 0;

    public static implicit operator CardText(string text) => new(new PlainRun(text));

    public static CardText operator +(CardText left, CardText right) => new([.. left.runs, .. right.runs]);

    public static CardText Add(CardText left, CardText right) => left + right;

    public static CardText FromString(string text) => text;

    public static CardText Strong(string text) => new(new StrongRun(text));

    public static CardText Code(string text) => new(new CodeRun(text));

    public static CardText Link(string text, Uri address) => new(new LinkRun(text, address));

    public static CardText Time(DateTimeOffset instant, string zone) => new(new TimeRun(instant, zone));

    public bool Equals(CardText? other) => other is not null && runs.AsSpan().SequenceEqual(other.runs);

    public override bool Equals(object? obj) => Equals(obj as CardText);

    public override int GetHashCode() => runs.Aggregate(runs.Length, HashCode.Combine);

    public IEnumerator<CardRun> GetEnumerator() => ((IEnumerable<CardRun>)runs).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
