using Microsoft.Playwright;

namespace PatchBot.Tests.EndToEnd.Browser;

/// <summary>One browser for all tests; each opens pages with a profile of its own.</summary>
public sealed class Chromium : IAsyncLifetime
{
    /// <summary>As a window on a desk.</summary>
    public const int Desktop = 1100;

    /// <summary>As a phone held upright.</summary>
    public const int Phone = 390;

    private static readonly string Path = Environment.GetEnvironmentVariable("PATCHBOT_CHROMIUM") ?? "/usr/bin/chromium";

    private IPlaywright? playwright;
    private IBrowser? browser;

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Path))
        {
            return;
        }

        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Path,
            Headless = true,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
    }

    public async Task<ChatPage> OpenAsync(Uri address, int width = Desktop)
    {
        Assert.SkipUnless(browser is not null, $"There is no Chromium at {Path}. Install it, or set PATCHBOT_CHROMIUM to where it is.");
        var context = await browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = width == Phone ? 844 : 820 },
            HasTouch = width == Phone,
            IsMobile = width == Phone,
            Locale = "en-GB",
            TimezoneId = "Europe/Berlin",
            ColorScheme = ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
        });
        var page = await context.NewPageAsync();

        // Long enough for a busy machine; what is waited for mostly comes at once.
        page.SetDefaultTimeout(20_000);
        Assertions.SetDefaultExpectTimeout(20_000);
        var chat = new ChatPage(page);
        await page.GotoAsync(address.AbsoluteUri);
        return chat;
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
    }
}
