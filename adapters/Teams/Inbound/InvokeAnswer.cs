using System.Buffers;
using System.Text.Json;

namespace PatchBot.Adapters.Teams.Inbound;

/// <summary>The body of an invoke's response, as UTF-8 JSON. The HTTP status is 200 whatever it says.</summary>
/// <remarks><see href="https://learn.microsoft.com/adaptive-cards/authoring-cards/universal-action-model"/></remarks>
internal sealed record InvokeAnswer(ReadOnlyMemory<byte> Body)
{
    private const string CardType = "application/vnd.microsoft.card.adaptive";

    /// <summary>A short confirmation; the card stays as it is.</summary>
    public static InvokeAnswer Message(string text) => Write(json =>
    {
        json.WriteNumber("statusCode", 200);
        json.WriteString("type", "application/vnd.microsoft.activity.message");
        json.WriteString("value", text);
    });

    /// <summary>Shows the card to this person instead of the one that they see.</summary>
    public static InvokeAnswer Card(ReadOnlySpan<byte> card)
    {
        var body = new ArrayBufferWriter<byte>(card.Length + 128);
        using var json = new Utf8JsonWriter(body);
        json.WriteStartObject();
        json.WriteNumber("statusCode", 200);
        json.WriteString("type", CardType);
        json.WritePropertyName("value");
        json.WriteRawValue(card, skipInputValidation: true);
        json.WriteEndObject();
        json.Flush();
        return new(body.WrittenMemory);
    }

    /// <summary>Says it on the card; the button can be pressed again.</summary>
    public static InvokeAnswer Error(int status, string code, string message) => Write(json =>
    {
        json.WriteNumber("statusCode", status);
        json.WriteString("type", "application/vnd.microsoft.error");
        json.WriteStartObject("value");
        json.WriteString("code", code);
        json.WriteString("message", message);
        json.WriteEndObject();
    });

    /// <summary>Ends a dialog with a sentence.</summary>
    public static InvokeAnswer DialogText(string text) => Write(json =>
    {
        json.WriteStartObject("task");
        json.WriteString("type", "message");
        json.WriteString("value", text);
        json.WriteEndObject();
    });

    /// <summary>Opens a dialog, or shows the next card in the one that is open.</summary>
    public static InvokeAnswer Dialog(string title, ReadOnlyMemory<byte> card) => Write(json =>
    {
        json.WriteStartObject("task");
        json.WriteString("type", "continue");
        json.WriteStartObject("value");
        json.WriteString("title", title);
        json.WriteString("height", "medium");
        json.WriteString("width", "medium");
        json.WriteStartObject("card");
        json.WriteString("contentType", CardType);
        json.WritePropertyName("content");
        json.WriteRawValue(card.Span, skipInputValidation: true);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private static InvokeAnswer Write(Action<Utf8JsonWriter> content)
    {
        var body = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(body);
        json.WriteStartObject();
        content(json);
        json.WriteEndObject();
        json.Flush();
        return new(body.WrittenMemory);
    }
}
