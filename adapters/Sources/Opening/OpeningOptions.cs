using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace PatchBot.Adapters.Sources.Opening;

/// <summary>How documents are fetched and opened. Section <c>Sources:Opening</c>.</summary>
public sealed class OpeningOptions
{
    public const string Section = "Sources:Opening";

    /// <summary>Largest file or download, in bytes, as it comes.</summary>
    [Range(1L << 10, 1L << 30)]
    public long MaxBytes { get; set; } = 64 << 20;

    /// <summary>Most documents that one directory may hold.</summary>
    [Range(1, 100_000)]
    public int MaxFiles { get; set; } = 1_000;

    /// <summary>Longest time that one download may take, from the first request to its last byte.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How many redirects one download may follow.</summary>
    [Range(0, 20)]
    public int MaxRedirects { get; set; } = 5;

    /// <summary>Allows addresses inside your own network, such as a mirror at 10.0.0.5.</summary>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>Allows this machine's own addresses, and plain http to them.</summary>
    public bool AllowLoopback { get; set; }
}

[OptionsValidator]
internal sealed partial class OpeningOptionsValidator : IValidateOptions<OpeningOptions>;
