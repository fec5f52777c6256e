using PatchBot.Core.Delivery;
using PatchBot.Core.Patches;
using PatchBot.Core.People;
using PatchBot.Core.People.Links;
using PatchBot.Core.Record;

namespace PatchBot.Core.Lab;

/// <summary>
/// Takes in lab reports: records, follows edits and deletions, undoes and changes. Works in the caller's transaction;
/// the echo in the thread is a post (<see cref="LabReportCard"/>).
/// </summary>
public sealed class LabDesk(IRoles roles, TimeProvider clock)
{
    private readonly LabLedger ledger = new(clock);

    private const string NotAnEngineer = "Only engineers can record lab results; nothing was recorded. Ask an admin to add you to People:Engineers.";

    /// <summary>Reads a message with the patches that the record knows.</summary>
    public static async Task<LabReading> ReadAsync(IRecordSession session, string text, PatchId? threadPatch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        var known = new Dictionary<string, PatchId>();

        // A message that names dozens of patches is a list, not a report; each name costs a look-up.
        foreach (var name in LabReplyReader.Mentions(text).Take(20))
        {
            if (await session.Patches.FindByNameAsync(name, cancellationToken) is { } patch)
            {
                known[name] = patch.Id;
            }
        }

        return LabReplyReader.Read(text, threadPatch, known);
    }

    /// <summary>A new message.</summary>
    /// <param name="writtenAt">
    /// Of a message that was read only afterwards. Its results stand where they would had it been read at once: before what was
    /// reported of the same host since, and to the revision that the patch had then.
    /// </param>
    public async Task<LabAnswer> ReportAsync(
        IRecordSession session, MessageRef message, string? thread, Person by, string text, PatchId? threadPatch, LabReading reading, DateTimeOffset? writtenAt, CancellationToken cancellationToken) =>
        reading switch
        {
            ResultsReading when !await MayRecordAsync(session, by, cancellationToken) => new LabRefused(NotAnEngineer),
            AskReading ask when await MayRecordAsync(session, by, cancellationToken) => new LabAsked(LabAskCard.For(ask, threadPatch), []),
            ResultsReading results => await ledger.RecordAsync(session, new LabReport(0, message, thread, by, writtenAt ?? clock.GetUtcNow(), text), results.Results, cancellationToken),
            _ => new LabSilent(),
        };

    /// <summary>An edited message: its results follow the new text; when that is no longer clear, they stop counting.</summary>
    /// <param name="editedAt">As in <see cref="ReportAsync"/>.</param>
    public async Task<LabAnswer> EditedAsync(
        IRecordSession session, MessageRef message, string? thread, Person by, string text, PatchId? threadPatch, LabReading reading, DateTimeOffset? editedAt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (await session.Lab.FindReportAsync(message, cancellationToken) is not { } before)
        {
            return await ReportAsync(session, message, thread, by, text, threadPatch, reading, editedAt, cancellationToken);
        }

        var old = await session.Lab.ResultsOfAsync(before.Id, cancellationToken);
        if (!old.Any(result => result.State == LabResultState.Standing))
        {
            // Undone or changed with the buttons: what was decided there counts until a different result is written. What was
            // only withdrawn with its message comes back with it.
            var decided = LabLedger.Same(old, reading) && old.Any(result => result.State != LabResultState.Withdrawn);
            return decided || reading is not ResultsReading ? new LabSilent()
                : await ReportAsync(session, message, thread, by, text, threadPatch, reading, editedAt, cancellationToken);
        }

        if (LabLedger.Same(old, reading))
        {
            return new LabSilent();
        }

        // Whoever edits may end what the message said; recording anew needs the role.
        var mayRecord = await MayRecordAsync(session, by, cancellationToken);
        var results = mayRecord ? (reading as ResultsReading)?.Results ?? [] : [];
        var affected = await ledger.EndAsync(session, before, old, results.Count > 0 ? LabResultState.Replaced : LabResultState.Withdrawn, by, "lab.edited", cancellationToken);
        if (results.Count == 0)
        {
            return reading is AskReading ask && mayRecord
                ? new LabAsked(LabAskCard.For(ask, threadPatch), affected)
                : new LabEnded("Your message no longer reports a result; the earlier one does not count any more.", affected);
        }

        var recorded = await ledger.RecordAsync(session, before with { Id = 0, By = by, At = editedAt ?? clock.GetUtcNow(), Text = text }, results, cancellationToken);
        return recorded with { Affected = [.. affected.Union(recorded.Affected)] };
    }

    /// <summary>A deleted message takes its results with it.</summary>
    public async Task<LabAnswer> DeletedAsync(IRecordSession session, MessageRef message, Person by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (await session.Lab.FindReportAsync(message, cancellationToken) is not { } report)
        {
            return new LabSilent();
        }

        var results = await session.Lab.ResultsOfAsync(report.Id, cancellationToken);
        var affected = await ledger.EndAsync(session, report, results, LabResultState.Withdrawn, by, "lab.withdrawn", cancellationToken);
        return affected is [] ? new LabSilent() : new LabEnded("The message was deleted; its lab results no longer count.", affected);
    }

