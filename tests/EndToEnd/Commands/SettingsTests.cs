using PatchBot.Tests.EndToEnd.Support;

namespace PatchBot.Tests.EndToEnd.Commands;

public sealed class SettingsTests
{
    private const int WrongSettings = 2;

    [Theory(Timeout = 60_000)]
    [InlineData]
    [InlineData("serve")]
    [InlineData("migrate")]
    public async Task Given_wrong_settings_then_each_is_one_line_and_nothing_starts(params string[] words)
    {
        await using var here = new Installation();
        here.Configure(new
        {
            Delivery = new { Lease = "soon" },
            Databse = new { File = "other.db" },
            Policy = new { Critcal = "14.00:00:00" },
        });

        var finished = await here.RunAsync(words);

        Assert.Equal(WrongSettings, finished.Code);
        var lines = finished.Errors.TrimEnd().Split('\n');
        Assert.Equal(4, lines.Length);
        Assert.Contains(lines, line => line.StartsWith("Delivery:Lease = \"soon\": ", StringComparison.Ordinal));
        // What has no known name may be a secret, so its value is not shown.
        Assert.Contains(lines, line => line.StartsWith("Databse = \"\": ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("Policy:Critcal = \"\": ", StringComparison.Ordinal));
        Assert.Equal("3 settings cannot be used; nothing was started.", lines[^1]);
        Assert.Equal([here.PathOf("appsettings.json")], Directory.GetFiles(here.Folder));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("{\n\"Urls\": ", "line 2: ", "serve"), InlineData("[]", "must be an object", "migrate"), InlineData("", "JSON", "doctor")]
    [InlineData("""{"Urls":"a","urls":"b"}""", "'urls'", "serve"), InlineData("""{"Urls":"\ud83d"}""", "surrogate", "migrate")]
    public async Task Given_a_damaged_settings_file_then_one_line_says_where_and_nothing_starts(string json, string what, string command)
    {
        await using var here = new Installation();
        await File.WriteAllTextAsync(here.PathOf("appsettings.json"), json, TestContext.Current.CancellationToken);

        var finished = await here.RunAsync(command);

        Assert.Equal(WrongSettings, finished.Code);
        var lines = finished.Errors.TrimEnd().Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("appsettings.json = \"\": ", lines[0], StringComparison.Ordinal);
        Assert.Contains(here.PathOf("appsettings.json"), lines[0], StringComparison.Ordinal);
        Assert.Contains(what, lines[0], StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Given_a_word_that_is_no_command_then_it_is_named_and_nothing_starts()
    {
        await using var here = new Installation();

        var finished = await here.RunAsync("imprt", "month.json");

        Assert.NotEqual(0, finished.Code);
        Assert.Contains("imprt", finished.Errors, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(here.Folder));
    }
}
