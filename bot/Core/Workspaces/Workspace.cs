namespace PatchBot.Core.Workspaces;

public enum WorkspaceState
{
    Active,

    /// <summary>Its token is not taken any more: someone has to install the bot there again.</summary>
    Unusable,
}

/// <summary>An installation of the bot in a workspace or organisation of a chat platform, with what it takes to write there.</summary>
/// <param name="Id">As the adapter keys it, such as <c>T0123</c> or <c>E0123</c>; at most 100 characters.</param>
/// <param name="Name">For showing only.</param>
/// <param name="Sealed">The adapter's own words, protected by it; at most <see cref="LongestSealed"/> characters.</param>
public sealed record Workspace(string Platform, string Id, string Name, string Sealed)
{
    public const int LongestSealed = 8_000;

    public string Sealed { get; init; } = Sealed.Length <= LongestSealed
        ? Sealed
        : throw new ArgumentException($"What is sealed has {Sealed.Length} characters; there is room for {LongestSealed}.", nameof(Sealed));

    public WorkspaceState State { get; init; }

    public DateTimeOffset? UnusableAt { get; init; }

    /// <summary>A sentence for the admins; at most 500 characters.</summary>
    public string? UnusableWhy { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Counts what was written; 0 before the first time.</summary>
    public int Version { get; init; }

    /// <summary>How the audit names it.</summary>
    public string AuditSubject => $"workspace/{Platform}:{Id}";

    // What is sealed is nobody's to read, in a log either.
    public override string ToString() => $"{Platform}:{Id} version {Version}";
}
