using PatchBot.Core.Announcements;
using PatchBot.Core.Approvals;
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
using PatchBot.Core.Workspaces;
using PatchBot.Core.Windows;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Core.Relations;

/// <summary>Patches, relations, rollouts and audit in memory; counts how often it is asked.</summary>
internal sealed class MemorySession : IRecordSession, IPatchStore, IRelationStore, IRolloutStore, IAuditLog
{
    private readonly Dictionary<PatchId, Patch> patches = [];
    private readonly List<Rollout> rollouts = [];
    private readonly List<Confirmation> confirmations = [];

    public List<AuditEvent> Audited { get; } = [];

    public int Queries { get; private set; }

    public IPatchStore Patches => this;

    public IRelationStore Relations => this;

    public IRolloutStore Rollouts => this;

    public IAuditLog Audit => this;

    public ILabStore Lab => throw Absent();

    public IAnnouncementStore Announcements => throw Absent();

    public IChannelStore Channels => throw Absent();

    public IPostStore Posts => throw Absent();

    public IInbox Inbox => throw Absent();

    public PatchBot.Core.Retention.IRetentionStore Retention => throw Absent();

    public IPeopleStore People => throw Absent();

    public ILinkStore Links { get; } = new MemoryLinks();

    public ILinkCodeStore LinkCodes => throw Absent();

    public IWorkspaceStore Workspaces => throw Absent();

    public ITranscript Transcript => throw Absent();

    public MemorySession Knows(params IEnumerable<Patch> known)
    {
        foreach (var patch in known)
        {
            patches[patch.Id] = patch;
        }

        return this;
    }

    public MemorySession Plans(string patch, RolloutState state, MaintenanceWindow? window = null, string ring = "production")
    {
        rollouts.RemoveAll(rollout => rollout.Patch == new PatchId(patch) && rollout.Ring == ring);
        rollouts.Add(new Rollout(rollouts.Count + 1, new PatchId(patch), ring, state, window, true, null, null, [], new Snapshot("", "", "", ""), 1));
        return this;
    }

    public Task<IReadOnlyList<Patch>> FindAsync(IReadOnlyCollection<PatchId> ids, CancellationToken cancellationToken) =>
        Answer([.. ids.Where(patches.ContainsKey).Select(id => patches[id])]);

    public Task<IReadOnlyList<(PatchId Newer, PatchId Older)>> SupersededByAsync(IReadOnlyCollection<PatchId> older, CancellationToken cancellationToken)
    {
        var asked = older.ToHashSet();
        return Answer([.. patches.Values.SelectMany(patch => patch.Facts.Supersedes.Where(asked.Contains), (patch, replaced) => (patch.Id, replaced))]);
    }

