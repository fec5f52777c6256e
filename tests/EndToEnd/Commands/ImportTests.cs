using PatchBot.Tests.EndToEnd.Support;

namespace PatchBot.Tests.EndToEnd.Commands;

public sealed class ImportTests
{
    private const int Failed = 1;

    [Fact(Timeout = 60_000)]
    public async Task Given_a_document_imported_twice_then_the_second_time_changes_nothing()
    {
        await using var here = new Installation();
        await File.WriteAllTextAsync(here.PathOf("month.json"), MadeUpMonth.Json(12), Installation.Token);

        var first = await here.RunAsync("import", "month.json");
        var second = await here.RunAsync("import", "month.json");

        Assert.True(first.Code == 0, first.ToString());
        Assert.StartsWith("msrc 2026-Oct: 12 new, 0 revised, 0 unchanged", first.Output, StringComparison.Ordinal);
        Assert.True(second.Code == 0, second.ToString());
        Assert.StartsWith("msrc 2026-Oct: 0 new, 0 revised, 12 unchanged", second.Output, StringComparison.Ordinal);
        Assert.Equal(["12"], await here.QueryAsync("SELECT count(*) FROM audit_entry WHERE action = 'patch.recorded'"));
    }

    [Fact(Timeout = 60_000)]
    public async Task Given_a_truncated_document_then_it_is_refused_with_the_place_and_the_record_stays()
    {
        await using var here = new Installation();
        var whole = MadeUpMonth.Json(12);
        await File.WriteAllTextAsync(here.PathOf("month.json"), whole, Installation.Token);
        await File.WriteAllTextAsync(here.PathOf("half.json"), whole[..(whole.Length / 2)], Installation.Token);
        Assert.Equal(0, (await here.RunAsync("import", "month.json")).Code);
        var before = await RecordAsync(here);

        var finished = await here.RunAsync("import", "half.json");

        Assert.Equal(Failed, finished.Code);
        var line = Assert.Single(finished.Errors.TrimEnd().Split('\n'));
        Assert.Contains("half.json", line, StringComparison.Ordinal);
        Assert.Contains("Vulnerability", line, StringComparison.Ordinal);
        Assert.Equal(before, await RecordAsync(here));
    }

    [Fact(Timeout = 60_000)]
    public async Task Given_a_folder_with_a_bad_document_then_the_good_ones_are_taken_and_the_exit_code_says_so()
    {
        await using var here = new Installation();
        Directory.CreateDirectory(here.PathOf("months"));
        await File.WriteAllTextAsync(here.PathOf("months/1-bad.json"), "{\"DocumentTitle\": 5}", Installation.Token);
        await File.WriteAllTextAsync(here.PathOf("months/2-good.json"), MadeUpMonth.Json(3), Installation.Token);

        var finished = await here.RunAsync("import", "months");

        Assert.Equal(Failed, finished.Code);
        Assert.Contains("1-bad.json", finished.Errors, StringComparison.Ordinal);
        Assert.Contains("3 new", finished.Output, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Given_a_file_that_is_not_there_then_one_line_says_so()
    {
        await using var here = new Installation();

        var finished = await here.RunAsync("import", "nowhere.json");

        Assert.Equal(Failed, finished.Code);
        Assert.Contains("nowhere.json", Assert.Single(finished.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    private static async Task<string> RecordAsync(Installation here) => string.Join('\n',
        await here.QueryAsync("SELECT id, revision, content_hash FROM patch ORDER BY id"))
        + string.Join('\n', await here.QueryAsync("SELECT sequence, hash FROM audit_head"));
}
