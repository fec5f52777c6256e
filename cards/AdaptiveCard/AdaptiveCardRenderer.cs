using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using PatchBot.Cards.PlainText;

namespace PatchBot.Cards.AdaptiveCards;

/// <summary>
/// A card as an Adaptive Card for Teams: version 1.5, with the few additions of Teams (badges, width) each beside a fallback.
/// Actions carry what <see cref="AdaptiveCardData"/> says.
/// </summary>
/// <remarks>Format: <see href="https://adaptivecards.io/explorer/"/></remarks>
public static class AdaptiveCardRenderer
{
    private const int MostRefreshed = 60;
    private const int LongestPreview = 300;

    // The card is read by JSON parsers and never stands in a page.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <returns>The card object in UTF-8, never above <see cref="AdaptiveCardOptions.MaxBytes"/>: what does not fit is shortened, and says so.</returns>
    public static byte[] Render(ChatCard card, AdaptiveCardOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>(8 * 1024);
        foreach (var step in Shortening.Steps)
        {
            buffer.ResetWrittenCount();
            using var json = new Utf8JsonWriter(buffer, Plain);
            Write(json, card, options, step);
            json.Flush();
            if (buffer.WrittenCount <= options.MaxBytes)
            {
                break;
            }
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>A form as a dialog, or as a message of its own.</summary>
    /// <returns>The card object in UTF-8.</returns>
    public static byte[] Render(CardForm form, AdaptiveCardFormOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>(4 * 1024);
        foreach (var step in FormShortening.Steps)
        {
            buffer.ResetWrittenCount();
            using var json = new Utf8JsonWriter(buffer, Plain);
            AdaptiveForm.Write(json, form, options, step);
            json.Flush();
            if (buffer.WrittenCount <= options.MaxBytes)
            {
                break;
            }
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>What every card begins with, up to its body.</summary>
    internal static void WriteHead(Utf8JsonWriter json, string preview, int longest)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "AdaptiveCard"u8);
        json.WriteString("$schema"u8, "http://adaptivecards.io/schemas/adaptive-card.json"u8);
        json.WriteString("version"u8, "1.5"u8);
        json.WriteString("lang"u8, "en"u8);
        var spoken = AdaptiveText.Line(preview, Math.Min(longest, LongestPreview));
        json.WriteString("fallbackText"u8, spoken);
        json.WriteString("speak"u8, spoken);
    }

    private static void Write(Utf8JsonWriter json, ChatCard card, AdaptiveCardOptions options, Shortening step)
    {
        WriteHead(json, PlainTextRenderer.Preview(card with { Title = Head(card.Title), Summary = Head(card.Summary) }), step.Text);
        json.WriteStartObject("msteams"u8);
        json.WriteString("width"u8, "Full"u8);
        json.WriteEndObject();
        WriteRefresh(json, options);
        json.WriteStartArray("body"u8);
        new AdaptiveBlocks(json, card, options, step).Write();
        new AdaptiveActions(json, options.PostId, step).Write(card.Actions);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Head(string text) => text.Length > LongestPreview ? text[..LongestPreview] : text;

    private static void WriteRefresh(Utf8JsonWriter json, AdaptiveCardOptions options)
    {
        if (options.PostId is not { } post || options.RefreshUserIds.Count == 0)
        {
            return;
        }

        json.WriteStartObject("refresh"u8);
        json.WriteStartObject("action"u8);
        json.WriteString("type"u8, "Action.Execute"u8);
        json.WriteString("verb"u8, AdaptiveCardData.RefreshVerb);
        json.WriteStartObject("data"u8);
        json.WriteStartObject(AdaptiveCardData.Root);
        json.WriteNumber(AdaptiveCardData.Post, post);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartArray("userIds"u8);
        foreach (var user in options.RefreshUserIds.Take(MostRefreshed))
        {
            json.WriteStringValue(user);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
