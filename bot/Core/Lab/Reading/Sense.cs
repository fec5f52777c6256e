namespace PatchBot.Core.Lab.Reading;

/// <summary>What a word or phrase does in a report. The lexicons in <c>Words</c> say which words have which sense.</summary>
internal enum Sense
{
    None,

    /// <summary>Words without weight, such as "on", "the", "host".</summary>
    Filler,

    /// <summary>Looks like another sense and is not: "pass it on", "good morning", "failed over".</summary>
    Neutral,

    /// <summary>Goes with a pass and doesn't change it: times, machines, kinds of tests.</summary>
    Harmless,

    /// <summary>Thanks, small talk and plans, which may stand beside a pass but not in its clause: "give it a pass" reports nothing.</summary>
    Chat,

    /// <summary>A part of a machine or of its work, such as "backups" or "iis".</summary>
    Part,

    /// <summary>Before a person's name: "tester", "regards".</summary>
    Name,

    // Verdicts.
    Pass,
    Fail,
    Blocked,
    Partial,

    // Weaker evidence.
    Fine,
    Looks,
    Agreement,
    Problem,
    Symptom,
    Unclear,

    /// <summary>Something that machines should do or have; an absence of it is a symptom.</summary>
    Able,

    /// <summary>What is said of a part that does what it should: "connects", "is running".</summary>
    Well,
    Cause,
    Untestable,
    InstallFailed,
    Installed,
    Tested,
    RolledBack,
    Running,
    Untested,
    Caveat,
    Except,

    /// <summary>Ties what happened to the patch: "after the update".</summary>
    Linked,
    Verdict,

    /// <summary>A step around the test, whose success says nothing of the patch: "snapshot ok".</summary>
    Step,

    // Turns and doubts.
    Not,
    Hedge,
    SoFar,
    Hearsay,
    Order,
    Sarcasm,
    Settled,

    // What is not about this patch, this lab or this moment.
    External,
    OtherPatch,
    Unrelated,
    Aside,
    Future,
    If,
    Asking,
    Earlier,
    Now,
    Correction,

    /// <summary>Before a host that is not the place of the outcome: "can't reach".</summary>
    Towards,
    But,

    // Signs.
    Green,
    Red,
    Yellow,

    // Worked out from several words, never in a lexicon.

    /// <summary>A symptom that was looked for and is absent; says nothing about the rest.</summary>
    Quiet,
    AllOf,
    SomeOf,
    DoubleNegation,
}
