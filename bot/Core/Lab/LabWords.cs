using PatchBot.Cards;

namespace PatchBot.Core.Lab;

/// <summary>The words and colours of outcomes, the same on every card.</summary>
public static class LabWords
{
    public static string Of(LabOutcome outcome) => outcome switch
    {
        LabOutcome.Pass => "pass",
        LabOutcome.Fail => "fail",
        LabOutcome.Blocked => "blocked",
        LabOutcome.Partial => "partial",
    };

    public static Tone Tone(LabOutcome outcome) => outcome switch
    {
        LabOutcome.Pass => Cards.Tone.Good,
        LabOutcome.Fail => Cards.Tone.Danger,
        LabOutcome.Blocked => Cards.Tone.Warning,
        LabOutcome.Partial => Cards.Tone.Warning,
    };

    /// <summary>The note without what the result says already: "pass on hv-lab-02, backups ok" leaves "backups ok".</summary>
    public static string Remark(LabResult result)
    {
        var note = result.Note.AsSpan().Trim();
        foreach (var said in (ReadOnlySpan<string>)[Of(result.Outcome), "on", result.Host])
        {
            if (said.Length > 0 && note.StartsWith(said, StringComparison.OrdinalIgnoreCase)
                && (note.Length == said.Length || !char.IsLetterOrDigit(note[said.Length])))
            {
                note = note[said.Length..].TrimStart(" ,;:.-–");
            }
        }

        return note.ToString();
    }

    public static LabOutcome? Outcome(string word) => word switch
    {
        "pass" => LabOutcome.Pass,
        "fail" => LabOutcome.Fail,
        "blocked" => LabOutcome.Blocked,
        "partial" => LabOutcome.Partial,
        _ => null,
    };
}
