using PatchBot.Core.Patches;
using PatchBot.Core.Windows;

namespace PatchBot.Core.Rollouts;

public enum RolloutState
{
    /// <summary>A window is suggested; a decision is awaited.</summary>
    Proposed,
    Approved,
    Rejected,

    /// <summary>Put off by an approver; a later window is suggested and awaits a decision.</summary>
    Deferred,

    /// <summary>A newer patch took its place before it was approved.</summary>
    Superseded,

    /// <summary>Its approved window has ended.</summary>
    Finished,
}

/// <summary>One patch into one ring.</summary>
/// <param name="Window">The suggested window, or the approved one.</param>
/// <param name="InTime">The window ends by the patch's deadline.</param>
/// <param name="Emergency">A slot outside the calendar, while no window is in time.</param>
/// <param name="Reasons">Why this window, sentence by sentence.</param>
/// <param name="Version">Counts changes; a writer that read an older version writes nothing.</param>
public sealed record Rollout(
    long Id,
    PatchId Patch,
    string Ring,
    RolloutState State,
    MaintenanceWindow? Window,
    bool InTime,
    MaintenanceWindow? Emergency,
    DateTimeOffset? DeferredTo,
    IReadOnlyList<string> Reasons,
    Snapshot Snapshot,
    int Version)
{
    /// <summary>Earlier windows that were not taken, each with why.</summary>
    public IReadOnlyList<string> PassedOver { get; init; } = [];

    /// <summary>Why the last approval fell, in words; empty when none did since the last decision.</summary>
    public string Fallen { get; init; } = "";

    public bool IsOpen => State is RolloutState.Proposed or RolloutState.Deferred;
}

/// <summary>
/// What an approval is bound to. When any part of it changes, the approval falls. The parts are readable, so that
/// the card can say what changed; <see cref="Mark"/> is what buttons carry.
/// </summary>
/// <param name="Content">The patch's content hash.</param>
/// <param name="Lab">Standing results, such as <c>hv-lab-02 pass; sql-lab-03 fail</c>.</param>
/// <param name="Dependencies">Requirements and whether they are met.</param>
/// <param name="Window">The proposed window and emergency slot, in UTC.</param>
public sealed record Snapshot(string Content, string Lab, string Dependencies, string Window)
{
    /// <summary>Twelve hex digits of the parts' SHA-256.</summary>
    public string Mark => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(
        System.Text.Encoding.UTF8.GetBytes(string.Join('\u001f', Content, Lab, Dependencies, Window))))[..12];
}
