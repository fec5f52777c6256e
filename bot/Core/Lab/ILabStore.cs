using PatchBot.Core.Delivery;
using PatchBot.Core.Patches;
using PatchBot.Core.People;

namespace PatchBot.Core.Lab;

public interface ILabStore
{
    /// <summary>Adds a report and its results; ids are given here and returned.</summary>
    Task<LabReport> AddAsync(LabReport report, IReadOnlyList<LabResult> results, CancellationToken cancellationToken);

    Task<LabReport?> FindReportAsync(long id, CancellationToken cancellationToken);

    /// <summary>The newest report that a message gave; edits may have given several.</summary>
    Task<LabReport?> FindReportAsync(MessageRef message, CancellationToken cancellationToken);

    /// <summary>All results of a report, whatever their state, in the order they were given.</summary>
    Task<IReadOnlyList<LabResult>> ResultsOfAsync(long reportId, CancellationToken cancellationToken);

    /// <summary>Results that count, for any of the patches, oldest first.</summary>
    Task<IReadOnlyList<LabResult>> StandingAsync(IReadOnlyCollection<PatchId> patches, CancellationToken cancellationToken);

    /// <summary>Results of one person that count, newest first.</summary>
    Task<IReadOnlyList<LabResult>> NewestOfAsync(PersonId person, int limit, CancellationToken cancellationToken);

    /// <summary>Ends every standing result of a report.</summary>
    /// <returns>How many ended; 0 when someone else was first.</returns>
    Task<int> EndAsync(long reportId, LabResultState state, DateTimeOffset at, CancellationToken cancellationToken);
}
