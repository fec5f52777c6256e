using System.Text.Json.Nodes;
using Microsoft.Playwright;
using PatchBot.Tests.EndToEnd.Support;

namespace PatchBot.Tests.EndToEnd.Browser.Looks;

/// <summary>The dialog of the web chat that shows a card in Slack and in Teams, with payloads of a test's choice in it.</summary>
internal sealed class LooksPage(ChatPage chat) : IAsyncDisposable
{
    // What stands to the left and right of a picture in a narrow window, in CSS pixels.
    private const int Frame = 24;

    private static readonly string Cards = Path.Combine(BuiltProgram.Root, "tests", "Cards");

    public IPage Page => chat.Page;

    public IReadOnlyList<string> Faults => chat.Faults;

    /// <summary>Names of all golden files of Slack.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.GetFiles(Path.Combine(Cards, "BlockKit", "Golden"), "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    /// <param name="width">Of each picture.</param>
    public static async Task<LooksPage> OpenAsync(Chromium chromium, Installation here, int width)
    {
        var server = await here.ServeAsync();
        var chat = await chromium.OpenAsync(server.Page, width + Frame);
        await chat.Page.EvaluateAsync(await File.ReadAllTextAsync(Path.Combine(BuiltProgram.Root, "tests", "EndToEnd", "Browser", "Looks", "probe.js"), Installation.Token));
        return new LooksPage(chat);
    }

    /// <summary>What Slack and Teams get; details, which Slack alone opens, beside the card that has them folded.</summary>
    public static async Task<(JsonNode Slack, JsonNode Teams)> GoldenAsync(string name) =>
        (await ReadAsync("BlockKit", name), await ReadAsync("AdaptiveCard", name.StartsWith("details-", StringComparison.Ordinal) ? name["details-".Length..] : name));

    /// <returns>What is wrong with the two pictures or differs between them, as sentences.</returns>
    public Task<string[]> ShowAsync(JsonNode slack, JsonNode teams, string theme) => Page.EvaluateAsync<string[]>(
        "([slack, teams, theme]) => showLooks(JSON.parse(slack), JSON.parse(teams), theme)", new object[] { slack.ToJsonString(), teams.ToJsonString(), theme });

    /// <summary>All text of one platform's picture.</summary>
    public Task<string> TextAsync(string platform) => Page.EvaluateAsync<string>("name => lookText(name)", platform);

    public ValueTask DisposeAsync() => chat.DisposeAsync();

    private static async Task<JsonNode> ReadAsync(string platform, string name) =>
        JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Cards, platform, "Golden", $"{name}.json"), Installation.Token))!;
}
