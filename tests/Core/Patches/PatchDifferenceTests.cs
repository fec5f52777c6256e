using PatchBot.Core.Patches;
using PatchBot.Core.Patches.Intake;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Core.Patches;

public sealed class PatchDifferenceTests
{
    private static readonly PatchFacts Before = Some.Facts(severity: Severity.High);

    [Fact]
    public void Given_equal_facts_then_there_is_no_difference() => Assert.Empty(PatchDifference.Between(Before, Some.Facts(severity: Severity.High)));

    [Fact]
    public void Given_a_new_link_only_then_it_says_details() => Assert.Equal(
        ["details and wording"], PatchDifference.Between(Before, Before with { Links = [new PatchLink("Article", new Uri("https://example.test/a"))] }));

    [Fact]
    public void Given_changed_facts_then_each_is_named_with_old_and_new()
    {
        var after = Before with
        {
            Restart = RestartNeed.No,
            Supersedes = [new PatchId("KB5031361")],
            Kind = PatchKind.Bugfix,
            Products = [Before.Products[0] with { FixedBuild = "10.0.17763.5200" }],
            Fixes = [Before.Fixes[0] with { Cvss = 9.8m }],
        };

        Assert.Equal(
            [
                "restart: restart required → no restart",
                "highest CVSS 8.8 → 9.8",
                "kind: security → bugfix",
                "supersedes: added KB5031361",
                "fixed build of Windows Server 2019: 10.0.17763.5122 → 10.0.17763.5200",
                "CVE-2023-36025 CVSS 8.8 → 9.8",
            ],
            PatchDifference.Between(Before, after));
    }

    [Fact]
    public void Given_a_hundred_changes_then_the_first_are_told_and_the_rest_counted()
    {
        PatchFacts Rated(decimal score) => Before with { Fixes = [.. Enumerable.Range(1000, 100).Select(number => Before.Fixes[0] with { Cve = $"CVE-2026-{number}", Cvss = score })] };

        var changes = PatchDifference.Between(Rated(5), Rated(6));

        Assert.Equal((10, "and 92 more changes"), (changes.Count, changes[^1]));
    }
}
