using Microsoft.Playwright;
using PatchBot.Tests.EndToEnd.Support;

namespace PatchBot.Tests.EndToEnd.Browser;

/// <summary>Pictures for the documentation. Run with <c>PATCHBOT_UPDATE_IMAGES=1</c> to make those in <c>docs/img</c> anew.</summary>
internal static class Pictures
{
    // What stands above and below a list of messages, in CSS pixels, generously.
    private const int Frame = 300;

    private static readonly string Folder = Environment.GetEnvironmentVariable("PATCHBOT_UPDATE_IMAGES") == "1"
        ? Path.Combine(BuiltProgram.Root, "docs", "img")
        : Path.Combine(Path.GetTempPath(), "patchbot-e2e-img");

    public static Task TakeAsync(IPage page, string name) =>
        page.ScreenshotAsync(new() { Path = Place(name), Animations = ScreenshotAnimations.Disabled, Caret = ScreenshotCaret.Hide });

    /// <summary>An element, whole: the window grows for as long as it is taken, so that no list cuts it off.</summary>
    /// <returns>The picture's file.</returns>
    public static async Task<string> TakeAsync(ILocator element, string name)
    {
        var (page, size) = (element.Page, element.Page.ViewportSize!);
        var height = await element.EvaluateAsync<double>("element => element.getBoundingClientRect().height");
        await page.SetViewportSizeAsync(size.Width, (int)height + Frame);
        await element.EvaluateAsync("element => element.scrollIntoView({ block: 'center' })");
        await element.ScreenshotAsync(new() { Path = Place(name), Animations = ScreenshotAnimations.Disabled, Caret = ScreenshotCaret.Hide });
        await page.SetViewportSizeAsync(size.Width, size.Height);
        return Place(name);
    }

    private static string Place(string name)
    {
        Directory.CreateDirectory(Folder);
        return Path.Combine(Folder, $"{name}.png");
    }
}
