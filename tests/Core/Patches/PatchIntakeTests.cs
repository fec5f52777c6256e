using PatchBot.Core.Delivery;
using PatchBot.Core.Patches;
using PatchBot.Core.Patches.Intake;
using PatchBot.Core.Patches.Sources;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Core.Patches;

public sealed class PatchIntakeTests : IAsyncLifetime
{
    private const string Kb = "KB5032196";

    private Bot bot = null!;

    public async ValueTask InitializeAsync() => bot = await Bot.StartAsync();

    public ValueTask DisposeAsync() => bot.DisposeAsync();

    [Fact]
    public async Task Given_a_new_patch_then_it_is_recorded_once_and_posted_where_its_ring_is_followed()
    {
        var result = await bot.ImportAsync("2026-Nov", (Kb, Some.Facts()), ("KB5032300", Some.Facts(products: "Office 2019")));

        Assert.Equal([new PatchId(Kb), new PatchId("KB5032300")], result.Added);
        Assert.Equal([new PatchId(Kb)], result.Posted);
        Assert.Single(await bot.PostsAsync(Kb));
        Assert.Empty(await bot.PostsAsync("KB5032300"));
        Assert.Equal(["patch.recorded", "patch.recorded"], (await bot.AuditAsync()).Select(entry => entry.Event.Action));
    }

    [Fact]
    public async Task Given_a_second_import_of_the_same_document_then_nothing_changes_at_all()
    {
        await bot.ImportAsync("2026-Nov", (Kb, Some.Facts()));
        var (audit, post, rollout) = (await bot.AuditAsync(), await bot.PostsAsync(Kb), await bot.RolloutAsync(Kb));
        bot.Clock.Advance(TimeSpan.FromHours(5));

        var result = await bot.ImportAsync("2026-Nov", (Kb, Some.Facts()));

        Assert.Equal((0, 0, 1), (result.Added.Count, result.Revised.Count, result.Unchanged));
        Assert.Equal(audit.Count, (await bot.AuditAsync()).Count);
        Assert.Equal(post, await bot.PostsAsync(Kb));
        Assert.Equal(rollout.Version, (await bot.RolloutAsync(Kb)).Version);
    }

    [Fact]
    public async Task Given_a_revision_then_it_changes_just_that_patch_and_says_what()
    {
        await bot.ImportAsync("2026-Nov", (Kb, Some.Facts(severity: Severity.High)), ("KB5032300", Some.Facts()));

        var result = await bot.ImportAsync("2026-Nov", (Kb, Some.Facts(exploited: Claim.Yes)), ("KB5032300", Some.Facts()));

        var (patch, changes) = Assert.Single(result.Revised);
        Assert.Equal(new PatchId(Kb), patch);
        Assert.Equal(["severity Important → Critical", "exploited: no → yes"], changes.Take(2));
        Assert.Equal(1, result.Unchanged);
        Assert.Equal(1, (await bot.PostsAsync("KB5032300")).Single().WantedVersion);
        Assert.Equal(2, (await bot.ReadAsync(session => session.Patches.FindAsync(new PatchId(Kb), Some.Token)))!.Revision);
    }

    [Fact]
    public async Task Given_the_same_patch_in_two_documents_then_it_is_one_patch_with_the_facts_of_both()
    {
        await bot.ImportAsync("2026-Oct", (Kb, Some.Facts(products: "Windows Server 2019")));

        var result = await bot.ImportAsync("2026-Nov", (Kb, Some.Facts(products: "Windows Server 2022")));

        Assert.Equal([new PatchId(Kb)], result.Revised.Select(revised => revised.Patch));
        var patch = await bot.ReadAsync(session => session.Patches.FindAsync(new PatchId(Kb), Some.Token));
        Assert.Equal(["Windows Server 2019", "Windows Server 2022"], patch!.Facts.Products.Select(product => product.Name));
    }

    [Fact]
    public async Task Given_a_second_document_that_says_the_same_then_the_patch_is_not_revised()
    {
        await bot.ImportAsync("2026-Oct", (Kb, Some.Facts()));

        var result = await bot.ImportAsync("2026-Nov", (Kb, Some.Facts()));

        Assert.Empty(result.Revised);
        Assert.Equal(1, result.Unchanged);
    }

