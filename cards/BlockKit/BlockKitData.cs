using System.Text.Json;

namespace PatchBot.Cards.BlockKit;

/// <summary>
/// What Slack sends back: written by the renderer, read here. A button's <c>value</c> is JSON,
/// <c>{"action":"approve/42/9f3ab2c1","post":17}</c>; one that opens a form carries it instead of its id, where it has the
/// room: <c>{"post":17,"form":{…}}</c>.
/// An input's block is <c>in.</c> and the input's id, and that is the key of an error about it.
/// </summary>
public static class BlockKitData
{
    /// <summary>The <c>callback_id</c> of modals that are sent, and of those that only show something.</summary>
    public const string FormCallback = "patchbot/form", DetailsCallback = "patchbot/details";

    /// <summary>A message's <c>metadata</c>: <c>{"event_type":"patchbot_post","event_payload":{"post":17}}</c>.</summary>
    public const string PostEvent = "patchbot_post";

    internal const int LongestValue = 2_000;
    internal const int LongestAction = 255;
    internal const string Action = "action", Post = "post", Form = "form", InputValue = "value";

    private const string Prefix = "patchbot/";
    private const string InputPrefix = "in.";
    private const int MostInputs = 50;
    private const int LongestInput = 4_000;

    // Deep enough for a form; deeper is made up.
    private static readonly JsonDocumentOptions Shallow = new() { MaxDepth = 16 };

    /// <summary>The key under which Slack takes an error about an input.</summary>
    public static string BlockOf(string input) => InputPrefix + input;

    /// <summary>A form that a button names and does not carry.</summary>
    /// <returns><see langword="null"/> when the card does not have it any more.</returns>
    public static CardForm? FormOn(ChatCard card, string id)
    {
        foreach (var action in card.Actions)
        {
            switch (action)
            {
                case FormAction form when form.Form.Id == id:
                    return form.Form;
                case PressAction { Confirm.Length: > 0 } press when press.Id == id:
                    return press.Question();
                default:
                    break;
            }
        }

        return null;
    }

    /// <param name="action">One of a payload's <c>actions</c>.</param>
    /// <returns><see langword="null"/> when it is none of this bot's buttons.</returns>
    public static ButtonPress? Read(JsonElement action)
    {
        if (ForeignJson.Text(action, "type") != "button" || KindOf(ForeignJson.Text(action, "action_id")) is not { } kind)
        {
            return null;
        }

        if (kind == ButtonKind.Link)
        {
            return new ButtonPress(kind, "", null, null);
        }

        if (ForeignJson.Text(action, "value") is not { Length: <= 2 * LongestValue } value)
        {
            return null;
        }

        try
        {
            using var data = JsonDocument.Parse(value, Shallow);
            var form = kind == ButtonKind.Form ? FormIn(data.RootElement) : null;
            // A form of another version of this program can still be found by its id.
            var id = form?.Id ?? ForeignJson.Text(data.RootElement, Action) ?? (ForeignJson.Member(data.RootElement, Form) is { } unread ? ForeignJson.Text(unread, "id") : null) ?? "";
            var post = PostIn(data.RootElement);
            var whole = kind == ButtonKind.Details ? post is not null : id.Length is > 0 and <= LongestAction;
            return whole ? new ButtonPress(kind, id, post, form) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What was typed and chosen, by input id; what was left empty is empty.</summary>
    /// <param name="values">The <c>state.values</c> of a view.</param>
    /// <returns><see langword="null"/> when it is nothing that a form of this bot's could hold.</returns>
    public static IReadOnlyDictionary<string, string>? ReadInputs(JsonElement values)
    {
        if (values.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var inputs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (block, held) in ForeignJson.Members(values))
        {
            if (!block.StartsWith(InputPrefix, StringComparison.Ordinal) || ForeignJson.Member(held, InputValue) is not { } element)
            {
                continue;
            }

            var value = ForeignJson.Text(element, "value") ?? ForeignJson.Text(element, "selected_date") ?? (ForeignJson.Member(element, "selected_option") is { } chosen ? ForeignJson.Text(chosen, "value") : null) ?? "";
            if (value.Length > LongestInput || inputs.Count == MostInputs)
            {
                return null;
            }

            inputs[block[InputPrefix.Length..]] = value;
        }

        return inputs;
    }

    public static void WriteMetadata(Utf8JsonWriter json, long post)
    {
        json.WriteStartObject();
        json.WriteString("event_type"u8, PostEvent);
        json.WriteStartObject("event_payload"u8);
        json.WriteNumber(Post, post);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <param name="metadata">A message's <c>metadata</c>.</param>
    /// <returns>The post that the message shows; <see langword="null"/> when it is none of this bot's.</returns>
    public static long? ReadMetadata(JsonElement metadata) =>
        ForeignJson.Text(metadata, "event_type") == PostEvent && ForeignJson.Member(metadata, "event_payload") is { } payload ? PostIn(payload) : null;

    /// <summary>Unique within its block, as Slack asks.</summary>
    internal static string ActionId(ButtonKind kind, int index) => $"{Prefix}{WordOf(kind)}/{index}";

    private static string WordOf(ButtonKind kind) => kind switch
    {
        ButtonKind.Press => "press",
        ButtonKind.Opens => "opens",
        ButtonKind.Form => "form",
        ButtonKind.Details => "details",
        ButtonKind.Link => "link",
    };

    private static ButtonKind? KindOf(string? actionId)
    {
        if (actionId is null || !actionId.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var word = actionId.AsSpan(Prefix.Length);
        var end = word.IndexOf('/');
        return end < 0 ? null : word[..end] switch
        {
            "press" => ButtonKind.Press,
            "opens" => ButtonKind.Opens,
            "form" => ButtonKind.Form,
            "details" => ButtonKind.Details,
            "link" => ButtonKind.Link,
            _ => null,
        };
    }

    private static CardForm? FormIn(JsonElement data)
    {
        try
        {
            return ForeignJson.Member(data, Form) is { ValueKind: JsonValueKind.Object } form ? CardJson.ReadForm(form.GetRawText()) : null;
        }
        catch (JsonException)
        {
            // Of another version of this program, or made up.
            return null;
        }
    }

    private static long? PostIn(JsonElement data) =>
        ForeignJson.Member(data, Post) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var post) && post > 0 ? post : null;
}
