using PatchBot.Core.Patches;
using PatchBot.Core.Relations;
using PatchBot.Core.Relations.Rules;
using PatchBot.Core.Rollouts;
using PatchBot.Core.Windows;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Core.Relations;

public sealed class DependencyReviewTests
{
    private static readonly MaintenanceWindow Saturday = new(Some.Noon.AddDays(4), Some.Noon.AddDays(4).AddHours(4));
    private static readonly MaintenanceWindow NextSaturday = new(Some.Noon.AddDays(11), Some.Noon.AddDays(11).AddHours(4));

    private readonly MemorySession session = new();

    [Fact]
    public async Task Given_a_prerequisite_that_nobody_has_seen_then_it_is_unknown_and_blocks()
    {
        var finding = Assert.Single((await Review(Needing("KB1000001", "KB1000000"))).Findings);
        Assert.Equal(DependencyState.Unknown, finding.State);
        Assert.True(finding.Blocks);
        Assert.Equal("Not known whether KB1000000 is installed on Production servers: confirm it, or import the patch and plan it.", finding.Because);
    }

    [Fact]
    public async Task Given_a_prerequisite_that_awaits_a_decision_then_it_is_open_and_its_card_is_named()
    {
        session.Knows(Needing("KB1000000")).Plans("KB1000000", RolloutState.Proposed, Saturday);
        var finding = Assert.Single((await Review(Needing("KB1000001", "KB1000000"))).Findings);
        Assert.Equal(DependencyState.Open, finding.State);
        Assert.Equal("Do KB1000000 first: see its card 'KB1000000'.", finding.Because);
    }

    [Fact]
    public async Task Given_a_prerequisite_with_an_approved_window_then_the_patch_comes_after_it()
    {
        session.Knows(Needing("KB1000000")).Plans("KB1000000", RolloutState.Approved, Saturday);
        var review = await Review(Needing("KB1000001", "KB1000000"));
        Assert.Equal(DependencyState.Planned, Assert.Single(review.Findings).State);
        Assert.False(review.Blocks);
        Assert.Equal(new PrerequisiteWindow("KB1000000", Saturday), Assert.Single(review.After));
    }

    [Fact]
    public async Task Given_a_prerequisite_that_went_into_another_ring_then_it_is_still_open_here()
    {
        session.Knows(Needing("KB1000000")).Plans("KB1000000", RolloutState.Finished, Saturday, ring: "pilot");
        Assert.Equal(DependencyState.Open, Assert.Single((await Review(Needing("KB1000001", "KB1000000"))).Findings).State);
    }

    [Fact]
    public async Task Given_a_chain_of_newer_patches_when_the_newest_went_in_then_the_prerequisite_is_met()
    {
        session.Knows(
            Needing("KB1000000"), Replacing("KB1000002", "KB1000000"),
            Replacing("KB1000003", "KB1000002"), Replacing("KB1000004", "KB1000003"))
            .Plans("KB1000004", RolloutState.Finished, Saturday);
        var finding = Assert.Single((await Review(Needing("KB1000001", "KB1000000"))).Findings);
        Assert.Equal(DependencyState.Met, finding.State);
        Assert.Equal("KB1000004, which replaces KB1000000, went into Production servers.", finding.Because);
    }

    [Fact]
    public async Task Given_a_never_seen_prerequisite_when_a_patch_that_replaces_it_is_confirmed_then_it_is_met()
    {
        session.Knows(Replacing("KB1000002", "KB1000000"));
        await Confirm("patch:KB1000002");
        var finding = Assert.Single((await Review(Needing("KB1000001", "KB1000000"))).Findings);
        Assert.Equal(DependencyState.Met, finding.State);
        Assert.Equal("Erin Engineer confirmed it on 10 Nov 2026: KB1000002 replaces KB1000000.", finding.Because);
    }

