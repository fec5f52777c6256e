using System.Text.Json;
using PatchBot.Tests.EndToEnd.Support;

namespace PatchBot.Tests.EndToEnd.Commands;

public sealed class CalendarTests
{
    [Fact(Timeout = 60_000)]
    public async Task Given_a_month_with_a_clock_change_then_windows_keep_their_local_hour_and_no_database_is_made()
    {
        await using var here = new Installation();

        var finished = await here.RunAsync("windows", "production", "--from", "2026-10-24", "--to", "2026-11-01", "--json");

        Assert.True(finished.Code == 0, finished.ToString());
        Assert.Equal(["2026-10-24T20:00:00+00:00", "2026-10-31T21:00:00+00:00"], Rows(finished).Select(row => row.GetProperty("start").GetString()));
        Assert.Empty(Directory.GetFiles(here.Folder));
    }

    [Fact(Timeout = 60_000)]
    public async Task Given_a_ring_that_does_not_exist_then_the_known_ones_are_named()
    {
        await using var here = new Installation();

        var finished = await here.RunAsync("windows", "atlantis");

        Assert.Equal(1, finished.Code);
        Assert.Contains("There is no ring called 'atlantis'. Rings: pilot, production.", finished.Errors, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Given_a_day_that_is_none_then_one_line_says_how_to_write_it()
    {
        await using var here = new Installation();

        var finished = await here.RunAsync("windows", "pilot", "--from", "2026-13-01");

        Assert.Equal(1, finished.Code);
        Assert.Equal("'2026-13-01' is no day; write it as 2026-11-01. See PatchBot windows --help", finished.Errors.Trim());
        Assert.Equal("", finished.Output);
    }

    [Fact(Timeout = 60_000)]
    public async Task Given_a_patch_and_a_time_then_the_suggestion_says_why_and_what_was_passed_over()
    {
        await using var here = new Installation();
        await File.WriteAllTextAsync(here.PathOf("month.json"), MadeUpMonth.Json(2), Installation.Token);
        Assert.Equal(0, (await here.RunAsync("import", "month.json")).Code);

        var finished = await here.RunAsync("suggest", MadeUpMonth.Kb(1), "--ring", "production", "--at", "2026-10-16T08:00Z", "--json");

        Assert.True(finished.Code == 0, finished.ToString());
        var row = Assert.Single(Rows(finished));
        Assert.Equal(MadeUpMonth.Kb(1), row.GetProperty("patch").GetString());
        // Friday: Saturday's window leaves no time for the lab, so it is the next one.
        Assert.Equal("2026-10-24T20:00:00+00:00", row.GetProperty("window").GetProperty("start").GetString());
        Assert.True(row.GetProperty("inTime").GetBoolean());
        Assert.NotEqual(0, row.GetProperty("reasons").GetArrayLength());
        var passed = Assert.Single(row.GetProperty("rejected").EnumerateArray());
        Assert.Equal("2026-10-17T20:00:00+00:00", passed.GetProperty("start").GetString());
        Assert.NotEqual("", passed.GetProperty("why").GetString());
    }

    [Fact(Timeout = 60_000)]
    public async Task Given_a_time_that_is_none_then_it_is_refused_with_an_example()
    {
        await using var here = new Installation();

        var finished = await here.RunAsync("suggest", "KB1", "--at", "tomorrow");

        Assert.NotEqual(0, finished.Code);
        Assert.Contains("--at 'tomorrow' is not a time; write it as 2026-11-11T08:00Z.", finished.Errors, StringComparison.Ordinal);
    }

    private static List<JsonElement> Rows(Finished finished) => JsonSerializer.Deserialize<List<JsonElement>>(finished.Output)!;
}
