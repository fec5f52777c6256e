namespace PatchBot.Core.Lab.Reading;

/// <summary>What one clause says, before it is put together with its neighbours.</summary>
internal sealed class ClauseReading(Clause clause)
{
    public Clause Clause { get; } = clause;

    public List<string> Hosts { get; } = [];

    /// <summary>The hosts stand in a heading, not here.</summary>
    public bool Headed { get; set; }

    public List<string> Patches { get; } = [];

    /// <summary>Evidence, in order of mention.</summary>
    public List<Sense> Findings { get; } = [];

    /// <summary>Doubts and turns: <see cref="Sense.Hedge"/>, <see cref="Sense.Earlier"/>, …</summary>
    public HashSet<Sense> Turns { get; } = [];

    /// <summary>Words that mean nothing to the reader.</summary>
    public int Unknown { get; set; }

    /// <summary>About something else: a plan, a question, last month's patch.</summary>
    public bool Ignored { get; set; }

    /// <summary>Said before a correction, and so no longer.</summary>
    public bool TakenBack { get; set; }

    /// <summary>A failure count such as "2 failed" was named.</summary>
    public bool CountedFailures { get; set; }

    /// <summary>Ends in "did not", which turns the outcome before it around.</summary>
    public bool EndsInNot { get; set; }

    /// <summary>A negation whose object is not known: "never prints again" to a reader who doesn't know printing.</summary>
    public bool DeniesSomething { get; set; }

    public bool IsPure => Findings.Count == 0 && Unknown == 0;

    public bool Has(Sense sense) => Findings.Contains(sense);

    public bool HasOutcome => Findings.Exists(IsOutcome);

    public static bool IsOutcome(Sense finding) => IsVerdict(finding)
        || finding is Sense.Fine or Sense.Symptom or Sense.Green or Sense.Red or Sense.Running or Sense.Untested or Sense.InstallFailed;

    public static bool IsVerdict(Sense finding) => finding is Sense.Pass or Sense.Fail or Sense.Blocked or Sense.Partial;
}
