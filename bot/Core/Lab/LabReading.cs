using PatchBot.Core.Patches;

namespace PatchBot.Core.Lab;

/// <summary>One result that a text clearly reports.</summary>
/// <param name="Host">Literally as written; empty when none is named.</param>
/// <param name="Note">The writer's words beyond patch, host and outcome; empty when there are none.</param>
public sealed record ReportedResult(PatchId Patch, LabOutcome Outcome, string Host, string Note);

/// <summary>Why a text that looks like a report is asked about instead of recorded.</summary>
public enum LabDoubt
{
    /// <summary>"I think", "seems", "mostly".</summary>
    Hedged,
    SoFar,
    InstalledOnly,

    /// <summary>A sign or an agreement alone: thumbs up, "ok", "done".</summary>
    BareSign,
    Contradiction,
    Hearsay,

    /// <summary>Takes an earlier report back, or moves it, without a new outcome.</summary>
    Retraction,
    PatchUnclear,

    /// <summary>Several patches and several hosts, and not which was tried where.</summary>
    PairsUnclear,
    UnknownPatch,

    /// <summary>Several machines named in short, and not which: "lab1-3", "lab*".</summary>
    HostsUnclear,

    /// <summary>"Mark it as passed".</summary>
    Order,
    LogOnly,
    SomeOfMany,
    TooLong,
    OutcomeUnclear,

    /// <summary>Reports a pass beside words that may take it back, for all the reader knows.</summary>
    NotUnderstood,
}

/// <summary>What a text says about lab results. The set is closed.</summary>
public abstract record LabReading
{
    private protected LabReading()
    {
    }

    /// <summary>Nothing to react to.</summary>
    public static LabReading None { get; } = new NoReading();
}

public sealed record NoReading : LabReading;

/// <summary>It looks like a report, but someone must say what is meant before it is recorded.</summary>
/// <param name="Question">One sentence for the writer.</param>
public sealed record AskReading(LabDoubt Doubt, string Question) : LabReading
{
    /// <summary>The one host that the text names, so that answering takes a press; empty when it names none or several.</summary>
    public string Host { get; init; } = "";

    /// <summary>The writer's words, without markup.</summary>
    public string Said { get; init; } = "";
}

/// <param name="Results">At least one; no patch and host twice.</param>
public sealed record ResultsReading(IReadOnlyList<ReportedResult> Results) : LabReading;