    // What a patch needs is read from its facts below.
    public Task SaveNeedsAsync(IReadOnlyDictionary<PatchId, IReadOnlyCollection<PatchId>> needs, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<IReadOnlyList<PatchId>> RequiredByAsync(IReadOnlyCollection<PatchId> required, CancellationToken cancellationToken) =>
        Answer([.. patches.Values.Where(patch => patch.Facts.Requires.Any(required.Contains)).Select(patch => patch.Id)]);

    public Task<bool> ConfirmAsync(Confirmation confirmation, CancellationToken cancellationToken)
    {
        if (confirmations.Any(item => item.Ring == confirmation.Ring && item.Requirement == confirmation.Requirement))
        {
            return Task.FromResult(false);
        }

        confirmations.Add(confirmation);
        return Task.FromResult(true);
    }

    public Task<IReadOnlyList<Confirmation>> ConfirmationsAsync(string ring, IEnumerable<Requirement> requirements, CancellationToken cancellationToken)
    {
        var about = requirements.Select(requirement => requirement.About).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return Answer([.. confirmations.Where(item => item.Ring == ring && about.Contains(RequirementKey.Read(item.Requirement)!.About))]);
    }

    public Task<IReadOnlyList<Rollout>> OfPatchesAsync(IReadOnlyCollection<PatchId> of, CancellationToken cancellationToken) =>
        Answer([.. rollouts.Where(rollout => of.Contains(rollout.Patch))]);

    public Task AppendAsync(AuditEvent audited, CancellationToken cancellationToken)
    {
        Audited.Add(audited);
        return Task.CompletedTask;
    }

    Task<Patch?> IPatchStore.FindAsync(PatchId id, CancellationToken cancellationToken) => throw Absent();

    Task<Patch?> IPatchStore.FindByNameAsync(string name, CancellationToken cancellationToken) => throw Absent();

    Task<IReadOnlyList<PatchId>> IPatchStore.RecentAsync(DateTimeOffset since, CancellationToken cancellationToken) => throw Absent();

    Task<bool> IRolloutStore.AnyInAsync(string ring, CancellationToken cancellationToken) => throw Absent();

    Task IPatchStore.SaveAsync(Patch patch, CancellationToken cancellationToken) => throw Absent();

    Task<IReadOnlyList<Sighting>> IPatchStore.SightingsOfAsync(IReadOnlyCollection<PatchId> of, CancellationToken cancellationToken) => throw Absent();

    Task<IReadOnlyDictionary<PatchId, ContentHash>> IPatchStore.ListedInAsync(SightingOrigin origin, CancellationToken cancellationToken) => throw Absent();

    Task IPatchStore.SaveSightingsAsync(IReadOnlyCollection<Sighting> sightings, CancellationToken cancellationToken) => throw Absent();

    Task IPatchStore.UnlistAsync(SightingOrigin origin, IReadOnlyCollection<PatchId> unlisted, CancellationToken cancellationToken) => throw Absent();

    Task<IReadOnlyDictionary<string, string>> IPatchStore.StampsAsync(string source, CancellationToken cancellationToken) => throw Absent();

    Task IPatchStore.SaveStampAsync(SightingOrigin origin, string stamp, DateTimeOffset at, CancellationToken cancellationToken) => throw Absent();

    Task<Rollout> IRolloutStore.AddAsync(Rollout rollout, CancellationToken cancellationToken) => throw Absent();

    Task<Rollout?> IRolloutStore.FindAsync(long id, CancellationToken cancellationToken) => throw Absent();

    Task<bool> IRolloutStore.TryUpdateAsync(Rollout rollout, CancellationToken cancellationToken) => throw Absent();

    Task<bool> IRolloutStore.AnyInWindowAsync(string ring, DateTimeOffset start, CancellationToken cancellationToken) => throw Absent();

    Task<IReadOnlyList<Rollout>> IRolloutStore.InWindowAsync(string ring, DateTimeOffset start, CancellationToken cancellationToken) => throw Absent();

    Task<IReadOnlyList<Rollout>> IRolloutStore.StaleAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken) => throw Absent();

    Task<IReadOnlyList<Rollout>> IRolloutStore.ApprovedBeforeAsync(DateTimeOffset before, CancellationToken cancellationToken) => throw Absent();

    Task<IReadOnlyList<Rollout>> IRolloutStore.InStateAsync(IReadOnlyCollection<RolloutState> states, int limit, CancellationToken cancellationToken) => throw Absent();

    Task<Decision?> IRolloutStore.TryDecideAsync(Decision decision, CancellationToken cancellationToken) => throw Absent();

    Task<IReadOnlyList<Decision>> IRolloutStore.DecisionsAsync(long rolloutId, CancellationToken cancellationToken) => throw Absent();

    Task IRolloutStore.EndDecisionsAsync(long rolloutId, CancellationToken cancellationToken) => throw Absent();

    Task<IReadOnlyList<AuditEntry>> IAuditLog.ReadFromAsync(long sequence, int limit, CancellationToken cancellationToken) => throw Absent();

    Task<(long Sequence, string Hash)> IAuditLog.HeadAsync(CancellationToken cancellationToken) => throw Absent();

    private static NotSupportedException Absent() => new("The relation tests have no need of this.");

    private Task<IReadOnlyList<T>> Answer<T>(List<T> rows)
    {
        Queries++;
        return Task.FromResult<IReadOnlyList<T>>(rows);
    }
}
