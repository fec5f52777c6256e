using PatchBot.Core.Patches;
using PatchBot.Core.Policy;
using PatchBot.Core.Windows;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Core.Policy;

public sealed class PatchPolicyTests
{
    private static readonly PatchPolicy Policy = new(new PolicyOptions());
    private static readonly Ring Exposed = Some.Ring("web", "Web servers", exposed: true);
    private static readonly Ring Inside = Some.Ring();

    [Theory]
    [InlineData(Severity.Medium, Claim.Yes, true, 3, Urgency.PatchFast, "exploited on an exposed ring, 3 days from release")]
    [InlineData(Severity.Medium, Claim.Yes, false, 14, Urgency.PatchFast, "exploited, 14 days from release")]
    [InlineData(Severity.Critical, Claim.No, true, 7, Urgency.PatchFast, "critical severity on an exposed ring, 7 days from release")]
    [InlineData(Severity.Critical, Claim.No, false, 14, Urgency.NextWindow, "critical severity, 14 days from release")]
    [InlineData(Severity.High, Claim.Unknown, true, 30, Urgency.NextWindow, "high severity, 30 days from release")]
    [InlineData(Severity.Unrated, Claim.No, false, 30, Urgency.NextWindow, "not rated, so treated as high, 30 days from release")]
    [InlineData(Severity.Medium, Claim.No, false, 60, Urgency.CanWait, "medium severity, 60 days from release")]
    [InlineData(Severity.Low, Claim.No, true, 90, Urgency.CanWait, "low severity, 90 days from release")]
    [InlineData(Severity.None, Claim.No, false, 90, Urgency.CanWait, "rated as no risk, 90 days from release")]
    public void Given_the_table_then_each_row_has_its_deadline_and_verdict(
        Severity severity, Claim exploited, bool exposed, int days, Urgency urgency, string reason)
    {
        var patch = Some.Patch(facts: Some.Facts(severity: severity, exploited: exploited));
        var ring = exposed ? Exposed : Inside;
        Assert.Equal((patch.ReleasedAt.AddDays(days), reason), Policy.DeadlineFor(patch, ring));
        Assert.Equal(urgency, Policy.Judge(patch, [ring], Some.Noon).Urgency);
    }

    [Fact]
    public void Given_an_exploited_critical_patch_on_an_exposed_ring_then_one_line_says_it_all()
    {
        var verdict = Policy.Judge(Some.Patch(facts: Some.Facts(exploited: Claim.Yes)), [Inside, Exposed], Some.Noon);
        Assert.Equal("Patch fast: exploited in the wild (CVE-2023-36025), critical on an exposed ring. Fixes a security hole.", verdict.Line);
        Assert.Equal(
            [
                "CVE-2023-36025 is known to be exploited in the wild.", "Microsoft rates it Critical.",
                "The highest CVSS score is 8.8 (CVE-2023-36025).", "Web servers is exposed.",
            ],
            verdict.Reasons);
    }

    [Theory]
    [InlineData(PatchKind.Bugfix, "Can wait for a convenient window: no security fix. Fixes a defect.")]
    [InlineData(PatchKind.Feature, "Can wait for a convenient window: no security fix. Adds a feature.")]
    [InlineData(PatchKind.Enhancement, "Can wait for a convenient window: no security fix. Adds a feature.")]
    [InlineData(PatchKind.Unknown, "Can wait for a convenient window: no security fix. What it is for is not known.")]
    public void Given_a_patch_without_a_security_fix_then_the_line_says_what_it_is(PatchKind kind, string line)
    {
        var patch = Some.Patch(facts: Some.Facts() with { Kind = kind, Fixes = [] });
        Assert.Equal(line, Policy.Judge(patch, [Exposed], Some.Noon).Line);
        Assert.Equal("no security fix, 90 days from release", Policy.DeadlineFor(patch, Exposed).Reason);
    }

