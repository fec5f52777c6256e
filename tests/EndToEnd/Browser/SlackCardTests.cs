using System.Text.Json;
using PatchBot.Tests.EndToEnd.Support;

namespace PatchBot.Tests.EndToEnd.Browser;

/// <summary>The golden blocks as a renderer that looks like Slack draws them, and beside the Adaptive Cards of the same cards.</summary>
[Collection<BrowserTests>]
public sealed class SlackCardTests(Chromium chromium)
{
    private const int Phone = 340;
    private const int Wide = 600;

    private static readonly string Cards = Path.Combine(BuiltProgram.Root, "tests", "Cards");

    [Theory(Timeout = 300_000)]
    [InlineData("light", Phone), InlineData("light", Wide), InlineData("dark", Phone), InlineData("dark", Wide)]
    public async Task Given_every_message_and_modal_then_it_is_drawn_whole_and_fits(string theme, int width)
    {
        await using var page = await chromium.OpenAsync(await BlocksRenderer.PageAsync());
        var all = await BlocksRenderer.DrawAsync(Path.Combine(Cards, "BlockKit", "Golden"), theme);
        Assert.NotEmpty(all);
        var faults = new List<string>();
        foreach (var (name, drawn) in all)
        {
            var found = await page.Page.EvaluateAsync<string[]>("([drawn, theme, width]) => showBlocks(JSON.parse(drawn), theme, width)", new object[] { drawn, theme, width });
            faults.AddRange(found.Select(fault => $"{name}: {fault}"));
        }

        Assert.Empty(faults);
        Assert.Empty(page.Faults);
    }

    [Fact(Timeout = 300_000)]
    public async Task Given_blocks_that_are_drawn_wrongly_then_it_is_found()
    {
        await using var page = await chromium.OpenAsync(await BlocksRenderer.PageAsync());
        Assert.Contains("Draws nothing.", await FaultsAsync(""));
        Assert.Contains(await FaultsAsync("<div><p></p></div>"), fault => fault.StartsWith("Draws an empty block:", StringComparison.Ordinal));
        Assert.Contains(await FaultsAsync("<div><p style='width: 900px'>wide</p></div>"), fault => fault.StartsWith("Hangs over:", StringComparison.Ordinal));

        async Task<string[]> FaultsAsync(string html) => await page.Page.EvaluateAsync<string[]>("html => showBlocks({ html }, 'light', 340)", html);
    }

    [Theory(Timeout = 300_000)]
    [InlineData("patch-large", "light", Wide), InlineData("patch-prerequisite", "dark", Wide), InlineData("form-lab-record", "light", Phone)]
    public async Task Given_a_main_card_then_there_is_a_picture_of_it_beside_the_one_of_teams(string name, string theme, int width)
    {
        await using var page = await chromium.OpenAsync(await BlocksRenderer.PageAsync(), width: (2 * width) + 120);
        using var card = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Cards, "AdaptiveCard", "Golden", $"{name}.json"), Installation.Token));
        var drawn = (await BlocksRenderer.DrawAsync(Path.Combine(Cards, "BlockKit", "Golden"), theme))[name];
        await page.Page.EvaluateAsync("([card, drawn, theme, width]) => showBoth(JSON.parse(card), JSON.parse(drawn), theme, width)", new object[] { card.RootElement.GetRawText(), drawn, theme, width });
        var picture = await Pictures.TakeAsync(page.Page.Locator(".both"), $"slack-{name}");
        Assert.True(new FileInfo(picture).Length > 1_000, $"{picture} is empty.");
    }

    [Theory(Timeout = 300_000), InlineData("details-patch-large")]
    public async Task Given_what_only_slack_opens_then_there_is_a_picture_of_it(string name)
    {
        await using var page = await chromium.OpenAsync(await BlocksRenderer.PageAsync());
        var drawn = (await BlocksRenderer.DrawAsync(Path.Combine(Cards, "BlockKit", "Golden"), "light"))[name];
        await page.Page.EvaluateAsync("([drawn, width]) => showBlocks(JSON.parse(drawn), 'light', width)", new object[] { drawn, Wide });
        var picture = await Pictures.TakeAsync(page.Page.Locator(".slack"), $"slack-{name}");
        Assert.True(new FileInfo(picture).Length > 1_000, $"{picture} is empty.");
    }
}
