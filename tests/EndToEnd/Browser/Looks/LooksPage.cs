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

    /// <summary>A message of the chat as both platforms get it, and each modal beside what Teams opens in its place.</summary>
    public async Task<IReadOnlyList<(JsonNode Slack, JsonNode Teams)>> LooksAsync(long message, string query)
    {
        var looks = JsonNode.Parse(await Page.EvaluateAsync<string>("path => fetch(path).then(answer => answer.text())", $"/webchat/api/messages/{message}/looks{query}"))!;
        var (slack, card, dialogs) = (looks["slack"]!, looks["teams"]!["card"]!, looks["teams"]!["dialogs"]!);
        var buttons = slack["blocks"]!.AsArray().Where(block => (string?)block!["type"] == "actions").SelectMany(block => block!["elements"]!.AsArray());
        return
        [
            (slack, card),
            .. buttons.Where(button => slack["modals"]![(string)button!["action_id"]!] is not null)
                .Select(button => (slack["modals"]![(string)button!["action_id"]!]!, FormOf(button) is { } form ? dialogs[form]! : card)),
        ];
    }

    /// <returns>What is wrong with the two pictures or differs between them, as sentences.</returns>
    public Task<string[]> ShowAsync(JsonNode slack, JsonNode teams, string theme) => Page.EvaluateAsync<string[]>(
        "([slack, teams, theme]) => showLooks(JSON.parse(slack), JSON.parse(teams), theme)", new object[] { slack.ToJsonString(), teams.ToJsonString(), theme });

    /// <summary>All text of one platform's picture.</summary>
    public Task<string> TextAsync(string platform) => Page.EvaluateAsync<string>("name => lookText(name)", platform);

    public ValueTask DisposeAsync() => chat.DisposeAsync();

    /// <returns>The id of the form that a button opens; <see langword="null"/> for the button of details.</returns>
    private static string? FormOf(JsonNode button)
    {
        var value = JsonNode.Parse((string)button["value"]!)!;
        return (string?)(value["form"]?["id"] ?? value["action"]);
    }

    private static async Task<JsonNode> ReadAsync(string platform, string name) =>
        JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Cards, platform, "Golden", $"{name}.json"), Installation.Token))!;
}
