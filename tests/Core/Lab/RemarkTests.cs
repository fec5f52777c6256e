using PatchBot.Core.Lab;
using PatchBot.Core.Patches;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Core.Lab;

public sealed class RemarkTests
{
    [Theory]
    [InlineData(LabOutcome.Pass, "hv-lab-02", "pass on hv-lab-02, backups ok", "backups ok")]
    [InlineData(LabOutcome.Fail, "LAB-SQL02", "fail LAB-SQL02: agent won't start", "agent won't start")]
    [InlineData(LabOutcome.Blocked, "", "blocked: no lab host until Monday", "no lab host until Monday")]
    [InlineData(LabOutcome.Pass, "lab2", "pass on lab2", "")]
    [InlineData(LabOutcome.Pass, "lab2", "passable on lab2 after a workaround", "passable on lab2 after a workaround")]
    [InlineData(LabOutcome.Fail, "lab1", "on lab10 nothing starts", "lab10 nothing starts")]
    public void Given_a_note_then_a_card_repeats_only_what_the_result_does_not_say(LabOutcome outcome, string host, string note, string remark) =>
        Assert.Equal(remark, LabWords.Remark(new LabResult(1, 1, new PatchId("KB5032196"), outcome, host, note, Some.Engineer, Some.Noon)));
}
