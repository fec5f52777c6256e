using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using PatchBot.Cards;
using PatchBot.Cards.PlainText;
using PatchBot.Core.Announcements;
using PatchBot.Core.Approvals;
using PatchBot.Core.Audit;
using PatchBot.Core.Delivery;
using PatchBot.Core.Lab;
using PatchBot.Core.Patches;
using PatchBot.Core.Patches.Intake;
using PatchBot.Core.Patches.Sources;
using PatchBot.Core.People;
using PatchBot.Core.Policy;
using PatchBot.Core.Record;
using PatchBot.Core.Relations;
using PatchBot.Core.Relations.Rules;
using PatchBot.Core.Rollouts;
using PatchBot.Core.Windows;

namespace PatchBot.Tests.Support;

/// <summary>
/// The rules over a real record, with a clock that tests set. <see cref="RestartAsync"/> and <see cref="Another"/> make what
/// another process would be: new services over the same file.
/// </summary>
public sealed class Bot : IAsyncDisposable, IRings, IRoles, IDelivery
{
    public static readonly ChannelRef Ops = new("webchat", "patching");

    private readonly TestRecord files;
    private readonly IRecord record;
    private readonly PolicyOptions policy = new();
    private readonly LabOptions lab = new();
    private int messages;

    private Bot(TestRecord files, IRecord record, FakeTimeProvider clock, IReadOnlyList<Ring> rings, RuleBook rules)
    {
        (this.files, this.record, Clock, Rings, Rules) = (files, record, clock, rings, rules);
        Dependencies = new DependencyReview(rules);
        var index = new DependencyIndex(rules, this);
        Announcer = new Announcer(this, clock);
        var situations = new RolloutSituations(Dependencies, Options.Create(lab));
        Review = new RolloutReview(this, situations, new RolloutProposals(new PatchPolicy(policy), clock), Announcer, clock);
        Desk = new ApprovalDesk(this, this, Dependencies, Review, Announcer, Options.Create(lab), clock);
        Intake = new PatchIntake(record, Review, index, this, clock, NullLogger<PatchIntake>.Instance);
        Due = new DueWork(Announcer, Review, index, this, clock);
        PatchCards = new PatchCard(this, new PatchPolicy(policy), Dependencies, Options.Create(lab), clock);
        AnnouncementCards = new AnnouncementCard(this, Dependencies);
        Prerequisites = new Prerequisites(this);
    }

    /// <summary>Where the record is kept.</summary>
    public string File => files.File;

    public FakeTimeProvider Clock { get; }

    public IReadOnlyList<Ring> Rings { get; private set; }

    public RuleBook Rules { get; }

    public DependencyReview Dependencies { get; }

    public Announcer Announcer { get; }

    public RolloutReview Review { get; }

    public ApprovalDesk Desk { get; }

    public PatchIntake Intake { get; }

    public DueWork Due { get; }

    public PatchCard PatchCards { get; }

    public AnnouncementCard AnnouncementCards { get; }

    public Prerequisites Prerequisites { get; }

    public IRecord Record => record;

    IReadOnlyList<Ring> IRings.All => Rings;

    public DateTimeOffset Now => Clock.GetUtcNow();

    public static Task<Bot> StartAsync(params Ring[] rings) => StartAsync(RuleBook.Empty, rings);

    public static async Task<Bot> StartAsync(RuleBook rules, params Ring[] rings)
    {
        var clock = new FakeTimeProvider(Some.Noon);
        var files = await TestRecord.CreateAsync(clock);
        var bot = new Bot(files, files, clock, rings is [] ? [Some.Ring()] : rings, rules);
        await bot.WriteAsync(async session =>
        {
            await session.Channels.SaveAsync(new Channel(Ops, "patching", ChannelState.Active), Some.Token);
            foreach (var ring in bot.Rings)
            {
                await session.Channels.SubscribeAsync(new Subscription(Ops, ring.Key, Topic.Patches), Some.Token);
                await session.Channels.SubscribeAsync(new Subscription(Ops, ring.Key, Topic.Announcements), Some.Token);
            }
        });
        return bot;
    }

    /// <summary>Another process over the same file, at the same time of day.</summary>
    public Bot Another() => new(files, files.OpenAnother(), Clock, Rings, Rules);

    /// <summary>New settings take hold with a start of the program, which looks at everything again.</summary>
    public async Task<Bot> RestartAsync(params Ring[] rings)
    {
        var fresh = new Bot(files, files.OpenAnother(), Clock, rings is [] ? Rings : rings, Rules);
        await fresh.WriteAsync(session => fresh.Due.ReviewSettingsAsync(session, Some.Token));
        return fresh;
    }

    public Task<IntakeResult> ImportAsync(string document, params (string Id, PatchFacts Facts)[] patches) =>
        ImportAsync(document, new IntakeWish(), patches);

    public Task<IntakeResult> ImportAsync(string document, IntakeWish wish, params (string Id, PatchFacts Facts)[] patches) => Intake.TakeAsync(
        new PatchDocument(
            new SightingOrigin("msrc", document), document, [.. patches.Select(patch => new PatchRecord(new PatchId(patch.Id), patch.Facts))], new Dictionary<string, int>()),
        Some.Engineer, wish, Some.Token);

    /// <summary>Records a lab result as an engineer's reply would.</summary>
    public Task<LabReport> LabAsync(string patch, LabOutcome outcome = LabOutcome.Pass, string host = "hv-lab-02", Person? by = null) => WriteAsync(async session =>
    {
        var message = new MessageRef(Ops, $"lab-{++messages}-{Guid.NewGuid():N}");
        var tester = by ?? Some.Engineer;
        var report = await session.Lab.AddAsync(
            new LabReport(0, message, null, tester, Now, $"{outcome}"),
            [new LabResult(0, 0, new PatchId(patch), outcome, host, "", tester, Now)],
            Some.Token);
        await Review.ReviewAsync(session, [new PatchId(patch)], Some.Token);
        return report;
    });

