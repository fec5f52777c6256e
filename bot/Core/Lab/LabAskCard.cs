using PatchBot.Cards;
using PatchBot.Core.Patches;

namespace PatchBot.Core.Lab;

/// <summary>Asks instead of recording; where the patch is known, the answer is a form that holds what was written.</summary>
public static class LabAskCard
{
    public static ChatCard For(AskReading ask, PatchId? patch)
    {
        ArgumentNullException.ThrowIfNull(ask);
        var sentence = $"I did not record anything: {char.ToLowerInvariant(ask.Question[0])}{ask.Question[1..]}";
        sentence = ask.Question.StartsWith("I ", StringComparison.Ordinal) ? $"I did not record anything. {ask.Question}" : sentence;

        // A form is for one patch.
        var meant = ask.Doubt is LabDoubt.PatchUnclear or LabDoubt.UnknownPatch ? null : patch;
        var remedy = meant is null
            ? "Name the patch, as in \"KB5032196 pass on hv-lab-02, backups ok\", or reply in the thread of its card."
            : "Use a button, or write it as in \"pass on hv-lab-02, backups ok\".";
        return new ChatCard
        {
            Title = "Not recorded",
            Summary = sentence,
            Tone = Tone.Warning,
            Body = [new TextBlock(sentence), new TextBlock(remedy, Subtle: true)],
            Actions = meant is { } known
                ?
                [
                    new FormAction("Record a pass", LabForm.Answering(ask, known, LabOutcome.Pass)),
                    new FormAction("Record a failure", LabForm.Answering(ask, known, LabOutcome.Fail)),
                    new FormAction("Record another outcome", LabForm.Answering(ask, known, null)),
                ]
                : [],
        };
    }
}
