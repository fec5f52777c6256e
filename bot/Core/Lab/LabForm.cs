using PatchBot.Cards;
using PatchBot.Core.Patches;

namespace PatchBot.Core.Lab;

/// <summary>What is wrong with one input of a sent form.</summary>
public sealed record LabFormFault(string Field, string Sentence);

/// <summary>The forms that record and change lab results, and the check of what comes back.</summary>
public static class LabForm
{
    public const string Outcome = "outcome", Host = "host", Note = "note", Text = "text", Patch = "patch";
    public const int LongestHost = 100, LongestNote = 1_000;

    // Slack's limits for the text and the number of choices.
    private const int LongestTitle = 75;
    public const int MostPatches = 100;

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
        return Reporting(patch, chosen is { } outcome ? LabWords.Of(outcome) : "", ask.Host.Length <= LongestHost ? ask.Host : "", Fit(ask.Said, LongestNote));
    }

    /// <summary>The form for what a message in hand says, as far as it is understood; what is not, is asked.</summary>
    /// <param name="said">The message's words, without markup.</param>
    public static CardForm Filled(PatchId patch, LabReading reading, string said)
    {
        var (outcome, host, note) = Understood(reading, said);
        return Reporting(patch, outcome, host, note);
    }

    /// <summary>As <see cref="Filled"/>, where it is not known which patch is meant.</summary>
    /// <param name="waiting">Patches to choose from; the patch is asked for by name when there are none.</param>
    public static CardForm Asking(IReadOnlyList<Patch> waiting, LabReading reading, string said)
    {
        ArgumentNullException.ThrowIfNull(waiting);
        var (outcome, host, note) = Understood(reading, said);
        CardInput which = waiting.Count > 0
            ? new ChoiceInput(Patch, "Patch", [.. waiting.Select(patch => new CardChoice(patch.Id.Value, Short($"{patch.Id}: {patch.Facts.Title}")))])
            : new TextInput(Patch, "Patch", Required: true, MaxLength: PatchId.MaxLength) { Placeholder = "KB5032196" };
        return new CardForm(LabActions.Record, "Lab result", [which, .. Fields(outcome, host, note)], "Record result");
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

    private static (string Outcome, string Host, string Note) Understood(LabReading reading, string said) => reading switch
    {
        ResultsReading { Results: [var only] } => (LabWords.Of(only.Outcome), Fit(only.Host, LongestHost), Fit(only.Note, LongestNote)),
        ResultsReading results => (
            results.Results.Select(result => result.Outcome).Distinct().ToList() is [var same] ? LabWords.Of(same) : "", "", Fit(said, LongestNote)),
        AskReading ask => ("", ask.Host.Length <= LongestHost ? ask.Host : "", Fit(said, LongestNote)),
        _ => ("", "", Fit(said, LongestNote)),
    };

    private static string Fit(string text, int longest) => text.Length <= longest ? text : $"{text[..(longest - 1)]}…";

    private static string Short(string title) => Fit(title, LongestTitle);

    private static CardForm Reporting(PatchId patch, string outcome, string host, string note) =>
        new(LabActions.Report(patch), $"Lab result for {patch}", Fields(outcome, host, note), "Record result");

    private static IReadOnlyList<CardInput> Fields(string outcome, string host, string note) =>
    [
        new ChoiceInput(Outcome, "Outcome", Outcomes) { Value = outcome },
        new TextInput(Host, "Lab host", MaxLength: LongestHost) { Value = host, Placeholder = "hv-lab-02" },
        new TextInput(Note, "Note", Multiline: true, MaxLength: LongestNote) { Value = note, Placeholder = "What you saw" },
    ];
}
