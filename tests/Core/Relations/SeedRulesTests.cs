using PatchBot.Core.Patches;
using PatchBot.Core.Relations;
using PatchBot.Core.Relations.Rules;
using PatchBot.Core.Windows;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Core.Relations;

public sealed class SeedRulesTests
{
    private static readonly RuleBook Book = new(SeedRules.All);

    [Theory]
    [InlineData("KB5043051", "patch:KB5043124")]
    [InlineData("KB5073722", "patch:KB5073447")]
    public void Given_a_cumulative_update_for_server_2016_then_its_servicing_stack_comes_first(string update, string needs) =>
        Assert.Equal(needs, Assert.Single(Book.For(Patch(update, "Windows Server 2016", "10.0.14393.6452", new(2023, 11, 14)))).Needs.Key);

    [Theory]
    [InlineData("Windows Server 2019", "10.0.17763.5122", "2023-11-14", "patch:KB5005112")]
    [InlineData("Windows Server 2019 (Server Core installation)", "10.0.17763.5122", "2023-11-14", "patch:KB5005112")]
    [InlineData("Windows Server 2019", "10.0.17763.1999", "2021-06-08", "")]
    [InlineData("Microsoft .NET Framework 4.8 on Windows Server 2019", "4.8.4682.0", "2023-11-14", "")]
    [InlineData("Windows Server 2022", "10.0.20348.2113", "2023-11-14", "")]
    [InlineData("Windows Server 2008 R2 for x64-based Systems Service Pack 1", "6.1.7601.26816", "2023-11-14", "patch:KB4474419,patch:KB4490628")]
    public void Given_a_product_then_only_its_own_rules_match(string product, string build, string released, string needs) =>
        Assert.Equal(needs, string.Join(',', Book.For(Patch("KB5099999", product, build, DateOnly.Parse(released, null))).Select(dependency => dependency.Needs.Key)));

    [Fact]
    public void Given_a_patch_for_several_products_then_only_those_that_the_ring_runs_count()
    {
        var patch = Patch("KB5032191", "Windows Server 2008 R2 for x64-based Systems Service Pack 1", "1.001", new(2023, 11, 14));
        patch = patch with { Facts = patch.Facts with { Products = [.. patch.Facts.Products, patch.Facts.Products[0] with { Name = "Windows Server 2012" }] } };
        Assert.Empty(Book.For(patch, Some.Ring() with { Products = ["Windows Server 2012*"] }));
        Assert.Equal(2, Book.For(patch, Some.Ring() with { Products = ["Windows Server 2008*"] }).Count);
    }

    [Fact]
    public void Given_the_prerequisite_itself_then_it_does_not_need_itself() =>
        Assert.DoesNotContain(
            Book.For(Patch("KB4474419", "Windows Server 2008 R2 for x64-based Systems Service Pack 1", "", new(2019, 9, 23))),
            dependency => dependency.Needs.Key == "patch:KB4474419");

    [Theory]
    [InlineData("6.2", "any:KB2770917|KB2823956|KB3161609")]
    [InlineData("6.3", "product:Hyper-V Integration Components:6.3.9600.16384")]
    [InlineData("10.0", "product:Hyper-V Integration Components:10.0.14393.0")]
    public void Given_a_ring_with_a_hyper_v_host_then_the_rule_for_that_host_joins(string host, string needs)
    {
        var ring = Some.Ring() with { Installed = new Dictionary<string, Version> { ["Hyper-V Host"] = new(host) } };
        var patch = Patch("KB3000001", "System Center 2012 SP1 Data Protection Manager", "", new(2015, 3, 10));
        Assert.Equal(
            ["product:Hyper-V Integration Components:6.2.9200.16433", needs],
            Book.For(patch, ring).Select(dependency => dependency.Needs.Key));
    }

    [Fact]
    public void Given_every_seed_rule_then_it_says_why_where_and_who() =>
        Assert.All(SeedRules.All, rule => Assert.True(rule.Reason.Length > 20 && rule.Link is not null && rule.DeclaredBy.Length > 0, rule.Id));

    private static Patch Patch(string id, string product, string build, DateOnly released)
    {
        var facts = Some.Facts(products: product);
        return Some.Patch(id, facts with
        {
            ReleasedAt = new DateTimeOffset(released, new TimeOnly(18, 0), TimeSpan.Zero),
            Products = [facts.Products[0] with { FixedBuild = build }],
        });
    }
}
