using System.Text.Json.Nodes;

namespace PatchBot.Tests.Cards.BlockKit;

/// <summary>
/// What Slack takes: a check of messages and views against its documented limits. Lengths are code points. The names are
/// those of the limits' file that may lie beside the checkout.
/// </summary>
internal static class SlackLimits
{
    public static IReadOnlyDictionary<string, int> All { get; } = new Dictionary<string, int>
    {
        ["text.min_length"] = 1,
        ["text.max_length"] = 3_000,
        ["action_id.max_length"] = 255,
        ["block_id.max_length"] = 255,
        ["button.text.max_length"] = 75,
        ["button.url.max_length"] = 3_000,
        ["button.value.max_length"] = 2_000,
        ["confirmation.title.max_length"] = 100,
        ["confirmation.text.max_length"] = 300,
        ["confirmation.confirm.max_length"] = 30,
        ["confirmation.deny.max_length"] = 30,
        ["option.text.max_length"] = 75,
        ["option.value.max_length"] = 150,
        ["select.placeholder.max_length"] = 150,
        ["select.options.max_items"] = 100,
        ["radio_buttons.options.min_items"] = 1,
        ["radio_buttons.options.max_items"] = 10,
        ["plain_text_input.max_length.max"] = 3_000,
        ["actions.elements.max_items"] = 25,
        ["context.elements.max_items"] = 10,
        ["header.text.max_length"] = 150,
        ["input.label.max_length"] = 2_000,
        ["section.text.max_length"] = 3_000,
        ["view.blocks.min_items"] = 1,
        ["view.blocks.max_items"] = 100,
        ["view.private_metadata.max_length"] = 3_000,
        ["view.callback_id.max_length"] = 255,
        ["view.title.max_length"] = 24,
        ["view.close.max_length"] = 24,
        ["view.submit.max_length"] = 24,
    };

    // Not in the file: what a message holds, and where Slack's own sources differ, the smaller.
    private const int MostBlocks = 50, MostCharacters = 9_000, MostText = 4_000, LongestOptionValue = 75;

    public static IEnumerable<string> FaultsOfMessage(string text, ReadOnlySpan<byte> blocks)
    {
        var json = System.Text.Encoding.UTF8.GetString(blocks);
        var list = JsonNode.Parse(json)!.AsArray();
        return
        [
            .. Length("message.text", text, 1, MostText),
            .. Length("message.blocks", json, 0, MostCharacters),
            .. Count("message.blocks", list.Count, 1, MostBlocks),
            .. Blocks(list),
        ];
    }

    public static IEnumerable<string> FaultsOfView(ReadOnlySpan<byte> json)
    {
        var view = JsonNode.Parse(json)!.AsObject();
        var blocks = view["blocks"]!.AsArray();
        var modal = (string?)view["type"] == "modal";
        return
        [
            .. modal || (string?)view["type"] == "home" ? (IEnumerable<string>)[] : ["view: neither modal nor home"],
            .. Count("view.blocks", blocks.Count, All["view.blocks.min_items"], All["view.blocks.max_items"]),
            .. Length("view.private_metadata", (string?)view["private_metadata"], 0, All["view.private_metadata.max_length"]),
            .. Length("view.callback_id", (string?)view["callback_id"], 0, All["view.callback_id.max_length"]),
            .. modal ? Plain("view.title", view["title"], All["view.title.max_length"]) : [],
            .. new[] { "close", "submit" }.Where(view.ContainsKey).SelectMany(name => Plain($"view.{name}", view[name], All[$"view.{name}.max_length"])),
            .. view.ContainsKey("submit") || blocks.All(block => (string?)block!["type"] != "input") ? (IEnumerable<string>)[] : ["view: inputs without a submit"],
            .. blocks.Select(block => (string?)block!["block_id"]).OfType<string>().GroupBy(id => id).Where(same => same.Count() > 1).Select(same => $"view: two blocks '{same.Key}'"),
            .. Blocks(blocks),
        ];
    }

    private static IEnumerable<string> Blocks(JsonArray blocks) => blocks.SelectMany(block => (string?)block!["type"] switch
    {
        "header" => Plain("header.text", block["text"], All["header.text.max_length"]),
        "section" => Plain("section.text", block["text"], All["section.text.max_length"]),
        "context" => [.. Count("context.elements", block["elements"]!.AsArray().Count, 1, All["context.elements.max_items"]), .. block["elements"]!.AsArray().SelectMany(text => Plain("context.element", text, All["text.max_length"]))],
        "actions" => Actions(block["elements"]!.AsArray()),
        "rich_text" => Parts("rich_text", block["elements"]),
        "divider" => [],
        "input" => Input(block.AsObject()),
        var other => [$"'{other}' is no block that every client draws"],
    });

    private static IEnumerable<string> Actions(JsonArray elements) =>
    [
        .. Count("actions.elements", elements.Count, 1, All["actions.elements.max_items"]),
        .. elements.GroupBy(element => (string?)element!["action_id"]).Where(same => same.Count() > 1).Select(same => $"actions: two elements '{same.Key}'"),
        .. elements.SelectMany(element => Button(element!.AsObject())),
    ];

