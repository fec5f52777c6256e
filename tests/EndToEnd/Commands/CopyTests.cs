using PatchBot.Tests.EndToEnd.Support;

namespace PatchBot.Tests.EndToEnd.Commands;

public sealed class CopyTests
{
    [Fact(Timeout = 60_000)]
    public async Task Given_a_record_when_it_is_copied_then_the_copy_is_whole_and_a_second_time_is_refused()
    {
        await using var here = new Installation();
        await File.WriteAllTextAsync(here.PathOf("month.json"), MadeUpMonth.Json(3), Installation.Token);
        Assert.Equal(0, (await here.RunAsync("import", "month.json")).Code);

        var copied = await here.RunAsync("copy-to", "--provider", "sqlite", "--file", "copy.db");
        Assert.True(copied.Code == 0, copied.ToString());
        Assert.Matches(@"(?m)^  patch +3\r?$", copied.Output);
        Assert.Contains("the copied audit is whole", copied.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await here.RunAsync("audit", "verify", "--Database:File=copy.db")).Code);

        var again = await here.RunAsync("copy-to", "--provider", "sqlite", "--file", "copy.db");
        Assert.Equal(1, again.Code);
        Assert.Contains("is not empty; it holds 3 patch", again.Errors, StringComparison.Ordinal);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(2, "--file = \"\"", "--provider", "sqlite")]
    [InlineData(2, "--connection-string (or PATCHBOT_COPY_TO) = \"\": has no Database=", "--provider", "sqlserver", "--connection-string", "Server=sql01;Password=geheim")]
    [InlineData(1, "does not exist or is not up to date", "--provider", "sqlite", "--file", "copy.db")]
    public async Task Given_no_place_to_copy_to_or_nothing_to_copy_then_one_line_says_so(int code, string fault, params string[] words)
    {
        await using var here = new Installation();

        var finished = await here.RunAsync(["copy-to", .. words]);

        Assert.Equal(code, finished.Code);
        Assert.Contains(fault, finished.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", finished.ToString(), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(here.Folder));
    }

    [Fact(Timeout = 60_000)]
    public async Task Given_old_talk_then_a_purge_says_first_what_would_go()
    {
        await using var here = new Installation();
        Assert.Equal(3, (await here.RunAsync("purge", "--dry-run")).Code);
        Assert.Empty(Directory.GetFiles(here.Folder));
        Assert.Equal(0, (await here.RunAsync("migrate")).Code);
        await here.QueryAsync(
            "INSERT INTO transcript_message VALUES (1, 'webchat', 'patching', NULL, 'webchat:local:engineer', 'Erin', 'hello', NULL, 1, NULL, '2020-01-01T00:00:00.000Z', 0)");

        var dry = await here.RunAsync("purge", "--dry-run");
        Assert.StartsWith("Would purge 1 messages of the web chat and 0 posts", dry.Output, StringComparison.Ordinal);
        Assert.Equal(["1"], await here.QueryAsync("SELECT count(*) FROM transcript_message"));

        var done = await here.RunAsync("purge", "--before", "2021-01-01");
        Assert.StartsWith("Purged 1 messages", done.Output, StringComparison.Ordinal);
        Assert.Equal(["0"], await here.QueryAsync("SELECT count(*) FROM transcript_message"));
        Assert.Equal(["console:local:admin|record.purged"], await here.QueryAsync("SELECT actor, action FROM audit_entry"));
        Assert.Equal(2, (await here.RunAsync("purge", "--before", "yesterday")).Code);
        Assert.Equal(2, (await here.RunAsync("purge", "--before", "2999-01-01")).Code);
    }
}
