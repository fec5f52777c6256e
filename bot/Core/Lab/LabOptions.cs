using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace PatchBot.Core.Lab;

/// <summary>Bound from the section <c>Lab</c>.</summary>
public sealed class LabOptions
{
    /// <summary>On how many hosts a patch must have passed before it may be approved. A pass without host counts as one.</summary>
    [Range(1, 50)]
    public int RequiredPasses { get; set; } = 1;
}

[OptionsValidator]
public sealed partial class LabOptionsValidator : IValidateOptions<LabOptions>;
