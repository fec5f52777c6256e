using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace PatchBot.Adapters.Sources.Msrc;

/// <summary>Microsoft's monthly security release documents. Section <c>Sources:Msrc</c>.</summary>
public sealed class MsrcOptions
{
    public const string Section = "Sources:Msrc";

    /// <summary>Whether new months are fetched by themselves. Documents can be imported either way.</summary>
    public bool Enabled { get; set; }

    /// <summary>Where the list of months (<c>updates</c>) and the documents (<c>cvrf/2026-Nov</c>) are.</summary>
    [Required]
    public Uri BaseAddress { get; set; } = new("https://api.msrc.microsoft.com/cvrf/v3.0/");

    /// <summary>Time between two looks at the list of months.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "7.00:00:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromHours(4);

    /// <summary>How many of the newest months are watched for changes; Microsoft revises months for years.</summary>
    [Range(2, 400)]
    public int WatchedMonths { get; set; } = 6;

    /// <summary>
    /// Product families to take, as Microsoft names them (<c>Windows</c>, <c>Exchange Server</c>, <c>SQL Server</c>).
    /// Empty takes all but Linux packages and Chromium.
    /// </summary>
    public IList<string> Families { get; } = [];

    /// <summary>Takes packages of Azure Linux and CBL-Mariner too: hundreds in some months.</summary>
    public bool LinuxPackages { get; set; }

    /// <summary>Takes Microsoft Edge and the flaws of Chromium in it too: Edge updates itself.</summary>
    public bool Chromium { get; set; }

    [Required, ValidateObjectMembers]
    public MsrcLimits Limits { get; set; } = new();
}

[OptionsValidator]
internal sealed partial class MsrcOptionsValidator : IValidateOptions<MsrcOptions>;
