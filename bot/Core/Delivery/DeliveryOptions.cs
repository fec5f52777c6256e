using System.ComponentModel.DataAnnotations;

namespace PatchBot.Core.Delivery;

/// <summary>Bound from the section <c>Delivery</c>.</summary>
public sealed class DeliveryOptions : IValidatableObject
{
    /// <summary>The longest that a channel waits after the process at it was killed.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "00:10:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the worker looks for work that nobody told it of: where each platform has a process of its own, how far one lags behind the other.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How many channels one process serves at once; each of them stays in order.</summary>
    [Range(1, 128)]
    public int AtOnce { get; set; } = 32;

    /// <summary>Wait after a first failure; it doubles with each further one, up to <see cref="LongestWait"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan FirstWait { get; set; } = TimeSpan.FromSeconds(2);

    [Range(typeof(TimeSpan), "00:00:10", "06:00:00")]
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>The least wait after a call that may have created its message all the same: time for it to show.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan Doubt { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>What a channel is taken for: others notice its end at their next look, and that must fall within <see cref="Lease"/>.</summary>
    internal TimeSpan Hold => Lease - LookEvery;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => LookEvery * 2 <= Lease
        ? []
        : [new ValidationResult($"{nameof(LookEvery)} must be at most half of {nameof(Lease)}, so that another process takes over in time.", [nameof(LookEvery)])];
}
