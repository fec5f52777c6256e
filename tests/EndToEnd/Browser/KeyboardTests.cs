using Microsoft.Playwright;
using PatchBot.Tests.EndToEnd.Support;
using static Microsoft.Playwright.Assertions;

namespace PatchBot.Tests.EndToEnd.Browser;

[Collection<BrowserTests>]
public sealed class KeyboardTests(Chromium chromium)
{
    private const int MostTabs = 150;

    [Fact(Timeout = 120_000)]
    public async Task Given_no_mouse_then_one_can_speak_reach_a_card_and_record_a_result()
    {
        await using var here = new Installation();
        var server = await here.ServeAsync();
        await using var chat = await chromium.OpenAsync(server.Page);
        await Expect(chat.DemoButton).ToBeVisibleAsync();

        await TabToAsync(chat, "e => e.classList.contains('skip')");
        await chat.Page.Keyboard.PressAsync("Enter");
        await TabToAsync(chat, "e => e.id === 'composer-text'");
        await chat.Page.Keyboard.TypeAsync("demo");
        await chat.Page.Keyboard.PressAsync("Enter");
        await Expect(chat.Card("KB5032198:")).ToBeVisibleAsync();
        await Expect(chat.Page.Locator("#thread")).ToBeVisibleAsync();
        await chat.Page.Keyboard.PressAsync("Escape");
        await Expect(chat.Page.Locator("#thread")).ToBeHiddenAsync();

        await TabToAsync(chat, "e => e.matches('summary') && e.textContent === 'Record lab result'", back: true);
        await chat.Page.Keyboard.PressAsync("Enter");
        await TabToAsync(chat, "e => e.matches('select')");
        await chat.Page.Keyboard.TypeAsync("Pass");
        await TabToAsync(chat, "e => e.matches('button[type=submit]')");
        await chat.Page.Keyboard.PressAsync("Enter");

        await Expect(chat.Cards.Filter(new() { HasText = "Lab passed" })).ToHaveCountAsync(1);
        Assert.Equal(["Pass"], await here.QueryAsync("SELECT outcome FROM lab_result"));
        Assert.Empty(chat.Faults);
    }

    /// <summary>Presses Tab until the focus is where wanted.</summary>
    private static async Task TabToAsync(ChatPage chat, string wanted, bool back = false)
    {
        for (var tabs = 0; tabs < MostTabs; tabs++)
        {
            if (await chat.Page.EvaluateAsync<bool>($"() => ({wanted})(document.activeElement)"))
            {
                return;
            }

            await chat.Page.Keyboard.PressAsync(back ? "Shift+Tab" : "Tab");
        }

        Assert.Fail($"{MostTabs} presses of Tab did not lead to {wanted}.");
    }
}
