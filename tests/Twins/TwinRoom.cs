using System.Diagnostics;
using System.Text.RegularExpressions;
using PatchBot.Core.Approvals;
using PatchBot.Core.Audit;
using PatchBot.Core.Delivery;
using PatchBot.Core.Lab;
using PatchBot.Core.Patches;
using PatchBot.Core.Patches.Intake;
using PatchBot.Core.Patches.Sources;
using PatchBot.Core.People;
using PatchBot.Core.People.Links;
using PatchBot.Core.Record;
using PatchBot.Core.Rollouts;
using PatchBot.Tests.Slack.Outbound.Stub;
using PatchBot.Tests.Slack.Trust;
using PatchBot.Tests.Support;
using PatchBot.Tests.Teams.Inbound;
using PatchBot.Tests.Teams.Outbound.Stub;

namespace PatchBot.Tests.Twins;

/// <summary>
/// A channel of Teams and one of Slack that follow the same ring, over one record. Four people decide: Ann and Ben on Teams,
/// Cem and Dee on Slack; Ann is on Slack too.
/// </summary>
internal sealed partial class TwinRoom : IAsyncDisposable
{
    public const string Patch = "KB5032196";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TestRecord record;
    private readonly ConnectorStub connector;
    private readonly SlackStub webApi;
    private readonly TwinProcess[] processes;

    private TwinRoom(TestRecord record, ConnectorStub connector, SlackStub webApi, TwinProcess[] processes)
    {
        (this.record, this.connector, this.webApi, this.processes) = (record, connector, webApi, processes);
        Teams = new TeamsSide(connector, processes[0].Client);
        Slack = new SlackSide(webApi, processes[^1].Client);
    }

    public TeamsSide Teams { get; }

    public SlackSide Slack { get; }

    /// <param name="apart">One process serves Teams, another Slack.</param>
    public static async Task<TwinRoom> StartAsync(int quorum, bool apart = false)
    {
        var record = await TestRecord.CreateAsync();
        var connector = await ConnectorStub.StartAsync(TimeProvider.System);
        var webApi = await SlackStub.StartAsync(TimeProvider.System);
        KeyValuePair<string, string?>[] common =
        [
            .. ProductionRing.Settings(TeamsSide.Ann, TeamsSide.Ben, SlackSide.Ann, SlackSide.Cem, SlackSide.Dee),
            new("Rings:0:Quorum", $"{quorum}"), new("People:Engineers:0", "*"), new("People:Admins:0", SlackSide.Dee.Id.Value),
            new("Database:File", record.File), new("Sources:Msrc:Enabled", "false"),
        ];
        KeyValuePair<string, string?>[] teams =
        [
            new("Teams:AppId", "00000000-0000-0000-0000-00000000000b"), new("Teams:TenantId", TeamsRoom.Tenant), new("Teams:ClientSecret", "a-secret-of-teams"),
        ];
        KeyValuePair<string, string?>[] slack =
        [
            new("Slack:BotToken", "xoxb-1"), new("Slack:SigningSecret", SlackDoorstep.Secret), new("Slack:ApiUrl", webApi.Address.ToString()),
        ];
        // What the other process has to write is found by looking.
        var often = KeyValuePair.Create("Delivery:LookEvery", (string?)"00:00:01");
        TwinProcess[] processes = apart
            ? [await TwinProcess.StartAsync([.. common, .. teams, often]), await TwinProcess.StartAsync([.. common, .. slack, often])]
            : [await TwinProcess.StartAsync([.. common, .. teams, .. slack])];
        var room = new TwinRoom(record, connector, webApi, processes);
        await room.OpenAsync();
        return room;
    }

    /// <summary>The linked conversation: a code here, a code there, and back.</summary>
    public async Task LinkAnnAsync()
    {
        var first = Code(await Teams.AskAsync(TeamsSide.Ann, "link"));
        var second = Code(await Slack.AskAsync(SlackSide.Ann, $"link {first}"));
        Assert.Contains("Linked", await Teams.AskAsync(TeamsSide.Ann, $"link {second}"), StringComparison.Ordinal);
        Assert.True((await ReadAsync((session, token) => session.Links.HumanAsync(TeamsSide.Ann.Id, token))).Is(SlackSide.Ann.Id));
    }

