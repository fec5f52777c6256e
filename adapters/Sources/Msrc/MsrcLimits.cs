using System.ComponentModel.DataAnnotations;

namespace PatchBot.Adapters.Sources.Msrc;

/// <summary>What one MSRC document may cost. A document past any of them is refused whole.</summary>
public sealed class MsrcLimits
{
    /// <summary>Bytes of a document, unpacked. A full month is 1 to 5 MB.</summary>
    [Range(1L << 10, 1L << 30)]
    public long DocumentBytes { get; set; } = 64 << 20;

    /// <summary>Bytes of one vulnerability, or of the list of products: the most that is held at once.</summary>
    [Range(1 << 10, 64 << 20)]
    public int ElementBytes { get; set; } = 4 << 20;

    /// <summary>How deep objects and elements may nest; real documents need 8.</summary>
    [Range(8, 256)]
    public int Depth { get; set; } = 32;

    [Range(1, 1_000_000)]
    public int Vulnerabilities { get; set; } = 20_000;

    [Range(1, 1_000_000)]
    public int Products { get; set; } = 20_000;

    /// <summary>Notes, threats, scores, fixes, revisions, and product ids in them, of the whole document.</summary>
    [Range(1, 10_000_000)]
    public int Rows { get; set; } = 2_000_000;

    /// <summary>Characters of one text that are looked at; cards show far fewer.</summary>
    [Range(100, 1 << 20)]
    public int TextLength { get; set; } = 64 << 10;
}
