using PatchBot.Core.Approvals;
using PatchBot.Core.Audit;
using PatchBot.Core.Lab;
using PatchBot.Core.Patches;
using PatchBot.Core.People;
using PatchBot.Core.People.Links;
using PatchBot.Core.Rollouts;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Core.Rollouts;

/// <summary>Imports, lab results, decisions and time in any order; what must always hold is checked after each step.</summary>
public sealed class RandomWalkTests
{
    private static readonly Person Second = new(new PersonId("webchat:local:second"), "Sam Second");

    private static readonly string[] Ids = ["KB5032001", "KB5032002", "KB5032003", "KB5032004", "KB5032005"];

    [Theory, InlineData(1), InlineData(2), InlineData(11)]
    public async Task Given_any_course_of_events_then_the_record_stays_sound(int seed)
    {
        var random = new Random(seed);
        var approvers = new HashSet<PersonId> { Some.Manager.Id, Second.Id };
        await using var bot = await Bot.StartAsync(
            Some.Ring() with { Approvers = approvers, Quorum = 2 }, Some.Ring("pilot", "Pilot") with { Approvers = approvers, PrerequisitesInSameWindow = true });
        var audit = new AuditVerifier(bot.Record);
        for (var step = 0; step < 200; step++)
        {
            var before = await RolloutsAsync(bot);
            var told = await StepAsync(bot, random);
            await HoldsAsync(bot, before, $"seed {seed}, step {step}: {told}");
            Assert.Equal("", (await audit.VerifyAsync(Some.Token)).Fault);
        }

        var actions = (await bot.AuditAsync()).Select(entry => entry.Event.Action).ToHashSet();
        Assert.True(actions.IsSupersetOf(["patch.recorded", "patch.revised", "approval.approve", "approval.fell", "window.announced"]), $"The walk only saw {string.Join(", ", actions)}.");
    }

    private static async Task<string> StepAsync(Bot bot, Random random)
    {
        var id = Ids[random.Next(Ids.Length)];
        switch (random.Next(10))
        {
            case 0:
                await bot.ImportAsync(id, (id, Any(random, id, bot.Now)));
                return $"import {id}";
            case 1 or 2 when await KnownAsync(bot, id):
                await bot.LabAsync(id, random.Next(6) == 0 ? LabOutcome.Fail : LabOutcome.Pass, $"lab-{random.Next(2)}", random.Next(2) == 0 ? Some.Engineer : Second);
                return $"lab {id}";
            case 3:
                await bot.PassTimeAsync(bot.Now + TimeSpan.FromHours(random.Next(1, 40)));
                return $"time {bot.Now:u}";
            case 4:
                await bot.RestartAsync();
                return "restart";
            case > 4 when await KnownAsync(bot, id):
                var kind = random.Next(8) switch { 0 => DecisionKind.Reject, 1 => DecisionKind.Defer, 2 => DecisionKind.Withdraw, _ => DecisionKind.Approve };
                var reply = await bot.DecideAsync(
                    kind, id, random.Next(2) == 0 ? Some.Manager : Second, "because", bot.Now.AddDays(random.Next(1, 20)), random.Next(2) == 0 ? "production" : "pilot", random.Next(4) == 0);
                return $"{kind} {id}: {reply.Outcome}";
            default:
                return "nothing";
        }
    }

    private static async Task HoldsAsync(Bot bot, Dictionary<long, Rollout> before, string step)
    {
        var now = await RolloutsAsync(bot);
        Assert.All(now.Values.GroupBy(rollout => rollout.Ring), ring => Assert.False(ring.All(rollout => rollout.State == RolloutState.Superseded), step));
        foreach (var rollout in now.Values)
        {
            var decisions = await bot.DecisionsAsync(rollout);
            Assert.True(decisions.Where(decision => decision.Standing).GroupBy(decision => (decision.By.Id, decision.Snapshot)).All(same => same.Count() == 1), step);
            var ring = bot.Find(rollout.Ring)!;
            if (rollout.State == RolloutState.Approved)
            {
                Assert.True(rollout.Window is not null, step);
                var approvals = decisions.Where(decision => decision is { Standing: true, Kind: DecisionKind.Approve }).Select(decision => decision.By.Id).Distinct().Count();
                Assert.True(approvals >= ring.Quorum, $"{step}: {approvals} approvals");
                if (rollout.Window.Start > bot.Now)
                {
                    var patch = await bot.ReadAsync(session => session.Patches.FindAsync(rollout.Patch, Some.Token));
                    var lab = LabStatus.Of(await bot.ReadAsync(session => session.Lab.StandingAsync([rollout.Patch], Some.Token)), Humans.Unlinked);
                    var needs = (await bot.ReadAsync(session => bot.Dependencies.ForAsync(session, [patch!], ring, Some.Token))).Single();
                    Assert.True(rollout.Snapshot == new Snapshot(patch!.Content.Value, lab.Digest, needs.Digest, RolloutText.WindowPart(rollout.Window, null, ring.Freezes)), step);
                    Assert.False(needs.Blocks, step);
                }

                var stages = await bot.StagesAsync(rollout.Window.Start, rollout.Ring);
                Assert.True(stages.Count > 0 && stages.Distinct().Count() == stages.Count, step);
            }

            Assert.True(!before.TryGetValue(rollout.Id, out var old) || rollout.Version >= old.Version, step);
            Assert.True(old?.State != RolloutState.Finished || rollout.State == RolloutState.Finished, step);
            Assert.All(await bot.PostsAsync(rollout.Patch.Value), post => Assert.True(post.WantedVersion >= post.ShownVersion, step));
            Assert.Single(await bot.PostsAsync(rollout.Patch.Value));
        }
    }

    private static async Task<Dictionary<long, Rollout>> RolloutsAsync(Bot bot) =>
        (await bot.ReadAsync(session => session.Rollouts.OfPatchesAsync([.. Ids.Select(id => new PatchId(id))], Some.Token))).ToDictionary(rollout => rollout.Id);

    private static async Task<bool> KnownAsync(Bot bot, string id) =>
        await bot.ReadAsync(session => session.Patches.FindAsync(new PatchId(id), Some.Token)) is not null;

    private static PatchFacts Any(Random random, string id, DateTimeOffset now) => Some.Facts(exploited: random.Next(3) == 0 ? Claim.Yes : Claim.No) with
    {
        Title = $"Update {random.Next(3)}",
        ReleasedAt = now.AddHours(-random.Next(48)),
        Supersedes = [.. Others(random, id)],
        Requires = [.. Others(random, id)],
    };

    private static IEnumerable<PatchId> Others(Random random, string id) =>
        Ids.Where(other => other != id && random.Next(5) == 0).Select(other => new PatchId(other));
}
