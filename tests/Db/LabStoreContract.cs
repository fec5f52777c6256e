using PatchBot.Core.Delivery;
using PatchBot.Core.Lab;
using PatchBot.Core.Patches;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Db;

public abstract class LabStoreContract(TestEngine engine) : StoreContract(engine)
{
    private static readonly PatchId Patch = new("KB5032196");

    [Fact]
    public async Task Given_a_report_then_it_and_its_results_are_read_back()
    {
        var report = await AddAsync("m1", LabOutcome.Pass, LabOutcome.Fail);

        Assert.Equal(report, await ReadAsync(session => session.Lab.FindReportAsync(report.Id, Token)));
        Assert.Equal(report, await ReadAsync(session => session.Lab.FindReportAsync(report.Message, Token)));
        var results = await ReadAsync(session => session.Lab.ResultsOfAsync(report.Id, Token));
        Assert.Equal([LabOutcome.Pass, LabOutcome.Fail], results.Select(result => result.Outcome));
        Assert.All(results, result => Assert.Equal((report.Id, Some.Engineer, Some.Noon), (result.ReportId, result.By, result.At)));
        Assert.Equal(results, await ReadAsync(session => session.Lab.StandingAsync([Patch], Token)));
    }

    [Fact]
    public async Task Given_a_message_that_was_edited_then_its_newest_report_is_found()
    {
        await AddAsync("m1", LabOutcome.Pass);
        var newer = await AddAsync("m1", LabOutcome.Fail);
        Assert.Equal(newer, await ReadAsync(session => session.Lab.FindReportAsync(newer.Message, Token)));
        Assert.Null(await ReadAsync(session => session.Lab.FindReportAsync(new MessageRef(Ops, "m2"), Token)));
    }

    [Fact]
    public async Task Given_two_who_undo_a_report_at_once_then_one_is_first()
    {
        var report = await AddAsync("m1", LabOutcome.Pass, LabOutcome.Pass);

        var ended = await RaceAsync(4, (session, _) => session.Lab.EndAsync(report.Id, LabResultState.Undone, Some.Noon, Token));

        Assert.Equal([0, 0, 0, 2], ended.Order());
        Assert.Empty(await ReadAsync(session => session.Lab.StandingAsync([Patch], Token)));
        Assert.All(
            await ReadAsync(session => session.Lab.ResultsOfAsync(report.Id, Token)),
            result => Assert.Equal(LabResultState.Undone, result.State));
    }

    [Fact]
    public async Task Given_results_of_a_person_then_those_that_count_are_found_newest_first()
    {
        var first = await AddAsync("m1", LabOutcome.Pass, LabOutcome.Fail);
        await AddAsync("m2", LabOutcome.Blocked);
        var newest = await ReadAsync(session => session.Lab.NewestOfAsync(Some.Engineer.Id, 2, Token));
        Assert.Equal([LabOutcome.Blocked, LabOutcome.Fail], newest.Select(result => result.Outcome));

        await WriteAsync(session => session.Lab.EndAsync(first.Id, LabResultState.Undone, Some.Noon, Token));
        Assert.Single(await ReadAsync(session => session.Lab.NewestOfAsync(Some.Engineer.Id, 9, Token)));
        Assert.Empty(await ReadAsync(session => session.Lab.NewestOfAsync(Some.Manager.Id, 9, Token)));
    }

    private async Task<LabReport> AddAsync(string message, params LabOutcome[] outcomes)
    {
        await KnowPatchesAsync(Patch.Value);
        var report = new LabReport(0, new MessageRef(Ops, message), "root", Some.Engineer, Some.Noon, "pass on hv-lab-02 🙂");
        var results = outcomes.Select((outcome, i) =>
            new LabResult(0, 0, Patch, outcome, $"hv-lab-0{i}", "backups ok", Some.Engineer, Some.Noon));
        return await WriteAsync(session => session.Lab.AddAsync(report, [.. results], Token));
    }
}
