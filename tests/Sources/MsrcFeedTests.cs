using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PatchBot.Adapters.Sources.Msrc;
using PatchBot.Adapters.Sources.Opening;
using PatchBot.Core.Patches.Sources;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Sources;

public sealed class MsrcFeedTests
{
    private const string List = """
        {"@odata.context": "x", "value": [
          {"ID": "2026-Nov", "CurrentReleaseDate": "2026-11-10T08:00:00Z"},
          {"ID": "2026-FEB", "CurrentReleaseDate": "2026-02-10T08:00:00Z"},
          {"ID": "2026-May-B", "CurrentReleaseDate": "2026-05-20T08:00:00Z"},
          {"ID": "2026-May", "CurrentReleaseDate": "2026-05-12T08:00:00Z"},
          {"ID": "../../etc", "CurrentReleaseDate": null},
          {"ID": null}]}
        """;

    [Fact]
    public async Task Given_nothing_known_then_all_watched_months_come_oldest_first()
    {
        var months = await ChangedAsync(List, []);
        Assert.Equal(["2026-Feb", "2026-May", "2026-May-B", "2026-Nov"], months.Select(month => month.Name));
        Assert.EndsWith("/v3/cvrf/2026-FEB", months[0].Address.AbsolutePath);
        Assert.Equal("2026-02-10T08:00:00Z", months[0].Stamp);
    }

    [Fact]
    public async Task Given_known_stamps_then_changed_months_come_and_always_the_two_newest()
    {
        var known = new Dictionary<string, string>
        {
            ["2026-Feb"] = "2026-02-10T08:00:00Z",
            ["2026-May"] = "2026-05-01T08:00:00Z",
            ["2026-May-B"] = "2026-05-20T08:00:00Z",
            ["2026-Nov"] = "2026-11-10T08:00:00Z",
        };
        Assert.Equal(["2026-May", "2026-May-B", "2026-Nov"], (await ChangedAsync(List, known)).Select(month => month.Name));
    }

    [Fact]
    public async Task Given_fewer_watched_months_then_older_ones_are_left() =>
        Assert.Equal(["2026-May-B", "2026-Nov"], (await ChangedAsync(List, [], watched: 2)).Select(month => month.Name));

    [Fact]
    public async Task Given_a_list_on_more_pages_then_pages_of_the_same_host_are_read()
    {
        var pages = new Dictionary<string, string>
        {
            ["/v3/updates"] = """{"value": [{"ID": "2026-Oct", "CurrentReleaseDate": "a"}], "@odata.nextLink": "updates2"}""",
            ["/v3/updates2"] = """{"value": [{"ID": "2026-Sep", "CurrentReleaseDate": "b"}], "@odata.nextLink": "https://elsewhere.example/updates"}""",
        };
        Assert.Equal(["2026-Sep", "2026-Oct"], (await ChangedAsync(path => pages[path], [])).Select(month => month.Name));
    }

    [Theory, InlineData("<html>busy</html>"), InlineData("{}"), InlineData("{\"value\": {}}"), InlineData("{\"value\": [{\"ID\": 7}]}"), InlineData("")]
    public async Task Given_something_else_than_a_list_then_it_is_refused(string answer) =>
        await Assert.ThrowsAsync<SourceFormatException>(() => ChangedAsync(answer, []));

    [Theory]
    [InlineData("2018-FEB", "2018-Feb"), InlineData("2017-May-B", "2017-May-B"), InlineData("Oct-OOB", "Oct-OOB"), InlineData(" 2023-nov ", "2023-Nov")]
    public void Given_an_odd_spelling_of_a_month_then_it_has_one_name(string spelling, string name)
    {
        Assert.True(MonthId.TryParse(spelling, out var month));
        Assert.Equal(name, month.ToString());
    }

    [Theory, InlineData(""), InlineData("2023-13"), InlineData("2023-Foo"), InlineData("CVE-2023-36025"), InlineData("0001-Jan"), InlineData(null)]
    public void Given_another_text_then_it_is_no_month(string? text) => Assert.False(MonthId.TryParse(text, out _));

    private static Task<List<FeedDocument>> ChangedAsync(string answer, Dictionary<string, string> known, int watched = 6) =>
        ChangedAsync(_ => answer, known, watched);

    private static async Task<List<FeedDocument>> ChangedAsync(Func<string, string> answer, Dictionary<string, string> known, int watched = 6)
    {
        await using var server = await LoopbackServer.StartAsync(context => context.Response.WriteAsync(answer(context.Request.Path)));
        using var http = new SourceHttp(Options.Create(new OpeningOptions { AllowLoopback = true }));
        var options = new MsrcOptions { BaseAddress = new Uri($"{server.Address}/v3"), WatchedMonths = watched };
        var feed = new MsrcFeed(http, Options.Create(options), NullLogger<MsrcFeed>.Instance);
        List<FeedDocument> changed = [];
        await foreach (var document in feed.ChangedSinceAsync(known, Some.Token))
        {
            changed.Add(document);
        }

        return changed;
    }
}
