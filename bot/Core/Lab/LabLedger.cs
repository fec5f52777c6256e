using PatchBot.Core.Audit;
using PatchBot.Core.Patches;
using PatchBot.Core.People;
using PatchBot.Core.Record;

namespace PatchBot.Core.Lab;

/// <summary>Writes reports and their ends, each with its audit entries and its echo.</summary>
internal sealed class LabLedger(TimeProvider clock)
{
    /// <summary>A result as someone would write it.</summary>
    public static string Spoken(ReportedResult result) =>
        $"{LabWords.Of(result.Outcome)}{(result.Host.Length > 0 ? $" on {result.Host}" : "")}{(result.Note.Length > 0 ? $": {result.Note}" : "")}";

    public async Task<LabRecorded> RecordAsync(
        IRecordSession session, LabReport report, IReadOnlyList<ReportedResult> reported, CancellationToken cancellationToken)
    {
        var results = reported.Select(one => new LabResult(0, 0, one.Patch, one.Outcome, one.Host, one.Note, report.By, report.At)).ToList();
        var stored = await session.Lab.AddAsync(report, results, cancellationToken);
        foreach (var one in reported)
        {
            await AuditAsync(session, stored, report.By, "lab.reported", one.Patch, Spoken(one), cancellationToken);
        }

        await session.Posts.WantAsync(stored.Message.Channel, LabReportCard.SubjectOf(stored.Id), stored.Thread, cancellationToken);
        return new LabRecorded(stored, $"Recorded {string.Join("; ", reported.Select(one => $"{one.Patch}: {LabWords.Of(one.Outcome)}{(one.Host.Length > 0 ? $" on {one.Host}" : "")}"))}.", Patches(results));
    }

    /// <returns>The patches concerned; none when someone else ended the report first.</returns>
    public async Task<IReadOnlyList<PatchId>> EndAsync(
        IRecordSession session, LabReport report, IReadOnlyList<LabResult> results, LabResultState state, Person by, string action, CancellationToken cancellationToken)
    {
        if (await session.Lab.EndAsync(report.Id, state, clock.GetUtcNow(), cancellationToken) == 0)
        {
            return [];
        }

        List<LabResult> ended = [.. results.Where(result => result.State == LabResultState.Standing)];
        foreach (var result in ended)
        {
            await AuditAsync(session, report, by, action, result.Patch, $"{LabWords.Of(result.Outcome)} {result.Host}".TrimEnd() + " no longer counts", cancellationToken);
        }

        await session.Posts.RefreshAsync(LabReportCard.SubjectOf(report.Id), cancellationToken);
        return Patches(ended);
    }

    private Task AuditAsync(IRecordSession session, LabReport report, Person by, string action, PatchId patch, string detail, CancellationToken cancellationToken) =>
        session.Audit.AppendAsync(
            new AuditEvent(clock.GetUtcNow(), by.Id, action, $"patch/{patch}", detail.ReplaceLineEndings(" "), report.Message.ToString()), cancellationToken);

    public static bool Same(IEnumerable<LabResult> old, LabReading reading) =>
        reading is ResultsReading read
        && old.Select(result => (result.Patch, result.Outcome, result.Host)).ToHashSet().SetEquals(read.Results.Select(result => (result.Patch, result.Outcome, result.Host)));

    private static IReadOnlyList<PatchId> Patches(IEnumerable<LabResult> results) => [.. results.Select(result => result.Patch).Distinct()];
}
