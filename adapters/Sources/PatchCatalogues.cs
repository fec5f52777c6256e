using PatchBot.Adapters.Sources.Reading;
using PatchBot.Core.Patches.Sources;

namespace PatchBot.Adapters.Sources;

/// <summary>All catalogues that documents can be read with.</summary>
public sealed class PatchCatalogues(IEnumerable<IPatchCatalogue> catalogues)
{
    private readonly List<IPatchCatalogue> known = [.. catalogues];

    /// <summary>The catalogue whose format a document is in.</summary>
    /// <exception cref="SourceFormatException">It is in none that is known, or it is empty.</exception>
    public IPatchCatalogue For(SourceInput input)
    {
        var head = DocumentBytes.ReadHead(input.Content);
        if (head.Length == 0)
        {
            throw new SourceFormatException(input.Name, "the start", "The document is empty.");
        }

        return known.FirstOrDefault(catalogue => catalogue.Recognises(head))
            ?? throw new SourceFormatException(
                input.Name, "the start", $"The format is not known. Known formats: {string.Join(", ", known.Select(catalogue => catalogue.Name).Order(StringComparer.Ordinal))}.");
    }

    /// <summary>Reads a document with the catalogue that recognises it.</summary>
    /// <exception cref="SourceFormatException">The document cannot be taken; the place is named.</exception>
    public Task<PatchDocument> ReadAsync(SourceInput input, CancellationToken cancellationToken) =>
        For(input).ReadAsync(input, cancellationToken);
}
