using System.Text;
using PatchBot.Core.Approvals;
using PatchBot.Core.Exports;
using PatchBot.Core.Record;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Core.Exports;

public sealed class ExporterTests
{
    private const string Kb = "KB5032196";

    [Fact]
    public async Task Given_open_patches_then_each_rollout_is_a_line_with_its_window_in_UTC()
    {
        await using var bot = await Bot.StartAsync();
        await bot.ImportAsync("2026-Nov", (Kb, Some.Facts()));
        await bot.LabAsync(Kb);

        var file = await ExportAsync(bot, (exporter, session) => exporter.OpenAsync(session, Some.Token));

        Assert.Equal("open-patches-2026-11-10.csv", file.FileName);
        Assert.Equal(1, file.Rows);
        Assert.Equal(
            [
                "patch,title,severity,exploited,released,ring,state,window start (UTC),window end (UTC),in time,lab",
                "KB5032196,Cumulative update for Windows Server 2019,Critical,No,2026-11-10T10:00:00Z,Production servers,Proposed,2026-11-14T21:00:00Z,2026-11-15T01:00:00Z,yes,Passed",
            ],
            Lines(file));
    }

    [Fact]
    public async Task Given_a_patch_with_results_and_decisions_then_its_history_tells_who_did_what()
    {
        await using var bot = await Bot.StartAsync();
        await bot.ImportAsync("2026-Nov", (Kb, Some.Facts()));
        await bot.LabAsync(Kb);
        await bot.DecideAsync(DecisionKind.Reject, Kb, reason: "breaks the backup agent");

        var file = await HistoryAsync(bot);

        Assert.Equal("KB5032196-2026-11-10.csv", file.FileName);
        Assert.Equal(
            [
                "at (UTC),what,ring,host,by,person,note,stands",
                "2026-11-10T12:00:00Z,lab: pass,,hv-lab-02,Erin Engineer,webchat:local:engineer,,yes",
                "2026-11-10T12:00:00Z,reject,Production servers,,Max Manager,webchat:local:manager,breaks the backup agent,yes",
            ],
            Lines(file));
    }

    [Theory]
    [InlineData("=HYPERLINK(\"https://evil.example\",\"Bank\")")]
    [InlineData("+1+1")]
    [InlineData("@SUM(A1)")]
    [InlineData("-2+3|cmd")]
    public async Task Given_a_reason_that_a_spreadsheet_would_run_then_it_stays_words(string reason)
    {
        await using var bot = await Bot.StartAsync();
        await bot.ImportAsync("2026-Nov", (Kb, Some.Facts()));
        await bot.DecideAsync(DecisionKind.Reject, Kb, reason: reason);

        var line = Lines(await HistoryAsync(bot)).Last();

        Assert.Contains($"\"'{reason.Replace("\"", "\"\"", StringComparison.Ordinal)}\"", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_reason_with_commas_quotes_and_lines_then_it_is_one_field()
    {
        await using var bot = await Bot.StartAsync();
        await bot.ImportAsync("2026-Nov", (Kb, Some.Facts()));
        await bot.DecideAsync(DecisionKind.Reject, Kb, reason: "first, \"second\"\nthird");

        Assert.Contains(",\"first, \"\"second\"\"\nthird\",yes", Encoding.UTF8.GetString((await HistoryAsync(bot)).Content.Span), StringComparison.Ordinal);
    }

    private static Task<Exported> HistoryAsync(Bot bot) => ExportAsync(
        bot, async (exporter, session) => await exporter.HistoryAsync(session, (await session.Patches.FindByNameAsync(Kb, Some.Token))!, Some.Token));

    private static Task<Exported> ExportAsync(Bot bot, Func<Exporter, IRecordSession, Task<Exported>> export) =>
        bot.ReadAsync(session => export(new Exporter(bot, bot.Clock), session));

    private static string[] Lines(Exported file)
    {
        var text = Encoding.UTF8.GetString(file.Content.Span);
        Assert.Equal('\uFEFF', text[0]);
        return text[1..].Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
    }
}