    public Task UndoLabAsync(LabReport report, string patch) => WriteAsync(async session =>
    {
        await session.Lab.EndAsync(report.Id, LabResultState.Undone, Now, Some.Token);
        await Review.ReviewAsync(session, [new PatchId(patch)], Some.Token);
    });

    public async Task<Rollout> RolloutAsync(string patch, string ring = "production") =>
        (await ReadAsync(session => session.Rollouts.OfPatchesAsync([new PatchId(patch)], Some.Token))).Single(rollout => rollout.Ring == ring);

    /// <summary>Decides on what the card shows now, unless <paramref name="seen"/> says what was seen.</summary>
    public async Task<DecisionReply> DecideAsync(
        DecisionKind kind, string patch, Person? by = null, string reason = "", DateTimeOffset? until = null, string ring = "production", bool emergency = false, string? seen = null)
    {
        var rollout = await RolloutAsync(patch, ring);
        return await DecideAsync(new DecisionWish(
            rollout.Id, kind, by ?? Some.Manager, seen ?? rollout.Snapshot.Mark, reason, until, emergency, "webchat:patching/press"));
    }

    public Task<DecisionReply> DecideAsync(DecisionWish wish) => WriteAsync(session => Desk.DecideAsync(session, wish, Some.Token));

    public Task<DecisionReply> ApproveAsync(string patch, Person? by = null, string ring = "production") => DecideAsync(DecisionKind.Approve, patch, by, ring: ring);

    /// <summary>Imports, passes the lab and approves.</summary>
    public async Task<Rollout> ApprovedAsync(string patch, PatchFacts? facts = null)
    {
        await ImportAsync(patch, (patch, facts ?? Some.Facts()));
        await LabAsync(patch);
        var reply = await ApproveAsync(patch);
        Assert.True(reply.Recorded, reply.Text);
        return await RolloutAsync(patch);
    }

    public async Task PassTimeAsync(DateTimeOffset until)
    {
        Clock.SetUtcNow(until);
        await DueAsync();
    }

    public Task<int> DueAsync() => WriteAsync(session => Due.DoAsync(session, Some.Token));

    public Task<IReadOnlyList<Decision>> DecisionsAsync(Rollout rollout) => ReadAsync(session => session.Rollouts.DecisionsAsync(rollout.Id, Some.Token));

    public async Task<IReadOnlyList<string>> StagesAsync(DateTimeOffset start, string ring = "production") =>
        [.. (await ReadAsync(session => session.Announcements.OfWindowAsync(ring, start, Some.Token))).Select(told => told.Stage)];

    public async Task<IReadOnlyList<AuditEntry>> AuditAsync() => await ReadAsync(session => session.Audit.ReadFromAsync(1, 10_000, Some.Token));

    public Task<IReadOnlyList<Post>> PostsAsync(PostSubject subject) => ReadAsync(session => session.Posts.OfSubjectAsync(subject, Some.Token));

    public Task<IReadOnlyList<Post>> PostsAsync(string patch) => PostsAsync(PostSubject.Of(PatchCard.SubjectKind, patch));

    public Task<ChatCard> DrawAsync(string patch) => DrawAsync(PatchCards, PostSubject.Of(PatchCard.SubjectKind, patch));

    public async Task<string> CardAsync(string patch) => Read(await DrawAsync(patch));

    /// <summary>The announcement's card as it reads now.</summary>
    public async Task<string> AnnouncementAsync(DateTimeOffset start, string stage, string ring = "production")
    {
        var told = (await ReadAsync(session => session.Announcements.OfWindowAsync(ring, start, Some.Token))).Single(told => told.Stage == stage);
        return Read(await DrawAsync(AnnouncementCards, PostSubject.Of(AnnouncementCard.SubjectKind, $"{told.Id}")));
    }

    public Task<T> WriteAsync<T>(Func<IRecordSession, Task<T>> work) => record.WriteAsync((session, _) => work(session), Some.Token);

    public Task WriteAsync(Func<IRecordSession, Task> work) => record.WriteAsync(
        async (session, _) =>
        {
            await work(session);
            return true;
        },
        Some.Token);

    public Task<T> ReadAsync<T>(Func<IRecordSession, Task<T>> work) => record.ReadAsync((session, _) => work(session), Some.Token);

    public Ring? Find(string name) => Rings.FirstOrDefault(ring => string.Equals(ring.Key, name, StringComparison.OrdinalIgnoreCase));

    public bool IsEngineer(Human human) => human.Is(Some.Engineer.Id);

    public bool IsAdmin(Human human) => false;

    public bool IsApprover(Human human, Ring ring) => human.Identities.Any(ring.Approvers.Contains);

    public Task DeliverAsync(ChannelRef channel, CancellationToken cancellationToken) => Task.CompletedTask;

    public void Nudge()
    {
    }

    public ValueTask DisposeAsync() => files.DisposeAsync();

    private async Task<ChatCard> DrawAsync(ICardSource source, PostSubject subject)
    {
        var card = await ReadAsync(session => source.DrawAsync(session, subject, Ops, Some.Token));
        Assert.NotNull(card);
        return card;
    }

    private static string Read(ChatCard card) => $"{PlainTextRenderer.Preview(card)}\n\n{PlainTextRenderer.Render(card)}";
}
