using PatchBot.Core.Lab;
using PatchBot.Core.Patches;
using PatchBot.Core.People;
using PatchBot.Core.People.Links;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Core.Lab;

public sealed class LabStatusTests
{
    private static readonly LabOptions Options = new();
    private int minutes;

    [Fact]
    public void Given_no_result_then_the_patch_is_untested_and_may_not_be_approved()
    {
        Assert.Equal(LabStanding.Untested, LabStatus.Of([], Humans.Unlinked).Standing);
        Assert.False(LabStatus.Of([], Humans.Unlinked).AllowsApproval(Options));
        Assert.Equal("", LabStatus.Of([], Humans.Unlinked).Digest);
    }

    [Fact]
    public void Given_a_retest_of_a_host_then_its_latest_result_counts()
    {
        var status = LabStatus.Of([Result(LabOutcome.Fail, "hv-lab-02"), Result(LabOutcome.Pass, "HV-LAB-02")], Humans.Unlinked);
        Assert.Equal(LabStanding.Passed, status.Standing);
        Assert.True(status.AllowsApproval(Options));
    }

    [Fact]
    public void Given_a_failed_host_then_passes_elsewhere_and_without_host_do_not_lift_it()
    {
        var status = LabStatus.Of([Result(LabOutcome.Fail, "sql-lab-03"), Result(LabOutcome.Pass, "hv-lab-02"), Result(LabOutcome.Pass, "")], Humans.Unlinked);
        Assert.Equal(LabStanding.Failed, status.Standing);
        Assert.False(status.AllowsApproval(Options));
        Assert.Equal("lab pass; hv-lab-02 pass; sql-lab-03 fail", status.Digest);
    }

    [Fact]
    public void Given_a_correction_without_host_then_it_replaces_only_the_same_persons_earlier_one()
    {
        Assert.True(LabStatus.Of([Result(LabOutcome.Fail, ""), Result(LabOutcome.Pass, "")], Humans.Unlinked).AllowsApproval(Options));
        Assert.False(LabStatus.Of([Result(LabOutcome.Fail, ""), Result(LabOutcome.Pass, "", Some.Manager)], Humans.Unlinked).AllowsApproval(Options));
    }

    [Fact]
    public void Given_more_required_passes_then_that_many_hosts_must_have_passed()
    {
        var two = new LabOptions { RequiredPasses = 2 };
        Assert.False(LabStatus.Of([Result(LabOutcome.Pass, "a1"), Result(LabOutcome.Pass, "a1")], Humans.Unlinked).AllowsApproval(two));
        Assert.True(LabStatus.Of([Result(LabOutcome.Pass, "a1"), Result(LabOutcome.Pass, "a2", Some.Manager)], Humans.Unlinked).AllowsApproval(two));
    }

    [Fact]
    public void Given_passes_then_their_testers_are_known()
    {
        var status = LabStatus.Of([Result(LabOutcome.Pass, "a1"), Result(LabOutcome.Blocked, "a2", Some.Manager)], Humans.Unlinked);
        Assert.Equal([Some.Engineer.Id], status.Testers);
        Assert.Equal(LabStanding.Partial, status.Standing);
    }

    [Fact]
    public void Given_a_partial_or_blocked_result_alone_then_it_is_no_pass()
    {
        Assert.Equal(LabStanding.Partial, LabStatus.Of([Result(LabOutcome.Partial, "a1")], Humans.Unlinked).Standing);
        Assert.Equal(LabStanding.Blocked, LabStatus.Of([Result(LabOutcome.Blocked, "a1")], Humans.Unlinked).Standing);
        Assert.False(LabStatus.Of([Result(LabOutcome.Partial, "a1"), Result(LabOutcome.Blocked, "a2")], Humans.Unlinked).AllowsApproval(Options));
    }

    private LabResult Result(LabOutcome outcome, string host, Person? by = null) =>
        new(++minutes, 1, new PatchId("KB5032196"), outcome, host, "", by ?? Some.Engineer, Some.Noon.AddMinutes(minutes));
}
