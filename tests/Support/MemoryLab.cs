using PatchBot.Core.Announcements;
using PatchBot.Core.Audit;
using PatchBot.Core.Conversation;
using PatchBot.Core.Delivery;
using PatchBot.Core.Lab;
using PatchBot.Core.Patches;
using PatchBot.Core.People;
using PatchBot.Core.People.Links;
using PatchBot.Core.Record;
using PatchBot.Core.Relations;
using PatchBot.Core.Rollouts;
using PatchBot.Core.Windows;
using PatchBot.Core.Workspaces;

namespace PatchBot.Tests.Support;

/// <summary>Lab results, patches, wanted posts and audit in memory: what the lab's rules need of the record.</summary>
public sealed class MemoryLab : IRecordSession, ILabStore, IPatchStore, IPostStore, IAuditLog, IRoles
{
    private readonly List<LabReport> reports = [];
    private readonly List<LabResult> kept = [];

    public HashSet<PatchId> Known { get; } = [new("KB5032196"), new("KB5032198")];

    public List<(PostSubject Subject, string? Thread)> Wanted { get; } = [];

    public List<AuditEvent> Audited { get; } = [];

    public IPatchStore Patches => this;

    public ILabStore Lab => this;

    public IPostStore Posts => this;

    public IAuditLog Audit => this;

    public IRelationStore Relations => throw NotHere();

    public IRolloutStore Rollouts => throw NotHere();

    public IAnnouncementStore Announcements => throw NotHere();

    public IChannelStore Channels => throw NotHere();

    public IInbox Inbox => throw NotHere();

    public PatchBot.Core.Retention.IRetentionStore Retention => throw NotHere();

    public IPeopleStore People => throw NotHere();

    public ILinkStore Links { get; } = new MemoryLinks();

    public ILinkCodeStore LinkCodes => throw NotHere();

    public IWorkspaceStore Workspaces => throw NotHere();

    public ITranscript Transcript => throw NotHere();

    public Task<LabReport> AddAsync(LabReport report, IReadOnlyList<LabResult> results, CancellationToken cancellationToken)
    {
        var stored = report with { Id = reports.Count + 1 };
        reports.Add(stored);
        kept.AddRange(results.Select((result, at) => result with { Id = kept.Count + at + 1, ReportId = stored.Id }).ToList());
        return Task.FromResult(stored);
    }

    public Task<LabReport?> FindReportAsync(long id, CancellationToken cancellationToken) => Task.FromResult(reports.Find(report => report.Id == id));

    public Task<LabReport?> FindReportAsync(MessageRef message, CancellationToken cancellationToken) =>
        Task.FromResult(reports.FindLast(report => report.Message == message));

