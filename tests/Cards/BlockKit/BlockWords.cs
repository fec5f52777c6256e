using System.Text.Json.Nodes;
using PatchBot.Cards.BlockKit;

namespace PatchBot.Tests.Cards.BlockKit;

/// <summary>
/// The words that a reader meets on Slack, in order, questions and forms opened. All that Slack itself adds or leaves out
/// stands here: the button that opens details, "(optional)" beside a label, a short button that begins what its title says
/// whole, and an instant in the reader's own time.
/// </summary>
internal static class BlockWords
{
    private const string Details = "Details";

    public static IReadOnlyList<string> OfMessage(ReadOnlySpan<byte> blocks, bool opened = true) =>
        [.. JsonNode.Parse(blocks)!.AsArray().SelectMany(block => Texts(block!, opened)).SelectMany(CardWords.Split)];

    public static IReadOnlyList<string> OfView(ReadOnlySpan<byte> view) => [.. TextsOfView(JsonNode.Parse(view)!).SelectMany(CardWords.Split)];

    public static IReadOnlyList<string> OfText(string text) =>
        [.. text.Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal)
            .Split('\n').Select(line => CardWords.Unmarked(line.Trim().TrimStart('!').TrimStart())).SelectMany(CardWords.Split)];

    private static IEnumerable<string> TextsOfView(JsonNode view)
    {
        var blocks = view["blocks"]!.AsArray();
        var (title, submit) = ((string)view["title"]!["text"]!, (string?)view["submit"]?["text"]);

        // A heading that is too long for the title is a header; then the title says what is sent, or nothing that the form says.
        var heading = blocks.Any(block => (string?)block!["type"] == "header") || submit is null ? [] : (IEnumerable<string>)[title];
        var texts = blocks.SelectMany(block => Texts(block!, opened: true)).ToList();
        return [.. heading, .. texts, .. submit is null ? [] : (IEnumerable<string>)[Whole(submit, texts)]];
    }

    private static IEnumerable<string> Texts(JsonNode block, bool opened) => (string?)block["type"] switch
    {
        "header" or "section" => [Plain(block["text"])],
        "context" => block["elements"]!.AsArray().Select(Plain),
        "rich_text" => block["elements"]!.AsArray().SelectMany(part => Rich(part!)),
        "actions" => block["elements"]!.AsArray().SelectMany(button => Button(button!, opened)),
        "divider" => [],
        "input" => Input(block),
        var other => throw new InvalidOperationException($"'{other}' is no block of ours."),
    };

    private static IEnumerable<string> Rich(JsonNode part) => (string?)part["type"] == "rich_text_list"
        ? part["elements"]!.AsArray().SelectMany(item => Rich(item!))
        : [string.Concat(part["elements"]!.AsArray().Select(element => (string?)element!["type"] switch
        {
            "text" or "link" => (string)element["text"]!,
            "emoji" => "",
            "date" => Date(element),
            var other => throw new InvalidOperationException($"'{other}' is no element of ours."),
        }))];

    private static string Date(JsonNode date)
    {
        var (format, whole) = ((string)date["format"]!, (string)date["fallback"]!);
        Assert.StartsWith(whole.Split(" (")[0] + " (", format, StringComparison.Ordinal);
        return whole;
    }

    private static IEnumerable<string> Button(JsonNode button, bool opened)
    {
        var title = Plain(button["text"]);
        if (((string)button["action_id"]!).StartsWith("patchbot/details/", StringComparison.Ordinal))
        {
            Assert.Equal(Details, title);
            return [];
        }

        if (!opened)
        {
            return [title];
        }

        if (button["confirm"] is { } asked)
        {
            var heading = Plain(asked["title"]);
            return [title, heading, Plain(asked["text"]), Whole(Plain(asked["confirm"]), [heading])];
        }

        using var document = System.Text.Json.JsonDocument.Parse(button.ToJsonString());
        return BlockKitData.Read(document.RootElement)?.Form is { } form
            ? [title, .. TextsOfView(JsonNode.Parse(BlockKitRenderer.View(form, new BlockKitViewOptions()))!)]
            : [title];
    }

    private static IEnumerable<string> Input(JsonNode input)
    {
        var element = input["element"]!;
        return
        [
            $"{Plain(input["label"])}{((bool)input["optional"]! ? " (optional)" : "")}",
            .. (bool?)element["multiline"] == true ? (IEnumerable<string>)[(string?)element["initial_value"] ?? ""] : [],
            .. (element["options"]?.AsArray() ?? []).Select(option => Plain(option!["text"])),
        ];
    }

    private static string Whole(string label, IEnumerable<string> said) =>
        label.EndsWith('…') ? said.First(text => text.StartsWith(label[..^1], StringComparison.Ordinal)) : label;

    private static string Plain(JsonNode? text) => (string)text!["text"]!;
}
