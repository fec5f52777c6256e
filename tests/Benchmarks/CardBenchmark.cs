using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using PatchBot.Adapters.Sources.Demo;
using PatchBot.Adapters.WebChat;
using PatchBot.Cards;
using PatchBot.Cards.AdaptiveCards;
using PatchBot.Cards.BlockKit;
using PatchBot.Cards.Html;
using PatchBot.Cards.PlainText;
using PatchBot.Core.Announcements;
using PatchBot.Core.Delivery;
using PatchBot.Core.Lab;
using PatchBot.Core.Patches;
using PatchBot.Core.Record;
using PatchBot.Core.Rollouts;
using PatchBot.Core.Windows;

namespace PatchBot.Benchmarks;

/// <summary>Each card: drawn from the record, and rendered for each platform. Cards are those of the bundled cycle.</summary>
[MemoryDiagnoser]
public class CardBenchmark
{
    private static readonly ChannelRef Channel = new(WebChatOptions.Platform, "patching");

    private static readonly AdaptiveCardOptions Posted = new() { PostId = 17, RefreshUserIds = ["29:first", "29:second"], MentionNeeded = true };

    private static readonly BlockKitOptions InSlack = new() { PostId = 17 };

    private ChatCard card = new() { Title = "", Summary = "" };
    private RunningBot? bot;
    private PostSubject subject;

    [Params("patch", "lab report", "announcement")]
    public string Card { get; set; } = "";

    [GlobalSetup]
    public async Task Setup()
    {
        bot = await RunningBot.StartAsync(serve: false);
        await bot.FollowAllAsync();
        await using (var demo = DemoCycle.Open())
        {
            using var bytes = new MemoryStream();
            await demo.Content.CopyToAsync(bytes);
            await bot.ImportAsync(bytes.ToArray());
        }

        subject = await bot.Services.GetRequiredService<IRecord>().WriteAsync(PrepareAsync, CancellationToken.None);
        card = await Draw() ?? throw new InvalidOperationException($"There is no {Card} card.");
    }

    [Benchmark]
    public Task<ChatCard?> Draw() => bot!.Services.GetRequiredService<IRecord>().ReadAsync(
        (session, token) => bot.Services.GetServices<ICardSource>().Single(source => source.Kind == subject.Kind).DrawAsync(session, subject, Channel, token),
        CancellationToken.None);

    [Benchmark(Baseline = true)]
    public string Html() => HtmlRenderer.Render(card);

    [Benchmark]
    public byte[] AdaptiveCard() => AdaptiveCardRenderer.Render(card, Posted);

    [Benchmark]
    public BlockKitMessage BlockKit() => BlockKitRenderer.Message(card, InSlack);

    [Benchmark]
    public string PlainText() => PlainTextRenderer.Render(card);

    [Benchmark]
    public string Json() => CardJson.Write(card);

    [GlobalCleanup]
    public async Task Cleanup() => await bot!.DisposeAsync();

    private async Task<PostSubject> PrepareAsync(IRecordSession session, CancellationToken cancellationToken)
    {
        var (patch, now) = (new PatchId("KB5032196"), DateTimeOffset.UnixEpoch.AddYears(57));
        var engineer = new Core.People.Person(new Core.People.PersonId("webchat:local:engineer"), "Erin Engineer");
        var report = await session.Lab.AddAsync(
            new LabReport(0, new MessageRef(Channel, "1"), "1", engineer, now, "pass on hv-lab-02, backups ok"),
            [new LabResult(0, 0, patch, LabOutcome.Pass, "hv-lab-02", "backups ok", engineer, now)],
            cancellationToken);
        if (Card == "announcement")
        {
            return PostSubject.Of(AnnouncementCard.SubjectKind, $"{(await AnnounceAsync(session, now, cancellationToken)).Id}");
        }

        return Card == "patch" ? PostSubject.Of(PatchCard.SubjectKind, patch.Value) : LabReportCard.SubjectOf(report.Id);
    }

    /// <summary>The window that most of the cycle's patches go into.</summary>
    private static async Task<Announcement> AnnounceAsync(IRecordSession session, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var window = (await session.Rollouts.InStateAsync([RolloutState.Proposed], 500, cancellationToken))
            .Where(rollout => rollout.Ring == "production" && rollout.Window is not null)
            .GroupBy(rollout => rollout.Window!)
            .MaxBy(same => same.Count())!;
        foreach (var rollout in window)
        {
            await session.Rollouts.TryUpdateAsync(rollout with { State = RolloutState.Approved }, cancellationToken);
        }

        return await session.Announcements.TryAddAsync(new Announcement(0, "production", window.Key, AnnouncementStage.Set.Value, now), cancellationToken)
            ?? throw new InvalidOperationException("The window was announced before.");
    }
}
