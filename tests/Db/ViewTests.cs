using PatchBot.Core.Approvals;
using PatchBot.Core.Delivery;
using PatchBot.Core.Lab;
using PatchBot.Core.Patches;
using PatchBot.Core.Rollouts;
using PatchBot.Core.Windows;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Db;

/// <summary>The questions that docs/database.md answers by hand.</summary>
public sealed class ViewTests : IAsyncLifetime
{
    private TestRecord record = null!;

    public async ValueTask InitializeAsync()
    {
        record = await TestRecord.CreateAsync();
        await record.WriteAsync(
            async (session, token) =>
            {
                await session.Patches.SaveAsync(Some.Patch("KB1000001"), token);
                await session.Patches.SaveAsync(Some.Patch("KB1000002"), token);
                var report = new LabReport(0, new MessageRef(new ChannelRef("webchat", "lab"), "1"), null, Some.Engineer, Some.Noon, "pass");
                var result = new LabResult(0, 0, new PatchId("KB1000001"), LabOutcome.Pass, "hv-lab-02", "", Some.Engineer, Some.Noon);
                await session.Lab.AddAsync(report, [result], token);
                var window = new MaintenanceWindow(new DateTimeOffset(9998, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(9998, 1, 2, 0, 0, 0, TimeSpan.Zero));
                var rollout = await session.Rollouts.AddAsync(
                    new Rollout(0, new PatchId("KB1000001"), "production", RolloutState.Approved, window, true, null, null, [], new Snapshot("", "", "", ""), 1), token);
                await session.Rollouts.TryDecideAsync(new Decision(0, rollout.Id, DecisionKind.Approve, Some.Manager, Some.Noon, "", "s", "o"), token);
                return true;
            },
            Some.Token);
    }

    public ValueTask DisposeAsync() => record.DisposeAsync();

    [Theory]
    [InlineData("Max Manager Approve KB1000001", """
        SELECT CONCAT(decided_by, ' ', decision, ' ', patch) FROM v_approvals
         WHERE decided_at >= '2026-11-01' AND decided_at < '2026-12-01' AND decision = 'Approve'
        """)]
    [InlineData("KB1000002", "SELECT patch FROM v_patch_status WHERE severity = 'Critical' AND lab_passed + lab_failed + lab_other = 0")]
    [InlineData("hv-lab-02 Pass Erin Engineer", "SELECT CONCAT(host, ' ', outcome, ' ', reported_by) FROM v_lab_results WHERE state = 'Standing'")]
    [InlineData("production KB1000001 9998-01-01T00:00:00.000Z", "SELECT CONCAT(ring, ' ', patch, ' ', window_start) FROM v_upcoming_windows")]
    public async Task Given_a_question_by_hand_then_a_view_answers_it(string answer, string question) =>
        Assert.Equal(answer, await record.ByHandAsync(question));
}
