using PatchBot.Cards;
using PatchBot.Core.Approvals;
using PatchBot.Core.Lab;
using PatchBot.Core.Patches;
using PatchBot.Core.Record;
using PatchBot.Core.Rollouts;
using PatchBot.Core.Windows;

namespace PatchBot.Core.Exports;

/// <summary>The record as tables, for those who report from it: what is open, and what became of one patch. Only looks.</summary>
public sealed class Exporter(IRings rings, TimeProvider clock)
{
    // More than a person can look through; the database has the rest.
    private const int Most = 5_000;

    private static readonly string[] OpenHeader =
        ["patch", "title", "severity", "exploited", "released", "ring", "state", "window start (UTC)", "window end (UTC)", "in time", "lab"];

    private static readonly string[] HistoryHeader = ["at (UTC)", "what", "ring", "host", "by", "person", "note", "stands"];

    /// <summary>Every rollout that awaits a decision or its window, earliest window first.</summary>
    public async Task<Exported> OpenAsync(IRecordSession session, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        var open = await session.Rollouts.InStateAsync([RolloutState.Proposed, RolloutState.Deferred, RolloutState.Approved], Most, cancellationToken);
        PatchId[] ids = [.. open.Select(rollout => rollout.Patch).Distinct()];
        var patches = (await session.Patches.FindAsync(ids, cancellationToken)).ToDictionary(patch => patch.Id);
        var standing = await session.Lab.StandingAsync(ids, cancellationToken);
        var (results, testers) = (standing.ToLookup(result => result.Patch), await LabStatus.TestersAsync(session, standing, cancellationToken));
        var rows = open.Where(rollout => patches.ContainsKey(rollout.Patch))
            .Select(rollout => Row(rollout, patches[rollout.Patch], LabStatus.Of([.. results[rollout.Patch]], testers)))
            .ToList();
        return new Exported($"open-patches-{clock.GetUtcNow():yyyy-MM-dd}.csv", "Open patches", rows.Count, CsvFile.Write(OpenHeader, rows));
    }

    /// <summary>Lab results and decisions of one patch, oldest first.</summary>
    public async Task<Exported> HistoryAsync(IRecordSession session, Patch patch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(patch);
        var rows = (await session.Lab.StandingAsync([patch.Id], cancellationToken)).Select(result => (result.At, Row: Row(result))).ToList();
        foreach (var rollout in await session.Rollouts.OfPatchesAsync([patch.Id], cancellationToken))
        {
            rows.AddRange((await session.Rollouts.DecisionsAsync(rollout.Id, cancellationToken)).Select(decision => (decision.At, Row(decision, Title(rollout.Ring)))));
        }

        return new Exported(
            $"{FileNameOf(patch.Id)}-{clock.GetUtcNow():yyyy-MM-dd}.csv",
            $"Lab results and decisions of {patch.Id}",
            rows.Count,
            CsvFile.Write(HistoryHeader, rows.OrderBy(row => row.At).Select(row => row.Row)));
    }

    private string[] Row(Rollout rollout, Patch patch, LabStatus lab) =>
    [
        patch.Id.Value,
        patch.Facts.Title,
        patch.Facts.Severity.ToString(),
        patch.Facts.Exploited.ToString(),
        ZonedTime.Iso(patch.ReleasedAt),
        Title(rollout.Ring),
        rollout.State.ToString(),
        rollout.Window is { } window ? ZonedTime.Iso(window.Start) : "",
        rollout.Window is { } until ? ZonedTime.Iso(until.End) : "",
        rollout.Window is null ? "" : rollout.InTime ? "yes" : "no",
        lab.Standing.ToString(),
    ];

    private static string[] Row(LabResult result) =>
        [ZonedTime.Iso(result.At), $"lab: {LabWords.Of(result.Outcome)}", "", result.Host, result.By.Name, result.By.Id.Value, result.Note, "yes"];

    private static string[] Row(Decision decision, string ring) =>
        [ZonedTime.Iso(decision.At), ApprovalText.Verb(decision.Kind), ring, "", decision.By.Name, decision.By.Id.Value, decision.Reason, decision.Standing ? "yes" : "no"];

    // A vendor's id becomes a name on people's disks.
    private static string FileNameOf(PatchId patch) =>
        new([.. patch.Value.Take(80).Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' ? letter : '-')]);

    private string Title(string ring) => rings.Find(ring)?.Title ?? ring;
}