    /// <summary>Releases a patch, whose card then stands in both channels.</summary>
    /// <returns>The posts.</returns>
    public async Task<(Post Teams, Post Slack)> ReleaseAsync()
    {
        var facts = Some.Facts() with { ReleasedAt = TimeProvider.System.GetUtcNow() };
        var document = new PatchDocument(new SightingOrigin("test", Patch), Patch, [new PatchRecord(new PatchId(Patch), facts)], new Dictionary<string, int>());
        await processes[0].Get<PatchIntake>().TakeAsync(document, Person.Bot, new IntakeWish(), Some.Token);
        processes[0].Get<IDelivery>().Nudge();
        await InStepAsync();
        return await CardsAsync();
    }

    public Task<(Post Teams, Post Slack)> CardsAsync() => TwinsAsync(PostSubject.Of(PatchCard.SubjectKind, Patch));

    public async Task<(Post Teams, Post Slack)> TwinsAsync(PostSubject subject)
    {
        var posts = await ReadAsync((session, token) => session.Posts.OfSubjectAsync(subject, token));
        return (posts.Single(post => post.Channel == TeamsSide.Channel), posts.Single(post => post.Channel == SlackSide.Channel));
    }

    /// <summary>Waits until every channel shows what it should.</summary>
    /// <returns>How long that took.</returns>
    public async Task<TimeSpan> InStepAsync()
    {
        var began = Stopwatch.GetTimestamp();
        foreach (var process in processes)
        {
            await process.SettleAsync();
        }

        while (await record.ByHandAsync("SELECT group_concat(platform || ' ' || subject || ': ' || COALESCE(last_fault, 'waits'), '; ') FROM post WHERE shown_version <> wanted_version") is string behind)
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < Patience, $"Not in step: {behind}\n{string.Join('\n', Faults)}");
            await Task.Delay(20, Some.Token);
        }

        return Stopwatch.GetElapsedTime(began);
    }

    /// <summary>What the processes held for worth a warning.</summary>
    public IEnumerable<string> Faults => processes.SelectMany(process => process.Log.Lines).Where(line => line.StartsWith("Warning", StringComparison.Ordinal) || line.StartsWith("Error", StringComparison.Ordinal));

    public async Task<Rollout> RolloutAsync() => Assert.Single(await ReadAsync((session, token) => session.Rollouts.OfPatchesAsync([new PatchId(Patch)], token)));

    public async Task<IReadOnlyList<Decision>> StandingAsync()
    {
        var rollout = await RolloutAsync();
        return [.. (await ReadAsync((session, token) => session.Rollouts.DecisionsAsync(rollout.Id, token))).Where(decision => decision.Standing)];
    }

    public Task<IReadOnlyList<LabResult>> ResultsAsync() => ReadAsync((session, token) => session.Lab.StandingAsync([new PatchId(Patch)], token));

    public Task<AuditVerdict> VerifyAuditAsync() => processes[0].Get<AuditVerifier>().VerifyAsync(Some.Token);

    public async Task<long> CountAuditAsync(string action) => (long)(await record.ByHandAsync($"SELECT COUNT(*) FROM audit_entry WHERE action = '{action}'"))!;

    public Task<T> ReadAsync<T>(Func<IRecordSession, CancellationToken, Task<T>> work) => record.ReadAsync(work, Some.Token);

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes)
        {
            await process.DisposeAsync();
        }

        await connector.DisposeAsync();
        await webApi.DisposeAsync();
        await record.DisposeAsync();
    }

    private async Task OpenAsync()
    {
        await Teams.OpenAsync();
        await Slack.OpenAsync();
        foreach (var channel in (ChannelRef[])[TeamsSide.Channel, SlackSide.Channel])
        {
            foreach (var topic in (Topic[])[Topic.Patches, Topic.Announcements])
            {
                await record.WriteAsync((session, token) => session.Channels.SubscribeAsync(new Subscription(channel, ProductionRing.Key, topic), token), Some.Token);
            }
        }

        await InStepAsync();
    }

    private static string Code(string card) => Codes().Match(card) is { Success: true } found ? found.Value : throw new InvalidOperationException($"There is no code in: {card}");

    [GeneratedRegex(@"(?<=link )[A-Z2-9]{4}(-[A-Z2-9]{4}){2}")]
    private static partial Regex Codes();
}
