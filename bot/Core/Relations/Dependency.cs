using PatchBot.Core.Patches;
using PatchBot.Core.Windows;

namespace PatchBot.Core.Relations;

/// <summary>Something that must be in place before a patch goes in. The set is closed.</summary>
public abstract record Requirement
{
    private protected Requirement()
    {
    }

    /// <summary>Names it in settings, confirmations and snapshots: <c>patch:KB5005112</c>, <c>product:Hyper-V Integration Components:6.3.9600.16384</c>.</summary>
    public abstract string Key { get; }

    /// <summary>What it is about, whichever version it asks for: <c>product:Hyper-V Integration Components</c>.</summary>
    public virtual string About => Key;

    /// <summary>Patches that it names; any one of them will do. Empty when it names a product.</summary>
    public virtual IReadOnlyList<PatchId> Patches => [];
}

public sealed record PatchRequirement(PatchId Patch) : Requirement
{
    public override string Key => $"patch:{Patch}";

    public override IReadOnlyList<PatchId> Patches => [Patch];

    public override string ToString() => Patch.Value;
}

/// <summary>A product at or above a version.</summary>
public sealed record VersionRequirement(string Product, Version AtLeast) : Requirement
{
    public override string Key => $"product:{Product}:{AtLeast}";

    public override string About => $"product:{Product}";

    public override string ToString() => $"{Product} {AtLeast} or newer";
}

/// <summary>How sure a dependency is. What was only read from text warns and never blocks.</summary>
public enum DependencyBasis
{
    Metadata,
    Rule,
    Text,
}

/// <param name="Reason">A sentence for people: what goes wrong otherwise.</param>
/// <param name="DeclaredBy">Who says so: a source's name, or the author of a rule.</param>
public sealed record Dependency(Requirement Needs, DependencyBasis Basis, string Reason, Uri? Link, string DeclaredBy);

public enum DependencyState
{
    /// <summary>In place, or replaced by something newer that is.</summary>
    Met,

    /// <summary>Has an approved window in this ring.</summary>
    Planned,

    /// <summary>Known here and not yet approved.</summary>
    Open,

    /// <summary>Nobody has told PatchBot whether it is in place.</summary>
    Unknown,
}

/// <summary>A dependency of one patch, judged for one ring.</summary>
/// <param name="Because">A sentence: what makes it met, or what to do first and on which card it is.</param>
/// <param name="Window">The prerequisite's window, when it is planned.</param>
public sealed record DependencyFinding(Dependency Dependency, DependencyState State, string Because, MaintenanceWindow? Window)
{
    /// <summary>An approval must wait for it.</summary>
    public bool Blocks => Dependency.Basis != DependencyBasis.Text && State is DependencyState.Open or DependencyState.Unknown;
}

/// <summary>Someone vouched that a requirement is in place on a ring's machines.</summary>
public sealed record Confirmation(string Ring, string Requirement, People.Person By, DateTimeOffset At, string Origin);

public interface IRelationStore
{
    /// <returns><see langword="false"/> when it was confirmed before.</returns>
    Task<bool> ConfirmAsync(Confirmation confirmation, CancellationToken cancellationToken);

    /// <summary>What was confirmed about any of the requirements, oldest first: of a product, whichever version. Case is ignored.</summary>
    Task<IReadOnlyList<Confirmation>> ConfirmationsAsync(string ring, IEnumerable<Requirement> requirements, CancellationToken cancellationToken);

    /// <summary>Known patches that replace any of <paramref name="patches"/> directly, with what each replaces.</summary>
    Task<IReadOnlyList<(PatchId Newer, PatchId Older)>> SupersededByAsync(IReadOnlyCollection<PatchId> patches, CancellationToken cancellationToken);

    /// <summary>Replaces what each patch is known to need, by its facts or by a rule.</summary>
    Task SaveNeedsAsync(IReadOnlyDictionary<PatchId, IReadOnlyCollection<PatchId>> needs, CancellationToken cancellationToken);

    /// <summary>Known patches that need any of <paramref name="patches"/>, as last saved.</summary>
    Task<IReadOnlyList<PatchId>> RequiredByAsync(IReadOnlyCollection<PatchId> patches, CancellationToken cancellationToken);
}
