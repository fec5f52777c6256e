using PatchBot.Core.Delivery;
using PatchBot.Core.Patches;
using PatchBot.Core.People;

namespace PatchBot.Core.Lab;

/// <summary>What came out of trying a patch on a lab host.</summary>
public enum LabOutcome
{
    Pass,
    Fail,
    Blocked,
    Partial,
}

/// <summary>Whether a result still counts.</summary>
public enum LabResultState
{
    Standing,

    /// <summary>Its author took it back.</summary>
    Undone,

    /// <summary>Its message was edited or its author changed it; newer results took its place.</summary>
    Replaced,

    /// <summary>Its message was deleted.</summary>
    Withdrawn,
}

/// <summary>What one message or form reported: one or more results, undone and changed together.</summary>
/// <param name="Message">The message, or the form's press, that it came from.</param>
/// <param name="Thread">Root message of its thread, where the echo goes; <see langword="null"/> outside of threads.</param>
public sealed record LabReport(long Id, MessageRef Message, string? Thread, Person By, DateTimeOffset At, string Text);

/// <summary>The outcome of one test of a patch on one lab host.</summary>
/// <param name="Host">As written; empty when none was named, which speaks for the patch as a whole.</param>
/// <param name="Note">The reporter's words; plain text, at most 1,000 characters.</param>
public sealed record LabResult(
    long Id,
    long ReportId,
    PatchId Patch,
    LabOutcome Outcome,
    string Host,
    string Note,
    Person By,
    DateTimeOffset At,
    LabResultState State = LabResultState.Standing);
