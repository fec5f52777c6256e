using PatchBot.Tests.EndToEnd.Support;

namespace PatchBot.Tests.EndToEnd.Commands;

public sealed class UpkeepTests
{
    [Fact(Timeout = 60_000)]
    public async Task Given_an_entry_that_was_changed_by_hand_then_verifying_the_audit_fails()
    {
        await using var here = new Installation();
        await File.WriteAllTextAsync(here.PathOf("month.json"), MadeUpMonth.Json(3), Installation.Token);
        Assert.Equal(0, (await here.RunAsync("import", "month.json")).Code);
        var whole = await here.RunAsync("audit", "verify");
        Assert.True(whole.Code == 0, whole.ToString());
        Assert.StartsWith("The audit is whole: ", whole.Output, StringComparison.Ordinal);

        await here.QueryAsync("DROP TRIGGER tr_audit_entry_update");
        await here.QueryAsync("UPDATE audit_entry SET actor = 'webchat:local:outsider' WHERE sequence = 2");
        var broken = await here.RunAsync("audit", "verify");

        Assert.Equal(1, broken.Code);
        Assert.StartsWith("The audit is broken after 1 good entries", broken.Output, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Given_nothing_configured_then_the_doctor_says_so_and_changes_nothing()
    {
        await using var here = new Installation();

        var finished = await here.RunAsync("doctor");

        Assert.True(finished.Code == 0, finished.ToString());
        Assert.Contains("this is a trial", finished.Output, StringComparison.Ordinal);
        Assert.Contains("does not exist yet", finished.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(here.Folder));
    }

    [Fact(Timeout = 60_000)]
    public async Task Given_a_ring_without_approvers_then_the_doctor_finds_fault()
    {
        await using var here = new Installation();
        here.Configure(new
        {
            Rings = new[]
            {
                new
                {
                    Key = "web",
                    Title = "Web servers",
                    Products = new[] { "Windows Server *" },
                    Calendar = new { Rule = "FREQ=WEEKLY;BYDAY=SA", Start = "2026-01-03T22:00", Zone = "Europe/Berlin", Duration = "04:00:00" },
                },
            },
        });

        var finished = await here.RunAsync("doctor");

        Assert.Equal(1, finished.Code);
        Assert.Contains("Ring web has no approver", finished.Output, StringComparison.Ordinal);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("01-01", "12-31", 1, "Every window of ring web within a year is frozen.")]
    [InlineData("02-29", "02-29", 0, "Ring web: next window")]
    public async Task Given_freezes_then_the_doctor_tells_the_next_window_that_may_be_used(string from, string to, int code, string told)
    {
        await using var here = new Installation();
        here.Configure(new
        {
            Rings = new[]
            {
                new
                {
                    Key = "web",
                    Title = "Web servers",
                    Products = new[] { "Windows Server *" },
                    Calendar = new { Rule = "FREQ=WEEKLY;BYDAY=SA", Start = "2026-01-03T22:00", Zone = "Europe/Berlin", Duration = "04:00:00" },
                    Freezes = new[] { new { From = from, To = to, Reason = "Nobody is here" } },
                    Approvers = new[] { "webchat:local:manager" },
                },
            },
        });

        var finished = await here.RunAsync("doctor");

        Assert.Equal(code, finished.Code);
        Assert.Contains(told, finished.Output, StringComparison.Ordinal);
    }
}
