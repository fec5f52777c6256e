using PatchBot.Cards;
using PatchBot.Core.Patches;

namespace PatchBot.Core.Lab;

/// <summary>What came of a lab message, press or form. The set is closed.</summary>
/// <param name="Affected">Patches whose results changed: refresh their cards, review their rollouts.</param>
public abstract record LabAnswer(IReadOnlyList<PatchId> Affected)
{
    private protected LabAnswer()
        : this([])
    {
    }
}

/// <summary>Nothing to say or do.</summary>
public sealed record LabSilent : LabAnswer;

/// <summary>Recorded; the echo follows as a post. <paramref name="Text"/> is for the person alone.</summary>
public sealed record LabRecorded(LabReport Report, string Text, IReadOnlyList<PatchId> Affected) : LabAnswer(Affected);

/// <summary>An earlier report no longer counts.</summary>
public sealed record LabEnded(string Text, IReadOnlyList<PatchId> Affected) : LabAnswer(Affected);

/// <summary>Not clear enough to record; the card asks, in the thread.</summary>
public sealed record LabAsked(ChatCard Card, IReadOnlyList<PatchId> Affected) : LabAnswer(Affected);

/// <summary>A form for the person alone.</summary>
public sealed record LabFormOffered(CardForm Form) : LabAnswer;

/// <summary>Nothing changed, and why: one sentence for the person alone.</summary>
/// <param name="Field">The input of the form that it is about, when one is to blame.</param>
public sealed record LabRefused(string Text, string? Field = null) : LabAnswer;
