using System.Buffers;
using System.Text.Json;
using PatchBot.Adapters.Slack.Outbound;
using PatchBot.Cards;
using PatchBot.Cards.BlockKit;

namespace PatchBot.Adapters.Slack.Inbound.Interactions;

/// <summary>Modals, and what the answer to a sent modal makes of it. UTF-8 JSON.</summary>
/// <remarks><see href="https://docs.slack.dev/surfaces/modals#updating_response"/></remarks>
internal static class Modals
{
    private const int LongestSection = 3_000;

    public static byte[] Form(CardForm form, OpenedFrom opened) => BlockKitRenderer.View(form, new BlockKitViewOptions { PrivateMetadata = opened.Write() });

    /// <summary>A modal that says something.</summary>
    public static byte[] Text(string text) => Write(json => WriteText(json, text));

    /// <summary>Shows another modal in place of the one that was sent.</summary>
    public static Acknowledgement Next(ReadOnlyMemory<byte> view) => Answer(json =>
    {
        json.WriteString("response_action"u8, "update"u8);
        json.WritePropertyName("view"u8);
        json.WriteRawValue(view.Span, skipInputValidation: true);
    });

    /// <summary>Keeps the modal open and marks an input.</summary>
    /// <param name="block">The input's block.</param>
    public static Acknowledgement Error(string block, string text) => Answer(json =>
    {
        json.WriteString("response_action"u8, "errors"u8);
        json.WriteStartObject("errors"u8);
        json.WriteString(block, text);
        json.WriteEndObject();
    });

    /// <summary>A message for the person alone, as the answer to a slash command.</summary>
    public static Acknowledgement Message(SlackMessage message) => Answer(json =>
    {
        json.WriteString("response_type"u8, "ephemeral"u8);
        json.WriteString("text"u8, message.Text);
        if (!message.Blocks.IsEmpty)
        {
            json.WritePropertyName("blocks"u8);
            json.WriteRawValue(message.Blocks.Span, skipInputValidation: true);
        }
    });

    private static void WriteText(Utf8JsonWriter json, string text)
    {
        json.WriteString("type"u8, "modal"u8);
        WritePlain(json, "title"u8, "PatchBot");
        WritePlain(json, "close"u8, "Close");
        json.WriteStartArray("blocks"u8);
        json.WriteStartObject();
        json.WriteString("type"u8, "section"u8);
        var clean = CleanText.Lines(text);
        WritePlain(json, "text"u8, clean.Length <= LongestSection ? clean : $"{clean[..(LongestSection - 1)]}…");
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WritePlain(Utf8JsonWriter json, ReadOnlySpan<byte> name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("type"u8, "plain_text"u8);
        json.WriteString("text"u8, text);
        json.WriteBoolean("emoji"u8, false);
        json.WriteEndObject();
    }

    private static Acknowledgement Answer(Action<Utf8JsonWriter> content) => new(true, Write(content));

    private static byte[] Write(Action<Utf8JsonWriter> content)
    {
        var body = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(body);
        json.WriteStartObject();
        content(json);
        json.WriteEndObject();
        json.Flush();
        return body.WrittenSpan.ToArray();
    }
}
