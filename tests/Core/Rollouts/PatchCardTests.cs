using PatchBot.Core.Approvals;
using PatchBot.Core.Lab;
using PatchBot.Core.Patches;
using PatchBot.Core.People;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Core.Rollouts;

/// <summary>The card of a patch in the states that people meet it in.</summary>
public sealed class PatchCardTests
{
    private const string Kb = "KB5032196";

    [Fact]
    public Task Given_a_new_patch() => ReadsAsync("new.txt", bot => Task.CompletedTask);

    [Fact]
    public Task Given_the_lab_passed() => ReadsAsync("lab-passed.txt", bot => bot.LabAsync(Kb));

    [Fact]
    public Task Given_it_is_approved() => ReadsAsync("approved.txt", async bot =>
    {
        await bot.LabAsync(Kb);
        await bot.ApproveAsync(Kb);
    });

    [Fact]
    public Task Given_it_is_rejected() => ReadsAsync("rejected.txt", bot => bot.DecideAsync(DecisionKind.Reject, Kb, reason: "breaks the backup agent"));

    [Fact]
    public Task Given_it_is_deferred() => ReadsAsync("deferred.txt", bot => bot.DecideAsync(DecisionKind.Defer, Kb, reason: "audit season", until: Some.Noon.AddDays(20)));

    [Fact]
    public Task Given_its_approval_fell() => ReadsAsync("fallen.txt", async bot =>
    {
        await bot.LabAsync(Kb);
        await bot.ApproveAsync(Kb);
        await bot.LabAsync(Kb, LabOutcome.Fail, "sql-lab-03");
    });

    [Fact]
    public Task Given_it_is_superseded() => ReadsAsync("superseded.txt", bot =>
        bot.ImportAsync("2026-Dec", ("KB5033000", Some.Facts() with { Supersedes = [new PatchId(Kb)], ReleasedAt = Some.Noon.AddHours(1) })));

    [Fact]
    public Task Given_it_was_revised() => ReadsAsync("revised.txt", bot => bot.ImportAsync("2026-Nov", (Kb, Some.Facts(exploited: Claim.Yes)), ("KB5032100", Some.Facts())));

    [Fact]
    public Task Given_it_is_no_longer_listed() => ReadsAsync("unlisted.txt", bot => bot.ImportAsync("2026-Nov", ("KB5032100", Some.Facts())));

    [Fact]
    public async Task Given_no_window_is_in_time()
    {
        await using var bot = await Bot.StartAsync(Some.Ring(exposed: true));
        await bot.ImportAsync("2026-Nov", (Kb, Some.Facts(exploited: Claim.Yes)));
        Golden.Matches("late.txt", await bot.CardAsync(Kb));
    }

    [Fact]
    public async Task Given_a_prerequisite_is_open()
    {
        await using var bot = await Bot.StartAsync();
        await bot.ImportAsync("2026-Nov", (Kb, Some.Facts() with { Requires = [new PatchId("KB5032100")], KnownIssues = ["Some printers need a new driver."] }), ("KB5032100", Some.Facts("Servicing stack")));
        Golden.Matches("prerequisite.txt", await bot.CardAsync(Kb));
    }

    [Fact]
    public async Task Given_two_rings_and_one_of_two_approvals()
    {
        var second = new PersonId("webchat:local:second");
        await using var bot = await Bot.StartAsync(
            Some.Ring("pilot", "Pilot"), Some.Ring() with { Quorum = 2, Approvers = new HashSet<PersonId> { Some.Manager.Id, second } });
        await bot.ImportAsync("2026-Nov", (Kb, Some.Facts()));
        await bot.LabAsync(Kb);
        await bot.ApproveAsync(Kb);
        Golden.Matches("two-rings.txt", await bot.CardAsync(Kb));
    }

    private static async Task ReadsAsync(string name, Func<Bot, Task> work)
    {
        await using var bot = await Bot.StartAsync();
        await bot.ImportAsync("2026-Nov", (Kb, Some.Facts()), ("KB5032100", Some.Facts()));
        await work(bot);
        Golden.Matches(name, await bot.CardAsync(Kb));
    }
}
