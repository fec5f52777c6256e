using PatchBot.Cards;
using PatchBot.Core.Delivery;
using PatchBot.Core.Lab;
using PatchBot.Core.Patches;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Core.Lab;

/// <summary>What a lab report is answered with, by name.</summary>
public static class LabCardStates
{
    private static readonly PatchId Kb = new("KB5032196");

    private static readonly LabReport Report = new(
        7, new MessageRef(Bot.Ops, "12"), "1", Some.Engineer, Some.Noon, "KB5032196 pass on hv-lab-02, fail on sql-lab-03: the service does not start");

    public static IReadOnlyDictionary<string, ChatCard> All { get; } = new Dictionary<string, ChatCard>
    {
        ["report-recorded"] = LabReportCard.For(Report, [Result(LabOutcome.Pass, "hv-lab-02", "backups ok")]),
        ["report-several"] = LabReportCard.For(Report, Several),
        ["report-undone"] = LabReportCard.For(Report, [Result(LabOutcome.Pass, "hv-lab-02", "backups ok", LabResultState.Undone)]),
        ["report-withdrawn"] = LabReportCard.For(Report, [Result(LabOutcome.Fail, "sql-lab-03", "", LabResultState.Withdrawn)]),
        ["ask"] = LabAskCard.For(Doubtful, Kb),
        ["ask-which-patch"] = LabAskCard.For(new AskReading(LabDoubt.PatchUnclear, "Which patch do you mean?"), null),
    };

    public static IReadOnlyDictionary<string, CardForm> Forms { get; } = new Dictionary<string, CardForm>
    {
        ["record"] = LabForm.For(Kb),
        ["record-answering"] = LabForm.Answering(Doubtful, Kb, LabOutcome.Pass),
        ["record-filled"] = LabForm.Filled(Kb, new ResultsReading([new ReportedResult(Kb, LabOutcome.Fail, "sql-lab-03", "the service does not start")]), "fails"),
        ["record-choosing"] = LabForm.Asking([Some.Patch(), Some.Patch("KB5032198")], Doubtful, "seems fine on hv-lab-02"),
        ["record-naming"] = LabForm.Asking([], LabReading.None, ""),
        ["change-one"] = LabForm.Changing(Report, [Result(LabOutcome.Partial, "hv-lab-02", "still running")]),
        ["change-several"] = LabForm.Changing(Report, Several),
    };

    private static AskReading Doubtful => new(LabDoubt.Hedged, "Is that a pass?") { Host = "hv-lab-02", Said = "seems fine on hv-lab-02" };

    private static LabResult[] Several =>
        [Result(LabOutcome.Pass, "hv-lab-02", "backups ok"), Result(LabOutcome.Fail, "sql-lab-03", "the service does not start")];

    private static LabResult Result(LabOutcome outcome, string host, string note, LabResultState state = LabResultState.Standing) =>
        new(0, 7, Kb, outcome, host, note, Some.Engineer, Some.Noon) { State = state };
}