    public async Task<LabAnswer> UndoAsync(IRecordSession session, long reportId, Person by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (await session.Lab.FindReportAsync(reportId, cancellationToken) is not { } report)
        {
            return new LabRefused(Unknown(reportId));
        }

        if (!MayTouch(report, await session.Links.HumanAsync(by.Id, cancellationToken)))
        {
            return new LabRefused($"Only {report.By.Name} or an admin can undo this report.");
        }

        var results = await session.Lab.ResultsOfAsync(reportId, cancellationToken);
        var affected = await ledger.EndAsync(session, report, results, LabResultState.Undone, by, "lab.undone", cancellationToken);
        return affected is [] ? new LabRefused("This report was already undone or replaced; nothing changed.") : new LabEnded("Undone. The report no longer counts.", affected);
    }

    /// <summary>The form for <c>lab.change</c>.</summary>
    public async Task<LabAnswer> ChangeFormAsync(IRecordSession session, long reportId, Person by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        var (report, standing, refused) = await FindChangeableAsync(session, reportId, by, cancellationToken);
        return refused ?? (LabAnswer)new LabFormOffered(LabForm.Changing(report!, standing));
    }

    /// <summary>The sent form of <see cref="ChangeFormAsync"/>: a new report takes the old one's place.</summary>
    public async Task<LabAnswer> ChangeAsync(
        IRecordSession session, long reportId, Person by, IReadOnlyDictionary<string, string> inputs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(inputs);
        var (report, standing, refused) = await FindChangeableAsync(session, reportId, by, cancellationToken);
        if (refused is not null)
        {
            return refused;
        }

        IReadOnlyList<ReportedResult> results;
        var text = inputs.GetValueOrDefault(LabForm.Text, "").Trim();
        if (standing is [var only])
        {
            var faults = LabForm.Check(inputs, only.Patch, out var result);
            if (result is null)
            {
                return Refuse("Nothing changed.", faults);
            }

            (results, text) = ([result], LabLedger.Spoken(result));
        }
        else
        {
            PatchId? patch = standing.Select(result => result.Patch).Distinct().ToList() is [var one] ? one : null;
            var reading = await ReadAsync(session, text, patch, cancellationToken);
            if (reading is not ResultsReading read)
            {
                return new LabRefused($"Nothing changed. {(reading is AskReading ask ? ask.Question : "Report: no result can be read from this text; write it as in \"pass on hv-lab-02\".")}", LabForm.Text);
            }

            results = read.Results;
        }

        if (standing.Count == results.Count && LabLedger.Same(standing, new ResultsReading(results)) && standing.Select(result => result.Note).SequenceEqual(results.Select(result => result.Note)))
        {
            return new LabRefused("Nothing changed: that is what is recorded.");
        }

        var affected = await ledger.EndAsync(session, report!, standing, LabResultState.Replaced, by, "lab.changed", cancellationToken);
        if (affected is [])
        {
            return new LabRefused("This report was already undone or replaced; nothing changed.");
        }

        var recorded = await ledger.RecordAsync(session, report! with { Id = 0, By = by, At = clock.GetUtcNow(), Text = text }, results, cancellationToken);
        return recorded with { Affected = [.. affected.Union(recorded.Affected)] };
    }

    /// <summary>The sent form of a patch's card.</summary>
    /// <param name="origin">The press; unique, so that the report can be told apart.</param>
    /// <param name="thread">Root message of the card, where the echo goes.</param>
    public async Task<LabAnswer> ReportFormAsync(
        IRecordSession session, MessageRef origin, string? thread, Person by, PatchId patch, IReadOnlyDictionary<string, string> inputs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (!await MayRecordAsync(session, by, cancellationToken))
        {
            return new LabRefused(NotAnEngineer);
        }

        if (await session.Patches.FindAsync(patch, cancellationToken) is null)
        {
            return new LabRefused($"I don't know {patch}; nothing was recorded. Use the form on the patch's card.");
        }

        var faults = LabForm.Check(inputs, patch, out var result);
        return result is null
            ? Refuse("Nothing was recorded.", faults)
            : await ledger.RecordAsync(session, new LabReport(0, origin, thread, by, clock.GetUtcNow(), LabLedger.Spoken(result)), [result], cancellationToken);
    }

    private async Task<bool> MayRecordAsync(IRecordSession session, Person by, CancellationToken cancellationToken) =>
        MayRecord(await session.Links.HumanAsync(by.Id, cancellationToken));

    private bool MayRecord(Human human) => roles.IsEngineer(human) || roles.IsAdmin(human);

    private bool MayTouch(LabReport report, Human human) => human.Is(report.By.Id) || roles.IsAdmin(human);

    private static LabRefused Refuse(string outcome, IReadOnlyList<LabFormFault> faults) =>
        new($"{outcome} {string.Join(' ', faults.Select(fault => fault.Sentence))}", faults[0].Field);

    private static string Unknown(long reportId) => $"There is no lab report {reportId}; nothing changed.";

    private async Task<(LabReport? Report, IReadOnlyList<LabResult> Standing, LabRefused? Refused)> FindChangeableAsync(
        IRecordSession session, long reportId, Person by, CancellationToken cancellationToken)
    {
        if (await session.Lab.FindReportAsync(reportId, cancellationToken) is not { } report)
        {
            return (null, [], new LabRefused(Unknown(reportId)));
        }

        var human = await session.Links.HumanAsync(by.Id, cancellationToken);
        if (!MayTouch(report, human) || !MayRecord(human))
        {
            return (null, [], new LabRefused($"Only {report.By.Name} or an admin can change this report."));
        }

        List<LabResult> standing = [.. (await session.Lab.ResultsOfAsync(reportId, cancellationToken)).Where(result => result.State == LabResultState.Standing)];
        return (report, standing, standing is [] ? new LabRefused("This report was already undone or replaced; nothing changed.") : null);
    }
}