    private static IEnumerable<string> Button(JsonObject button) =>
    [
        .. (string?)button["type"] == "button" ? (IEnumerable<string>)[] : [$"actions: '{button["type"]}' is no button"],
        .. Plain("button.text", button["text"], All["button.text.max_length"]),
        .. Length("action_id", (string?)button["action_id"], 1, All["action_id.max_length"]),
        .. Length("button.value", (string?)button["value"], 0, All["button.value.max_length"]),
        .. Length("button.url", (string?)button["url"], 0, All["button.url.max_length"]),
        .. button["style"] is { } style && (string?)style is not ("primary" or "danger") ? (IEnumerable<string>)[$"button.style: '{style}'"] : [],
        .. button["confirm"] is { } confirm ? new[] { "title", "text", "confirm", "deny" }.SelectMany(name => Plain($"confirmation.{name}", confirm[name], All[$"confirmation.{name}.max_length"])) : [],
    ];

    private static IEnumerable<string> Input(JsonObject input)
    {
        var element = input["element"]!.AsObject();
        return
        [
            .. Plain("input.label", input["label"], All["input.label.max_length"]),
            .. Length("block_id", (string?)input["block_id"], 1, All["block_id.max_length"]),
            .. Length("action_id", (string?)element["action_id"], 1, All["action_id.max_length"]),
            .. element["placeholder"] is { } placeholder ? Plain("placeholder", placeholder, All["select.placeholder.max_length"]) : [],
            .. (string?)element["type"] switch
            {
                "plain_text_input" =>
                [
                    .. Count("plain_text_input.max_length", (int)element["max_length"]!, 1, All["plain_text_input.max_length.max"]),
                    .. Length("plain_text_input.initial_value", (string?)element["initial_value"], 0, (int)element["max_length"]!),
                ],
                "datepicker" => [],
                "static_select" => Options(element, All["select.options.max_items"]),
                "radio_buttons" => Options(element, All["radio_buttons.options.max_items"]),
                var other => (IEnumerable<string>)[$"input: '{other}' is no element of ours"],
            },
        ];
    }

    private static IEnumerable<string> Options(JsonObject element, int most)
    {
        var options = element["options"]!.AsArray();
        return
        [
            .. Count("options", options.Count, All["radio_buttons.options.min_items"], most),
            .. options.SelectMany(option => Plain("option.text", option!["text"], All["option.text.max_length"])),
            .. options.SelectMany(option => Length("option.value", (string?)option!["value"], 1, LongestOptionValue)),
            .. element["initial_option"] is { } initial && !options.Any(option => JsonNode.DeepEquals(option, initial)) ? (IEnumerable<string>)["initial_option: none of the options"] : [],
        ];
    }

    private static IEnumerable<string> Parts(string owner, JsonNode? elements) =>
        [.. Count($"{owner}.elements", elements!.AsArray().Count, 1, int.MaxValue), .. elements.AsArray().SelectMany(element => Part(owner, element!.AsObject()))];

    private static IEnumerable<string> Part(string owner, JsonObject part) => ((string?)part["type"], owner) switch
    {
        ("rich_text_section" or "rich_text_quote" or "rich_text_list", "rich_text") => Parts((string)part["type"]!, part["elements"]),
        ("rich_text_section", "rich_text_list") => Parts("rich_text_section", part["elements"]),
        (_, "rich_text" or "rich_text_list") => [$"{owner}: '{part["type"]}' does not belong there"],
        ("text", _) => Length("rich_text.text", (string?)part["text"], 1, All["text.max_length"]),
        ("link", _) => [.. Length("rich_text.link", (string?)part["text"], 1, All["text.max_length"]), .. Length("rich_text.url", (string?)part["url"], 1, All["button.url.max_length"])],
        ("emoji", _) => Length("rich_text.emoji", (string?)part["name"], 1, 100),
        ("date", _) => [.. part["timestamp"]!.GetValueKind() == System.Text.Json.JsonValueKind.Number ? (IEnumerable<string>)[] : ["date: no number"], .. Length("date.format", (string?)part["format"], 1, 300), .. Length("date.fallback", (string?)part["fallback"], 1, 300)],
        var (other, _) => [$"{owner}: '{other}' is no element of ours"],
    };

    private static IEnumerable<string> Plain(string what, JsonNode? text, int most) => text is null
        ? [$"{what}: missing"]
        : [.. (string?)text["type"] == "plain_text" && (bool?)text["emoji"] == false ? (IEnumerable<string>)[] : [$"{what}: is interpreted"], .. Length(what, (string?)text["text"], All["text.min_length"], most)];

    private static IEnumerable<string> Length(string what, string? text, int least, int most) =>
        text is null && least > 0 ? [$"{what}: missing"] : Count(what, text?.EnumerateRunes().Count() ?? least, least, most);

    private static IEnumerable<string> Count(string what, int count, int least, int most) =>
        count >= least && count <= most ? [] : [$"{what}: {count} is not within {least} and {most}"];
}
