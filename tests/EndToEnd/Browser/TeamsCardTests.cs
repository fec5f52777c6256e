using System.Text.Json;
using PatchBot.Tests.EndToEnd.Support;

namespace PatchBot.Tests.EndToEnd.Browser;

/// <summary>The golden Adaptive Cards as the official renderer draws them, which knows no badges: what is seen of those is their fallback.</summary>
[Collection<BrowserTests>]
public sealed class TeamsCardTests(Chromium chromium)
{
    private const int Phone = 320;
    private const int Wide = 700;

    private static readonly string Golden = Path.Combine(BuiltProgram.Root, "tests", "Cards", "AdaptiveCard", "Golden");

    [Theory(Timeout = 300_000)]
    [InlineData("light", Phone), InlineData("light", Wide), InlineData("dark", Phone), InlineData("dark", Wide), InlineData("contrast", Phone), InlineData("contrast", Wide)]
    public async Task Given_every_card_and_form_then_it_is_drawn_without_fault_fits_and_can_be_read(string theme, int width)
    {
        await using var page = await chromium.OpenAsync(await OfficialRenderer.PageAsync());
        var files = Directory.GetFiles(Golden, "*.json");
        Assert.NotEmpty(files);
        var faults = new List<string>();
        foreach (var file in files)
        {
            faults.AddRange((await ShowAsync(page, file, theme, width, open: true)).Select(fault => $"{Path.GetFileName(file)}: {fault}"));
        }

        Assert.Empty(faults);
        Assert.Empty(page.Faults);
    }

    [Fact(Timeout = 300_000)]
    public async Task Given_a_card_with_faults_then_each_is_found()
    {
        await using var page = await chromium.OpenAsync(await OfficialRenderer.PageAsync());
        var file = Path.Combine(Path.GetTempPath(), $"patchbot-faulty-{Guid.NewGuid():N}.json");
        await File.WriteAllTextAsync(file, """
            {"type":"AdaptiveCard","version":"1.5","body":[
              {"type":"Hologram"},
              {"type":"ColumnSet","columns":[{"type":"Column","width":"900px","items":[{"type":"TextBlock","text":"wide"}]}]},
              {"type":"Input.Text","id":"unnamed"}]}
            """, Installation.Token);
        try
        {
            var faults = await ShowAsync(page, file, "light", Phone, open: false);
            Assert.Contains(faults, fault => fault.StartsWith("Renderer:", StringComparison.Ordinal));
            Assert.Contains(faults, fault => fault.StartsWith("Hangs over:", StringComparison.Ordinal));
            Assert.Contains(faults, fault => fault.StartsWith("Has no name:", StringComparison.Ordinal));
            await page.Page.AddStyleTagAsync(new() { Content = ".shown * { color: #999 !important }" });
            Assert.Contains(await ShowAsync(page, file, "light", Phone, open: false), fault => fault.StartsWith("Hard to read:", StringComparison.Ordinal));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory(Timeout = 300_000)]
    [InlineData("patch-large", "light", Wide), InlineData("patch-prerequisite", "dark", Wide), InlineData("patch-two-rings", "light", Phone), InlineData("patch-late", "contrast", Phone)]
    [InlineData("lab-report-recorded", "light", Wide), InlineData("announcement-set-2", "light", Wide), InlineData("form-lab-record", "light", Phone), InlineData("form-emergency", "light", Phone), InlineData("stopped", "light", Wide), InlineData("welcome", "light", Phone)]
    public async Task Given_a_main_card_then_there_is_a_picture_of_it(string name, string theme, int width)
    {
        await using var page = await chromium.OpenAsync(await OfficialRenderer.PageAsync());
        await ShowAsync(page, Path.Combine(Golden, $"{name}.json"), theme, width, open: false);
        var picture = await Pictures.TakeAsync(page.Page.Locator(".shown"), $"teams-{name}");
        Assert.True(new FileInfo(picture).Length > 1_000, $"{picture} is empty.");
    }

    private static async Task<string[]> ShowAsync(ChatPage page, string file, string theme, int width, bool open)
    {
        using var card = JsonDocument.Parse(await File.ReadAllTextAsync(file, Installation.Token));
        return await page.Page.EvaluateAsync<string[]>(
            "([card, theme, width, open]) => show(JSON.parse(card), theme, width, open)", new object[] { card.RootElement.GetRawText(), theme, width, open });
    }
}
