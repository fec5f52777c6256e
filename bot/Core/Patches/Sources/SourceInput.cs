namespace PatchBot.Core.Patches.Sources;

/// <summary>Bytes of a document and what to call it in messages. <see cref="Content"/> can seek and is rewound by the reader.</summary>
/// <param name="Name">File name or address, without secrets.</param>
public sealed record SourceInput(string Name, Stream Content) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}

/// <summary>
/// A document that cannot be taken: truncated, of the wrong shape, too large, hostile or empty. Nothing of it is stored.
/// </summary>
public sealed class SourceFormatException(string document, string place, string fault, Exception? cause = null)
    : Exception($"{document}: {fault} (at {place}). Nothing of this document was stored.", cause)
{
    public string Document { get; } = document;

    /// <summary>Where: a JSON path (<c>$.Vulnerability[3].CVE</c>), an XML line, or a byte offset.</summary>
    public string Place { get; } = place;

    public string Fault { get; } = fault;
}
