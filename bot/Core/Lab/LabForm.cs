using PatchBot.Cards;
using PatchBot.Core.Patches;

namespace PatchBot.Core.Lab;

/// <summary>What is wrong with one input of a sent form.</summary>
public sealed record LabFormFault(string Field, string Sentence);

/// <summary>The forms that record and change lab results, and the check of what comes back.</summary>
public static class LabForm
{
    public const string Outcome = "outcome", Host = "host", Note = "note", Text = "text";
    public const int LongestHost = 100, LongestNote = 1_000;

    private static readonly IReadOnlyList<CardChoice> Outcomes =
    [
        new("pass", "Pass: tested and OK"),
        new("fail", "Fail: a problem came with the patch"),
        new("blocked", "Blocked: something else prevents testing"),
        new("partial", "Partial: OK with a condition, or still running"),
    ];

    /// <summary>The form on a patch's card.</summary>
    public static CardForm For(PatchId patch) => Reporting(patch, "", "", "");

    /// <summary>The form that answers a question, with what the writer said already filled in.</summary>
    public static CardForm Answering(AskReading ask, PatchId patch, LabOutcome? chosen)
    {
        ArgumentNullException.ThrowIfNull(ask);
        var note = ask.Said.Length <= LongestNote ? ask.Said : $"{ask.Said[..(LongestNote - 1)]}…";
        return Reporting(patch, chosen is { } outcome ? LabWords.Of(outcome) : "", ask.Host.Length <= LongestHost ? ask.Host : "", note);
    }

    /// <summary>The form that changes a report: its fields when it holds one result, else its text to be written anew.</summary>
    public static CardForm Changing(LabReport report, IReadOnlyList<LabResult> results)
    {
        ArgumentNullException.ThrowIfNull(report);
        return results is [var only]
            ? new(LabActions.Save(report.Id), $"Change the lab result for {only.Patch}", Fields(LabWords.Of(only.Outcome), only.Host, only.Note), "Save result")
            : new(
                LabActions.Save(report.Id), "Change the lab report",
                [new TextInput(Text, "Report", Required: true, Multiline: true, MaxLength: 3_000) { Value = report.Text }], "Save report");
    }

    /// <summary>Reads a sent form. What is wrong comes back as one sentence a field.</summary>
    public static IReadOnlyList<LabFormFault> Check(
        IReadOnlyDictionary<string, string> inputs, PatchId patch, out ReportedResult? result)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var outcome = LabWords.Outcome(inputs.GetValueOrDefault(Outcome, "").Trim());
        var host = inputs.GetValueOrDefault(Host, "").Trim();
        var note = inputs.GetValueOrDefault(Note, "").Trim();
        List<LabFormFault> faults = [];
        if (outcome is null)
        {
            faults.Add(new(Outcome, "Outcome: choose pass, fail, blocked or partial."));
        }

        if (host.Length > LongestHost || host.Any(char.IsControl))
        {
            faults.Add(new(Host, $"Host: one line of at most {LongestHost} characters; this has {host.Length}."));
        }

        if (note.Length > LongestNote)
        {
            faults.Add(new(Note, $"Note: at most {LongestNote:N0} characters; this has {note.Length:N0}."));
        }

        if (outcome is LabOutcome.Blocked or LabOutcome.Partial && note.Length == 0)
        {
            faults.Add(new(Note, $"Note: say what {(outcome == LabOutcome.Blocked ? "blocks the test" : "the condition is, or what is still running")}."));
        }

        result = faults.Count == 0 ? new ReportedResult(patch, outcome!.Value, host, note) : null;
        return faults;
    }

    private static CardForm Reporting(PatchId patch, string outcome, string host, string note) =>
        new(LabActions.Report(patch), $"Lab result for {patch}", Fields(outcome, host, note), "Record result");

    private static IReadOnlyList<CardInput> Fields(string outcome, string host, string note) =>
    [
        new ChoiceInput(Outcome, "Outcome", Outcomes) { Value = outcome },
        new TextInput(Host, "Lab host", MaxLength: LongestHost) { Value = host, Placeholder = "hv-lab-02" },
        new TextInput(Note, "Note", Multiline: true, MaxLength: LongestNote) { Value = note, Placeholder = "What you saw" },
    ];
}
