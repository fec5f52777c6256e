using PatchBot.Cards;
using PatchBot.Core.Patches;
using PatchBot.Core.People;
using PatchBot.Core.Relations;
using PatchBot.Core.Relations.Rules;
using PatchBot.Core.Rollouts;
using PatchBot.Core.Windows;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Core.Relations;

public sealed class PrerequisitesTests
{
    private readonly MemorySession session = new();
    private readonly Prerequisites prerequisites = new(new OnlyTheEngineer());

    [Fact]
    public async Task Given_an_engineer_when_confirming_then_it_is_recorded_once_and_audited()
    {
        Assert.Equal(ConfirmOutcome.Confirmed, await Confirm(Some.Engineer, "patch:kb 5005112"));
        Assert.Equal(ConfirmOutcome.ConfirmedBefore, await Confirm(Some.Engineer, "patch:KB5005112"));
        var audited = Assert.Single(session.Audited);
        Assert.Equal(("dependency.confirmed", "ring/production", "patch:KB5005112 is in place on Production servers."), (audited.Action, audited.Subject, audited.Detail));
    }

    [Fact]
    public async Task Given_someone_without_the_role_when_confirming_then_nothing_is_recorded()
    {
        Assert.Equal(ConfirmOutcome.NotAnEngineer, await Confirm(Some.Outsider, "patch:KB5005112"));
        Assert.Empty(await session.ConfirmationsAsync("production", [new PatchRequirement(new PatchId("KB5005112"))], Some.Token));
        Assert.Empty(session.Audited);
    }

    [Fact]
    public async Task Given_no_requirement_when_confirming_then_it_is_refused() =>
        Assert.Equal(ConfirmOutcome.UnknownRequirement, await Confirm(Some.Engineer, "everything"));

    [Fact]
    public async Task Given_the_form_when_a_choice_is_sent_then_it_finds_its_requirement_and_a_forged_one_does_not()
    {
        var (patch, reviews) = await Reviews("KB5005112");
        var form = ConfirmForm.For(patch.Id, reviews)!;
        var choice = Assert.Single(Assert.IsType<ChoiceInput>(Assert.Single(form.Inputs)).Choices);
        Assert.Equal("KB5005112 on Production servers", choice.Title);
        Assert.Equal(patch.Id, ConfirmForm.PatchOf(form.Id));
        Assert.Equal("patch:KB5005112", ConfirmForm.Chosen(choice.Value, reviews)?.Needs.Key);
        Assert.Null(ConfirmForm.Chosen("production/patch:KB1", reviews));

        await Confirm(Some.Engineer, "patch:KB5005112");
        (_, reviews) = await Reviews("KB5005112");
        Assert.Null(ConfirmForm.For(patch.Id, reviews));
        Assert.Null(DependencyNotice.For(reviews));
    }

    [Fact]
    public async Task Given_an_unknown_prerequisite_then_the_card_says_what_comes_first_why_and_who_says_so()
    {
        var (_, reviews) = await Reviews("KB5005112");
        var notice = DependencyNotice.For(reviews)!;
        Assert.Equal((Tone.Warning, "First, before this patch"), (notice.Tone, notice.Heading));
        Assert.Equal(
            [
                "KB5005112: Microsoft lists it as a prerequisite.",
                "Not known whether KB5005112 is installed on Production servers: confirm it, or import the patch and plan it.",
            ],
            notice.Lines.Select(Words));
    }

    [Fact]
    public async Task Given_a_planned_prerequisite_then_the_card_says_when_in_the_rings_zone()
    {
        session.Plans("KB5005112", RolloutState.Approved, new MaintenanceWindow(Some.Noon, Some.Noon.AddHours(4)));
        var notice = DependencyNotice.For((await Reviews("KB5005112")).Reviews)!;
        Assert.Equal((Tone.Neutral, "Goes in after"), (notice.Tone, notice.Heading));
        Assert.Contains(new TimeRun(Some.Noon, "Europe/Berlin"), notice.Lines[1]);
    }

    [Fact]
    public void Given_patches_of_a_window_then_prerequisites_go_first_and_the_rest_keeps_its_order()
    {
        var stack = Some.Patch("KB5049999", Some.Facts() with { Supersedes = [new("KB5043124")] });
        Patch[] patches =
        [
            DependencyReviewTests.Needing("KB1000004"), DependencyReviewTests.Needing("KB1000003", "KB5043124"),
            DependencyReviewTests.Needing("KB1000002", "KB1000003"), stack,
        ];
        Assert.Equal(["KB1000004", "KB5049999", "KB1000003", "KB1000002"], Sorted(patches));
    }

    [Fact]
    public void Given_a_cycle_then_the_order_is_still_complete_and_stable()
    {
        Patch[] patches =
        [
            DependencyReviewTests.Needing("KB1000001", "KB1000002"), DependencyReviewTests.Needing("KB1000002", "KB1000001"),
            DependencyReviewTests.Needing("KB1000003", "KB1000002"),
        ];
        Assert.Equal(["KB1000001", "KB1000002", "KB1000003"], Sorted(patches));
    }

    private static IEnumerable<string> Sorted(Patch[] patches) =>
        DependencyOrder.Sort(patches, patches.ToDictionary(patch => patch.Id, patch => RuleBook.Empty.For(patch))).Select(patch => patch.Id.Value);

    private static string Words(CardText text) => string.Concat(text.Select(run => run switch
    {
        PlainRun plain => plain.Text,
        StrongRun strong => strong.Text,
        LinkRun link => link.Text,
        _ => "",
    }));

    private async Task<(Patch Patch, IReadOnlyList<PatchReview> Reviews)> Reviews(string needed)
    {
        var patch = DependencyReviewTests.Needing("KB5032196", needed);
        return (patch, await new DependencyReview(RuleBook.Empty).ForAsync(session, [patch], Some.Ring(), Some.Token));
    }

    private Task<ConfirmOutcome> Confirm(Person by, string requirement) =>
        prerequisites.ConfirmAsync(session, Some.Ring(), requirement, by, "message/1", Some.Noon, Some.Token);

    private sealed class OnlyTheEngineer : IRoles
    {
        public bool IsEngineer(Human human) => human.Is(Some.Engineer.Id);

        public bool IsAdmin(Human human) => false;

        public bool IsApprover(Human human, Ring ring) => false;
    }
}