    [Fact]
    public async Task Given_a_patch_that_is_no_longer_listed_then_it_is_kept_and_its_card_says_so()
    {
        await bot.ImportAsync("2026-Nov", (Kb, Some.Facts()), ("KB5032300", Some.Facts()));

        var result = await bot.ImportAsync("2026-Nov", ("KB5032300", Some.Facts()));

        Assert.Equal([new PatchId(Kb)], result.Unlisted);
        Assert.Equal(1, result.Unchanged);
        Assert.Contains("No longer listed", await bot.CardAsync(Kb), StringComparison.Ordinal);
        Assert.Contains("patch.unlisted", (await bot.AuditAsync()).Select(entry => entry.Event.Action));

        await bot.ImportAsync("2026-Nov", (Kb, Some.Facts()), ("KB5032300", Some.Facts()));
        Assert.DoesNotContain("No longer listed", await bot.CardAsync(Kb), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_document_that_lost_most_of_its_patches_then_it_is_refused_and_what_was_stored_stays()
    {
        var month = Enumerable.Range(0, 12).Select(number => ($"KB50320{number:00}", Some.Facts())).ToArray();
        await bot.ImportAsync("2026-Nov", month);
        var audit = (await bot.AuditAsync()).Count;

        var refusal = await Assert.ThrowsAsync<SourceFormatException>(() => bot.ImportAsync("2026-Nov", month[..5]));

        Assert.Contains("7 of the 12", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(audit, (await bot.AuditAsync()).Count);
        Assert.Empty((await bot.ImportAsync("2026-Nov", month)).Unlisted);
        Assert.Equal(7, (await bot.ImportAsync("2026-Nov", new IntakeWish(AcceptRemovals: true), month[..5])).Unlisted.Count);
    }

    [Fact]
    public async Task Given_a_patch_twice_in_one_document_then_both_entries_count_as_one_patch()
    {
        var result = await bot.ImportAsync("2026-Nov", (Kb, Some.Facts(severity: Severity.Critical)), (Kb, Some.Facts(severity: Severity.High, products: "Windows Server 2022")));

        Assert.Equal([new PatchId(Kb)], result.Added);
        Assert.Equal(0, result.Unchanged);
        var patch = await bot.ReadAsync(session => session.Patches.FindAsync(new PatchId(Kb), Some.Token));
        Assert.Equal((2, Severity.Critical), (patch!.Facts.Products.Count, patch.Facts.Severity));
    }

    [Fact]
    public async Task Given_a_silent_import_then_it_records_and_posts_nothing_and_a_revision_stays_silent()
    {
        await bot.ImportAsync("2026-Nov", new IntakeWish(Post: false), (Kb, Some.Facts(severity: Severity.High)));
        await bot.ImportAsync("2026-Nov", (Kb, Some.Facts()));

        Assert.Equal(2, (await bot.ReadAsync(session => session.Patches.FindAsync(new PatchId(Kb), Some.Token)))!.Revision);
        Assert.Empty(await bot.PostsAsync(Kb));
    }

    [Fact]
    public async Task Given_a_revision_that_brings_a_patch_into_a_ring_then_its_card_is_posted()
    {
        await bot.ImportAsync("2026-Nov", (Kb, Some.Facts(products: "Office 2019")));
        Assert.Empty(await bot.PostsAsync(Kb));

        var result = await bot.ImportAsync("2026-Nov", (Kb, Some.Facts(products: ["Office 2019", "Windows Server 2022"])));

        Assert.Equal([new PatchId(Kb)], result.Posted);
        Assert.Single(await bot.PostsAsync(Kb));
    }

    [Fact]
    public async Task Given_a_channel_that_follows_another_ring_then_it_sees_nothing()
    {
        var lab = new ChannelRef("webchat", "lab");
        await bot.WriteAsync(async session =>
        {
            await session.Channels.SaveAsync(new Channel(lab, "lab", ChannelState.Active), Some.Token);
            await session.Channels.SubscribeAsync(new Subscription(lab, "pilot", Topic.Patches), Some.Token);
        });

        await bot.ImportAsync("2026-Nov", (Kb, Some.Facts()));

        Assert.Equal(Bot.Ops, (await bot.PostsAsync(Kb)).Single().Channel);
    }
}