    [Theory]
    [InlineData(Severity.High, true, 7, Urgency.PatchFast)]
    [InlineData(Severity.Medium, true, 30, Urgency.NextWindow)]
    [InlineData(Severity.Critical, false, 14, Urgency.NextWindow)]
    public void Given_a_publicly_disclosed_hole_then_it_counts_one_step_higher_at_most_critical(Severity severity, bool exposed, int days, Urgency urgency)
    {
        var facts = Some.Facts(severity: severity);
        var patch = Some.Patch(facts: facts with { Fixes = [facts.Fixes[0] with { Disclosed = Claim.Yes }] });
        var ring = exposed ? Exposed : Inside;
        Assert.Equal(patch.ReleasedAt.AddDays(days), Policy.DeadlineFor(patch, ring).Deadline);
        Assert.Equal(urgency, Policy.Judge(patch, [ring], Some.Noon).Urgency);
    }

    [Fact]
    public void Given_a_patch_that_is_critical_on_one_product_only_then_a_ring_without_it_has_more_time()
    {
        var facts = Some.Facts(severity: Severity.Critical, products: ["Windows Server 2022", "Windows Server 2019"]);
        var patch = Some.Patch(facts: facts with { Products = [facts.Products[0], facts.Products[1] with { Severity = Severity.Medium }] });
        Assert.Equal("medium severity, 60 days from release", Policy.DeadlineFor(patch, Inside with { Products = ["Windows Server 2019*"] }).Reason);
        Assert.Equal("critical severity, 14 days from release", Policy.DeadlineFor(patch, Inside).Reason);
    }

    [Fact]
    public void Given_no_release_date_then_the_clock_starts_at_first_sight()
    {
        var patch = Some.Patch(facts: Some.Facts(severity: Severity.High) with { ReleasedAt = null });
        Assert.Equal((Some.Noon.AddDays(30), "high severity, 30 days from when we first saw it"), Policy.DeadlineFor(patch, Inside));
    }

    [Fact]
    public void Given_a_release_date_at_the_end_of_time_then_nothing_overflows() =>
        Assert.Equal(DateTimeOffset.MaxValue, Policy.DeadlineFor(Some.Patch(facts: Some.Facts() with { ReleasedAt = DateTimeOffset.MaxValue }), Inside).Deadline);

    [Fact]
    public void Given_a_deadline_that_has_passed_then_the_reasons_say_so() =>
        Assert.Contains(
            "Its deadline for Production servers was 24 Nov 2026 (critical severity, 14 days from release).",
            Policy.Judge(Some.Patch(), [Inside], Some.Noon.AddDays(20)).Reasons);

    [Fact]
    public void Given_many_exploited_holes_then_three_are_named()
    {
        var facts = Some.Facts(exploited: Claim.Yes);
        var patch = Some.Patch(facts: facts with { Fixes = [.. Enumerable.Range(1, 5).Select(number => facts.Fixes[0] with { Cve = $"CVE-2026-000{number}" })] });
        Assert.StartsWith(
            "Patch fast: exploited in the wild (CVE-2026-0001, CVE-2026-0002, CVE-2026-0003 and 2 more), critical.",
            Policy.Judge(patch, [Inside], Some.Noon).Line,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Given_the_defaults_then_nothing_is_wrong_with_them() => Assert.Empty(new PolicyOptions().Faults());

    [Fact]
    public void Given_wrong_settings_then_each_fault_has_its_line()
    {
        var faults = new PolicyOptions { High = TimeSpan.FromDays(70), Low = TimeSpan.FromDays(1000) }.Faults().Select(fault => fault.ToString());
        Assert.Equal(
            [
                "Policy:Low = \"1000.00:00:00\": give a time from one hour (01:00:00) to two years (730.00:00:00), written days.hours:minutes:seconds",
                "Policy:High = \"70.00:00:00\": must not be longer than Policy:Medium (60.00:00:00)",
            ],
            faults);
    }
}