    [Fact]
    public async Task Given_a_replaced_prerequisite_then_the_newest_open_one_is_offered()
    {
        session.Knows(Needing("KB1000000"), Replacing("KB1000002", "KB1000000"))
            .Plans("KB1000000", RolloutState.Superseded).Plans("KB1000002", RolloutState.Proposed, Saturday);
        Assert.Equal(
            "Do KB1000002 first, which replaces KB1000000: see its card 'KB1000002'.",
            Assert.Single((await Review(Needing("KB1000001", "KB1000000"))).Findings).Because);
    }

    [Fact]
    public async Task Given_a_patch_that_replaces_its_own_prerequisite_then_its_own_approval_does_not_satisfy_it()
    {
        var facts = Some.Facts() with { Requires = [new("KB1000000")], Supersedes = [new("KB1000000")] };
        var patch = Some.Patch("KB1000001", facts);
        session.Knows(patch, Needing("KB1000000")).Plans("KB1000001", RolloutState.Approved, Saturday);
        Assert.Equal(DependencyState.Open, Assert.Single((await Review(patch)).Findings).State);

        session.Plans("KB1000000", RolloutState.Approved, NextSaturday);
        Assert.Equal(NextSaturday, Assert.Single((await Review(patch)).Findings).Window);
    }

    [Fact]
    public async Task Given_patches_that_require_each_other_then_the_cycle_is_told_and_blocks_nothing()
    {
        session.Knows(Needing("KB1000000", "KB1000002"), Needing("KB1000002", "KB1000001"));
        var review = await Review(Needing("KB1000001", "KB1000000"));
        Assert.False(review.Blocks);
        Assert.Empty(review.Findings);
        Assert.Equal("KB1000000 → KB1000002 → KB1000001 → KB1000000", Assert.Single(review.Cycles).Text);
        Assert.Equal("patch:KB1000000=cycle", review.Digest);
    }

    [Fact]
    public async Task Given_a_prerequisite_that_is_in_a_cycle_of_others_then_it_still_counts()
    {
        session.Knows(Needing("KB1000000", "KB1000002"), Needing("KB1000002", "KB1000000"));
        var review = await Review(Needing("KB1000001", "KB1000000"));
        Assert.True(review.Blocks);
        Assert.Empty(review.Cycles);
    }

    [Theory]
    [InlineData("6.3.9600.16384", DependencyState.Met, "Hyper-V Integration Components is at 6.3.9600.16384 on Production servers.")]
    [InlineData("6.2.9200.16384", DependencyState.Open, "Hyper-V Integration Components is at 6.2.9200.16384 on Production servers; update it to 6.2.9200.16433 or newer first.")]
    [InlineData("", DependencyState.Unknown, "Not known which version of Hyper-V Integration Components Production servers has: update it to 6.2.9200.16433 or newer first, then confirm it.")]
    public async Task Given_the_founding_case_then_the_integration_components_come_first(string installed, DependencyState state, string because)
    {
        var ring = Some.Ring() with
        {
            Products = ["*"],
            Installed = installed.Length == 0 ? [] : new Dictionary<string, Version> { ["hyper-v integration components"] = new(installed) },
        };
        var patch = Some.Patch("KB3000001", Some.Facts(products: "System Center 2012 SP1 Data Protection Manager"));
        var finding = Assert.Single((await new DependencyReview(new RuleBook(SeedRules.All)).ForAsync(session, [patch], ring, Some.Token))[0].Findings);
        Assert.Equal((state, because), (finding.State, finding.Because));
    }

    [Fact]
    public async Task Given_a_newer_version_confirmed_then_the_older_requirement_is_met()
    {
        await Confirm("product:Hyper-V Integration Components:6.3.9600.18692");
        var rule = Rule(new VersionRequirement("Hyper-V Integration Components", new(6, 3, 9600, 16384)));
        Assert.Equal(DependencyState.Met, Assert.Single((await Review(Needing("KB1000001"), rule)).Findings).State);
    }

