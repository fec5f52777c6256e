using PatchBot.Tests.EndToEnd.Support;
using static Microsoft.Playwright.Assertions;

namespace PatchBot.Tests.EndToEnd.Browser;

[Collection<BrowserTests>]
public sealed class RealMonthTests(Chromium chromium)
{
    private const string Month = "sources/msrc/cvrf-json/2023-Nov.rev-2023-11-14.json.gz";

    [Fact(Timeout = 150_000)]
    public async Task Given_an_open_page_when_a_real_month_is_imported_then_its_cards_appear_by_themselves()
    {
        var month = Path.Combine(Path.GetDirectoryName(BuiltProgram.Root)!, "shared", "data", Month);
        Assert.SkipUnless(File.Exists(month), $"Real data '{Month}' is not beside this checkout.");
        await using var here = new Installation();
        var server = await here.ServeAsync();
        await using var chat = await chromium.OpenAsync(server.Page);
        await Expect(chat.DemoButton).ToBeVisibleAsync();

        var import = await here.RunAsync("import", month);
        TestContext.Current.TestOutputHelper?.WriteLine(import.Output);

        Assert.True(import.Code == 0, import.ToString());
        await Expect(chat.Card("KB5032198:")).ToBeVisibleAsync();
        var posts = int.Parse((await here.QueryAsync("SELECT count(*) FROM post")).Single(), System.Globalization.CultureInfo.InvariantCulture);
        await Expect(chat.Cards).ToHaveCountAsync(posts);
        Assert.Equal(["0"], await here.QueryAsync("SELECT count(*) FROM post WHERE pending_since IS NOT NULL"));

        var again = await here.RunAsync("import", month);
        Assert.Contains(" 0 new, 0 revised", again.Output, StringComparison.Ordinal);
        await Expect(chat.Cards).ToHaveCountAsync(posts);
        Assert.Empty(chat.Faults);
    }
}
