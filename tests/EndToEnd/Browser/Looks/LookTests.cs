using System.Text.Json.Nodes;
using Microsoft.Playwright;
using PatchBot.Tests.EndToEnd.Support;

namespace PatchBot.Tests.EndToEnd.Browser.Looks;

/// <summary>Every golden card and form, as the web chat itself draws it for Slack and for Teams.</summary>
[Collection<BrowserTests>]
public sealed class LookTests(Chromium chromium)
{
    private const int Phone = 340;
    private const int Wide = 600;

    private const string Attack = """</p><script>window.hit = 1</script><img src=x onerror="window.hit = 1">"' onclick='window.hit = 1' &amp; {time} `""";

    [Theory(Timeout = 300_000)]
    [InlineData("light", Phone), InlineData("light", Wide), InlineData("dark", Phone), InlineData("dark", Wide)]
    public async Task Given_every_card_and_form_then_both_pictures_say_the_same_and_can_be_read(string theme, int width)
    {
        await using var here = new Installation();
        await using var page = await LooksPage.OpenAsync(chromium, here, width);
        await SeeAllAsync(page, theme);
    }

    [Fact(Timeout = 300_000)]
    public async Task Given_a_reader_who_chose_the_colours_then_both_pictures_can_be_read()
    {
        await using var here = new Installation();
        await using var page = await LooksPage.OpenAsync(chromium, here, Phone);
        await page.Page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });
        await SeeAllAsync(page, "light");
    }

    [Theory(Timeout = 150_000), InlineData(""), InlineData("?classic=true")]
    public async Task Given_every_card_in_the_chat_then_the_pictures_of_it_and_of_all_that_it_opens_say_the_same(string query)
    {
        await using var here = new Installation();
        await using var page = await LooksPage.OpenAsync(chromium, here, Wide);
        using var calls = new ChatCalls(new Uri(page.Page.Url));
        await calls.SayAsync("patching", "manager", "Show me a demo");
        await calls.SayAsync("patching", "manager", "status");
        var faults = new List<string>();
        var cards = (await calls.MessagesAsync("patching")).Where(message => message.Author == "patchbot").ToList();
        Assert.True(cards.Count > 8);
        foreach (var message in cards)
        {
            foreach (var (slack, teams) in await page.LooksAsync(message.Id, query))
            {
                faults.AddRange((await page.ShowAsync(slack, teams, "light")).Select(fault => $"{message.Summary}: {fault}"));
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.Empty(page.Faults);
    }

    [Fact(Timeout = 120_000)]
    public async Task Given_an_instant_then_slack_shows_each_reader_their_own_time_behind_it()
    {
        await using var here = new Installation();
        await using var page = await LooksPage.OpenAsync(chromium, here, Phone);
        var (slack, teams) = await LooksPage.GoldenAsync("rich");
        await page.ShowAsync(slack, teams, "light");
        Assert.Contains("Deadline: Sat 25 Nov 2023 21:00 UTC (25 Nov 2023, 22:00 your time)", await page.TextAsync("Slack"), StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task Given_pictures_with_faults_then_each_is_found()
    {
        await using var here = new Installation();
        await using var page = await LooksPage.OpenAsync(chromium, here, Phone);
        Assert.Empty(await FaultsAsync((_, _) => { }));
        await FindsAsync("Words differ: Slack has “KB5032196", (_, teams) => teams["body"]![0]!["items"]![0]!["text"] = "Another title");
        await FindsAsync("Words differ", (slack, _) => slack["blocks"]!.AsArray().RemoveAt(2));
        await FindsAsync("Actions differ", (slack, _) => slack["blocks"]!.AsArray()[^1]!["elements"]![0]!["style"] = "danger");
        await FindsAsync("Slack: Draws what it does not know: unknown: hologram", (slack, _) => slack["blocks"]!.AsArray().Add(new JsonObject { ["type"] = "hologram" }));
        await FindsAsync("Slack: Draws what it does not know: unknown: section.accessory", (slack, _) => slack["blocks"]!.AsArray().Add(JsonNode.Parse("""{"type":"section","text":{"type":"plain_text","text":"x"},"accessory":{}}""")));
        await FindsAsync("Teams: Draws what it does not know: unknown: constructor", (_, teams) => teams["body"]!.AsArray().Add(new JsonObject { ["type"] = "constructor" }));
        await FindsAsync("Teams: Hangs over", (_, teams) => teams["body"]!.AsArray().Add(JsonNode.Parse("""{"type":"ColumnSet","columns":[{"type":"Column","width":"900px","items":[]}]}""")));
        await FindsAsync("Teams: Has no name", (_, teams) => teams["body"]!.AsArray().Add(JsonNode.Parse("""{"type":"Input.Text","id":"unnamed","label":""}""")));
        await page.Page.EvaluateAsync("document.styleSheets[0].insertRule('.sl * { color: #999999 !important }')");
        await FindsAsync("Slack: Hard to read", (_, _) => { });

        async Task<string[]> FaultsAsync(Action<JsonNode, JsonNode> change)
        {
            var (slack, teams) = await LooksPage.GoldenAsync("rich");
            change(slack, teams);
            return await page.ShowAsync(slack, teams, "light");
        }

        async Task FindsAsync(string fault, Action<JsonNode, JsonNode> change) =>
            Assert.Contains(await FaultsAsync(change), found => found.StartsWith(fault, StringComparison.Ordinal));
    }

    [Theory(Timeout = 120_000), InlineData("rich"), InlineData("form-rich"), InlineData("form-rich-refused")]
    public async Task Given_markup_and_bad_addresses_in_every_text_then_all_of_it_stays_text(string name)
    {
        await using var here = new Installation();
        await using var page = await LooksPage.OpenAsync(chromium, here, Phone);
        var (slack, teams) = await LooksPage.GoldenAsync(name);
        var faults = await page.ShowAsync(Hostile(slack), Hostile(teams), "light");
        Assert.DoesNotContain(faults, fault => fault.Contains("Is no part of a picture", StringComparison.Ordinal) || fault.Contains("Leads where it must not", StringComparison.Ordinal));
        Assert.Contains(Attack, await page.TextAsync("Slack"), StringComparison.Ordinal);
        Assert.Contains(Attack, await page.TextAsync("Teams"), StringComparison.Ordinal);
        Assert.Equal(0, await page.Page.Locator("#looks-pair a").CountAsync());
        Assert.Null(await page.Page.EvaluateAsync<int?>("() => window.hit ?? null"));
        Assert.Empty(page.Faults);
    }

    private static async Task SeeAllAsync(LooksPage page, string theme)
    {
        Assert.NotEmpty(LooksPage.Names);
        var faults = new List<string>();
        foreach (var name in LooksPage.Names)
        {
            var (slack, teams) = await LooksPage.GoldenAsync(name);
            faults.AddRange((await page.ShowAsync(slack, teams, theme)).Select(fault => $"{name}: {fault}"));
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.Empty(page.Faults);
    }

    /// <summary>Every string but those that say what a thing is.</summary>
    private static JsonNode Hostile(JsonNode node, string member = "") => node switch
    {
        JsonObject one => new JsonObject(one.Where(part => part.Value is not null).Select(part => KeyValuePair.Create(part.Key, (JsonNode?)Hostile(part.Value!, part.Key)))),
        JsonArray many => new JsonArray([.. many.Select(part => Hostile(part!, member))]),
        JsonValue value when value.GetValueKind() != System.Text.Json.JsonValueKind.String || member == "type" => value.DeepClone(),
        _ => JsonValue.Create(member == "url" ? "javascript:window.hit=1" : Attack),
    };
}