    [Fact]
    public async Task Given_alternatives_then_the_best_of_them_counts()
    {
        session.Knows(Needing("KB1000002")).Plans("KB1000002", RolloutState.Approved, Saturday);
        var rule = Rule(new AnyOfRequirement([new("KB1000003"), new("KB1000002")]));
        var finding = Assert.Single((await Review(Needing("KB1000001"), rule)).Findings);
        Assert.Equal("any:KB1000002|KB1000003", finding.Dependency.Needs.Key);
        Assert.Equal(DependencyState.Planned, finding.State);
    }

    [Fact]
    public async Task Given_a_prerequisite_that_goes_in_as_planned_then_the_digest_stays_and_when_it_is_withdrawn_then_not()
    {
        session.Knows(Needing("KB1000000")).Plans("KB1000000", RolloutState.Approved, Saturday);
        var patch = Needing("KB1000001", "KB1000000");
        var planned = (await Review(patch)).Digest;
        session.Plans("KB1000000", RolloutState.Approved, NextSaturday);
        Assert.Equal(planned, (await Review(patch)).Digest);
        session.Plans("KB1000000", RolloutState.Finished, NextSaturday);
        Assert.Equal(planned, (await Review(patch)).Digest);
        session.Plans("KB1000000", RolloutState.Proposed, NextSaturday);
        Assert.Equal("patch:KB1000000=open", (await Review(patch)).Digest);
    }

    [Fact]
    public async Task Given_ten_thousand_hostile_relations_then_a_handful_of_queries_judges_them()
    {
        var names = Enumerable.Range(2_000_000, 10_000).Select(number => $"KB{number}").ToArray();
        session.Knows(names.Select((name, place) => Some.Patch(name, Some.Facts() with
        {
            Requires = [new(names[(place + 1) % names.Length])],
            Supersedes = [new(names[(place + 7) % names.Length])],
        })));
        var review = await Review(Needing("KB1000001", names));
        Assert.Equal(10_000, review.Findings.Count);
        Assert.InRange(review.Digest.Length, 1, 1500);
        Assert.InRange(session.Queries, 1, 80);
    }

    [Fact]
    public async Task Given_a_long_chain_of_prerequisites_then_it_is_walked_only_so_far()
    {
        var names = Enumerable.Range(2_000_000, 1_000).Select(number => $"KB{number}").ToArray();
        session.Knows(names.Zip(names.Skip(1), (name, next) => Needing(name, next)));
        Assert.Equal(DependencyState.Open, Assert.Single((await Review(Needing("KB1000001", names[0]))).Findings).State);
        Assert.InRange(session.Queries, 1, 25);
    }

    [Fact]
    public async Task Given_a_month_of_patches_then_the_number_of_queries_does_not_grow_with_them()
    {
        var patches = Enumerable.Range(2_000_000, 100).Select(number => Needing($"KB{number}", $"KB{number + 1000}")).ToList();
        session.Knows(patches);
        var reviews = await new DependencyReview(RuleBook.Empty).ForAsync(session, patches, Some.Ring(), Some.Token);
        Assert.Equal(patches.Select(patch => patch.Id), reviews.Select(review => review.Patch.Id));
        Assert.InRange(session.Queries, 1, 5);
    }

    internal static Patch Needing(string id, params string[] needed) =>
        Some.Patch(id, Some.Facts() with { Requires = [.. needed.Select(name => new PatchId(name))] });

    private static Patch Replacing(string id, string older) => Some.Patch(id, Some.Facts() with { Supersedes = [new(older)] });

    private static DependencyRule Rule(Requirement needs) =>
        new("test", new RuleCondition { Title = "*" }, needs, "It breaks otherwise.", null, "Ada Admin");

    private async Task<PatchReview> Review(Patch patch, params DependencyRule[] rules) =>
        Assert.Single(await new DependencyReview(new RuleBook(rules)).ForAsync(session.Knows(patch), [patch], Some.Ring(), Some.Token));

    private Task<bool> Confirm(string requirement) =>
        session.ConfirmAsync(new Confirmation("production", requirement, Some.Engineer, Some.Noon, "test"), Some.Token);
}
