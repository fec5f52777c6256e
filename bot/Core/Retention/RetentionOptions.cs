using System.ComponentModel.DataAnnotations;

namespace PatchBot.Core.Retention;

/// <summary>Bound from the section <c>Retention</c>.</summary>
public sealed class RetentionOptions
{
    public const string Section = "Retention";

    /// <summary>Purges once a day without being asked.</summary>
    public bool Purge { get; set; }

    /// <summary>How long what may be purged is kept.</summary>
    [Range(typeof(TimeSpan), "90.00:00:00", "36500.00:00:00")]
    public TimeSpan Keep { get; set; } = TimeSpan.FromDays(730);
}
