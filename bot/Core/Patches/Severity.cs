namespace PatchBot.Core.Patches;

/// <summary>
/// Normalised severity, lowest first, so that <c>&gt;=</c> means "at least". <see cref="Unrated"/> stands between
/// Medium and High: a security patch that nobody has rated is treated with caution, not as harmless.
/// </summary>
public enum Severity
{
    None,
    Low,
    Medium,
    Unrated,
    High,
    Critical,
}

/// <summary>What a patch is for.</summary>
public enum PatchKind
{
    Unknown,
    Security,
    Bugfix,
    Enhancement,
    Feature,
    Definition,
    Driver,
    Tool,
}

/// <summary>How the vendor packages the fix.</summary>
public enum UpdateType
{
    Unspecified,
    ServicingStack,
    Cumulative,
    MonthlyRollup,
    SecurityOnly,
    Hotpatch,
    ProductUpdate,
}

/// <summary>Whether installing restarts the machine. <see cref="Unknown"/> (the source is silent) is not <see cref="No"/>.</summary>
public enum RestartNeed
{
    Unknown,
    No,
    Maybe,
    Yes,
}

/// <summary>What a source says about a yes/no question; <see cref="Unknown"/> when it says nothing.</summary>
public enum Claim
{
    Unknown,
    No,
    Yes,
}
