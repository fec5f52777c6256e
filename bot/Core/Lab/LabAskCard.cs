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
        return new ChatCard
        {
            Title = "Not recorded",
            Summary = sentence,
            Tone = Tone.Warning,
            Body = [new TextBlock(sentence), new TextBlock("Use a button, or write it as in \"pass on hv-lab-02, backups ok\".", Subtle: true)],
            Actions = patch is { } known && ask.Doubt is not (LabDoubt.PatchUnclear or LabDoubt.UnknownPatch)
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