    public Task<IReadOnlyList<LabResult>> ResultsOfAsync(long reportId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<LabResult>>([.. kept.Where(result => result.ReportId == reportId)]);

    public Task<IReadOnlyList<LabResult>> StandingAsync(IReadOnlyCollection<PatchId> patches, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<LabResult>>([.. kept.Where(result => patches.Contains(result.Patch) && result.State == LabResultState.Standing)]);

    public Task<IReadOnlyList<LabResult>> NewestOfAsync(PersonId person, int limit, CancellationToken cancellationToken) => throw NotHere();

    public Task<int> EndAsync(long reportId, LabResultState state, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var ended = 0;
        for (var index = 0; index < kept.Count; index++)
        {
            if (kept[index].ReportId == reportId && kept[index].State == LabResultState.Standing)
            {
                kept[index] = kept[index] with { State = state };
                ended++;
            }
        }

        return Task.FromResult(ended);
    }

    public Task<Patch?> FindAsync(PatchId id, CancellationToken cancellationToken) => Task.FromResult(Known.Contains(id) ? Some.Patch(id.Value) : null);

    public Task<Patch?> FindByNameAsync(string name, CancellationToken cancellationToken) => FindAsync(new PatchId(name.ToUpperInvariant()), cancellationToken);

    Task<IReadOnlyList<PatchId>> IPatchStore.RecentAsync(DateTimeOffset since, CancellationToken cancellationToken) => throw NotHere();

    public Task WantAsync(ChannelRef channel, PostSubject subject, string? thread, CancellationToken cancellationToken)
    {
        Wanted.Add((subject, thread));
        return Task.CompletedTask;
    }

    public Task RefreshAsync(PostSubject subject, CancellationToken cancellationToken) => WantAsync(default, subject, null, cancellationToken);

    public Task AppendAsync(AuditEvent audited, CancellationToken cancellationToken)
    {
        Audited.Add(audited);
        return Task.CompletedTask;
    }

    public bool IsEngineer(Human human) => human.Is(Some.Engineer.Id);

    public bool IsAdmin(Human human) => human.Is(Some.Manager.Id);

    public bool IsApprover(Human human, Ring ring) => false;

    Task<IReadOnlyList<Patch>> IPatchStore.FindAsync(IReadOnlyCollection<PatchId> ids, CancellationToken cancellationToken) => throw NotHere();

    Task IPatchStore.SaveAsync(Patch patch, CancellationToken cancellationToken) => throw NotHere();

    Task<IReadOnlyList<Sighting>> IPatchStore.SightingsOfAsync(IReadOnlyCollection<PatchId> patches, CancellationToken cancellationToken) => throw NotHere();

    Task<IReadOnlyDictionary<PatchId, ContentHash>> IPatchStore.ListedInAsync(SightingOrigin origin, CancellationToken cancellationToken) => throw NotHere();

    Task IPatchStore.SaveSightingsAsync(IReadOnlyCollection<Sighting> sightings, CancellationToken cancellationToken) => throw NotHere();

    Task IPatchStore.UnlistAsync(SightingOrigin origin, IReadOnlyCollection<PatchId> patches, CancellationToken cancellationToken) => throw NotHere();

    Task<IReadOnlyDictionary<string, string>> IPatchStore.StampsAsync(string source, CancellationToken cancellationToken) => throw NotHere();

    Task IPatchStore.SaveStampAsync(SightingOrigin origin, string stamp, DateTimeOffset at, CancellationToken cancellationToken) => throw NotHere();

    Task<Post?> IPostStore.FindAsync(long postId, CancellationToken cancellationToken) => throw NotHere();

    Task<Post?> IPostStore.FindAsync(ChannelRef channel, string message, CancellationToken cancellationToken) => throw NotHere();

    Task<Post?> IPostStore.FindAsync(ChannelRef channel, PostSubject subject, CancellationToken cancellationToken) => throw NotHere();

    Task<IReadOnlyList<Post>> IPostStore.OfSubjectAsync(PostSubject subject, CancellationToken cancellationToken) => throw NotHere();

    Task<ChannelRef?> IPostStore.LeaseAsync(string owner, DateTimeOffset now, DateTimeOffset until, IReadOnlyCollection<string> platforms, ChannelRef? only, CancellationToken cancellationToken) => throw NotHere();

    Task<bool> IPostStore.RenewAsync(ChannelRef channel, string owner, DateTimeOffset until, CancellationToken cancellationToken) => throw NotHere();

    Task IPostStore.ReleaseAsync(ChannelRef channel, string owner, DateTimeOffset? notBefore, CancellationToken cancellationToken) => throw NotHere();

    Task<int> IPostStore.WaitingAsync(ChannelRef channel, CancellationToken cancellationToken) => throw NotHere();

    Task<IReadOnlyList<Post>> IPostStore.PendingAsync(ChannelRef channel, DateTimeOffset now, int limit, CancellationToken cancellationToken) => throw NotHere();

    Task IPostStore.ShownAsync(long postId, int version, string? message, string? content, CancellationToken cancellationToken) => throw NotHere();

    Task IPostStore.FailedAsync(long postId, string fault, DateTimeOffset notBefore, bool uncertain, CancellationToken cancellationToken) => throw NotHere();

    Task<IReadOnlyList<AuditEntry>> IAuditLog.ReadFromAsync(long sequence, int limit, CancellationToken cancellationToken) => throw NotHere();

    Task<(long Sequence, string Hash)> IAuditLog.HeadAsync(CancellationToken cancellationToken) => throw NotHere();

    private static NotSupportedException NotHere() => new("The lab's rules should not need this store.");
}
