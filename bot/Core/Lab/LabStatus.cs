using PatchBot.Core.People;
using PatchBot.Core.People.Links;
using PatchBot.Core.Record;

namespace PatchBot.Core.Lab;

/// <summary>Where the lab stands with a patch.</summary>
public enum LabStanding
{
    Untested,

    /// <summary>Everything that was tested passes now.</summary>
    Passed,
    Failed,
    Blocked,

    /// <summary>Something passed with a condition, or some hosts passed while others are blocked.</summary>
    Partial,
}

/// <summary>
/// The standing results of one patch, weighed. Of each host only the latest result counts. A result without host speaks
/// for the patch as a whole: it replaces the same human's earlier one without host, whichever identity they used, and nobody
/// else's. No host's failure is lifted by it; only a newer result on that host does that.
/// </summary>
public sealed record LabStatus
{
    private LabStatus(IReadOnlyList<LabResult> latest) => Latest = latest;

    public static LabStatus Untested { get; } = new([]);

    /// <summary>What counts: the latest result of each host, and of each human for results without host.</summary>
    public IReadOnlyList<LabResult> Latest { get; }

    public LabStanding Standing => Latest switch
    {
        [] => LabStanding.Untested,
        _ when Any(LabOutcome.Fail) => LabStanding.Failed,
        _ when Any(LabOutcome.Partial) => LabStanding.Partial,
        _ when !Any(LabOutcome.Blocked) => LabStanding.Passed,
        _ when Any(LabOutcome.Pass) => LabStanding.Partial,
        _ => LabStanding.Blocked,
    };

    public int Passes => Latest.Count(result => result.Outcome == LabOutcome.Pass);

    /// <summary>Who recorded the passes that count. An approver who is the only one should ask somebody else.</summary>
    public IReadOnlySet<PersonId> Testers => Latest.Where(result => result.Outcome == LabOutcome.Pass).Select(result => result.By.Id).ToHashSet();

    /// <summary>For the snapshot of an approval: <c>hv-lab-02 pass; sql-lab-03 fail</c>, by host; empty when untested.</summary>
    public string Digest => string.Join("; ", Latest.Select(result => $"{(result.Host.Length > 0 ? result.Host : "lab")} {LabWords.Of(result.Outcome)}"));

    /// <summary>Who of those who spoke without a host is one human: what <see cref="Of"/> needs to know of results, of one patch or many.</summary>
    public static Task<Humans> TestersAsync(IRecordSession session, IEnumerable<LabResult> results, CancellationToken cancellationToken) =>
        session.Links.AmongAsync(results.Where(result => result.Host.Length == 0).Select(result => result.By.Id), cancellationToken);

    /// <param name="standing">Standing results of one patch, oldest first.</param>
    /// <param name="testers">See <see cref="TestersAsync"/>.</param>
    public static LabStatus Of(IReadOnlyList<LabResult> standing, Humans testers)
    {
        ArgumentNullException.ThrowIfNull(standing);
        return new(
        [
            .. standing
                .Where(result => result.State == LabResultState.Standing)
                .GroupBy(result => result.Host.Length > 0 ? result.Host.ToUpperInvariant() : $"\n{testers.Of(result.By.Id).Id}")
                .Select(group => group.OrderBy(result => result.At).ThenBy(result => result.Id).Last())
                .OrderBy(result => result.Host, StringComparer.OrdinalIgnoreCase)
                .ThenBy(result => result.By.Id.Value, StringComparer.Ordinal),
        ]);
    }

    /// <summary>Enough passes, and no host's latest result is a failure.</summary>
    public bool AllowsApproval(LabOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return !Any(LabOutcome.Fail) && Passes >= Math.Max(1, options.RequiredPasses);
    }

    /// <summary>One sentence on where the lab stands, for cards.</summary>
    public string Sentence => Standing switch
    {
        LabStanding.Untested => "Not tested in the lab yet.",
        LabStanding.Passed => $"Passed in the lab: {Digest}.",
        LabStanding.Failed => $"Failed in the lab: {Digest}.",
        LabStanding.Blocked => $"Testing is blocked: {Digest}.",
        LabStanding.Partial => $"Partly tested: {Digest}.",
    };

    private bool Any(LabOutcome outcome) => Latest.Any(result => result.Outcome == outcome);
}
