using System.ComponentModel.DataAnnotations;

namespace PatchBot.Core.Delivery;

/// <summary>Bound from the section <c>Delivery</c>.</summary>
public sealed class DeliveryOptions
{
    /// <summary>How long a channel stays with a worker that no longer answers; the longest delay after a crash.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "00:10:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the worker looks for work that nobody told it of.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Wait after a first failure; it doubles with each further one, up to <see cref="LongestWait"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan FirstWait { get; set; } = TimeSpan.FromSeconds(2);

    [Range(typeof(TimeSpan), "00:00:10", "06:00:00")]
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromMinutes(15);
}
