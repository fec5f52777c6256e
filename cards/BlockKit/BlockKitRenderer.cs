using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PatchBot.Cards.BlockKit;

/// <summary>
/// A card as Slack's blocks: <c>header</c>, <c>rich_text</c>, <c>context</c>, <c>divider</c> and <c>actions</c>, which every client draws, and
/// <c>section</c> and <c>input</c> in modals. No text is <c>mrkdwn</c>. Buttons carry what <see cref="BlockKitData"/> says.
/// </summary>
/// <remarks>
/// No coloured bar: with blocks in an attachment, Slack shows <c>text</c> above them, and all would be said twice.
/// Format: <see href="https://docs.slack.dev/reference/block-kit/blocks/"/>
/// </remarks>
public static class BlockKitRenderer
{
    /// <summary>A modal and Home may have that many blocks.</summary>
    public const int MostViewBlocks = 100;

    private const int LongestCloseTitle = 24;

    // Nothing is documented for views; modals of this size are in use.
    private const int MostViewCharacters = 30_000;

    // The blocks are read by JSON parsers and never stand in a page.
    internal static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private delegate int Writing(Utf8JsonWriter json, Shortening step);

    /// <summary>A card as a message. What does not fit is shortened, and says so.</summary>
    public static BlockKitMessage Message(ChatCard card, BlockKitOptions options) => new(
        BlockKitSpeech.OfMessage(card, options.PostId),
        Fit(Shortening.Steps, BlockKitOptions.MostBlocks, BlockKitOptions.MostCharacters, (json, step) =>
        {
            json.WriteStartArray();
            var blocks = Blocks(json, card, options, step);
            json.WriteEndArray();
            return blocks;
        }));

    /// <summary>The card's words alone, for when Slack does not take its blocks: a message's <c>text</c>, escaped, within its limit.</summary>
    public static string Plain(ChatCard card) => BlockKitSpeech.Alone(card);

    /// <summary>A card as a person's Home tab.</summary>
    /// <returns>The view object in UTF-8.</returns>
    public static byte[] Home(ChatCard card, BlockKitOptions options) =>
        Fit(Shortening.Steps, MostViewBlocks, MostViewCharacters, (json, step) =>
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "home"u8);
            json.WriteStartArray("blocks"u8);
            var blocks = Blocks(json, card, options, step);
            json.WriteEndArray();
            json.WriteEndObject();
            return blocks;
        });

    /// <summary>What a message left out behind its button, as a modal.</summary>
    /// <returns>The view object in UTF-8.</returns>
    public static byte[] Details(ChatCard card) =>
        Fit(Shortening.DetailSteps, MostViewBlocks, MostViewCharacters, (json, step) =>
        {
            var body = new BlockKitBody(json, new RichText(json, step.Text), card, null, step);
            json.WriteStartObject();
            json.WriteString("type"u8, "modal"u8);
            json.WriteString("callback_id"u8, BlockKitData.DetailsCallback);
            PlainObject.Write(json, "title"u8, "Details");
            PlainObject.Write(json, "close"u8, "Close");
            json.WriteStartArray("blocks"u8);
            body.WriteDetails();
            json.WriteEndArray();
            json.WriteEndObject();
            return body.Written;
        });

    /// <summary>A form as a modal, or a question as one without inputs.</summary>
    /// <returns>The view object in UTF-8.</returns>
    public static byte[] View(CardForm form, BlockKitViewOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>(4 * 1024);
        using var json = new Utf8JsonWriter(buffer, Relaxed);
        BlockKitForm.Write(json, form, options);
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static int Blocks(Utf8JsonWriter json, ChatCard card, BlockKitOptions options, Shortening step)
    {
        var body = new BlockKitBody(json, new RichText(json, step.Text), card, options.PostId, step);
        body.Write();
        return body.Written;
    }

    private static byte[] Fit(IReadOnlyList<Shortening> steps, int mostBlocks, int mostCharacters, Writing write)
    {
        var buffer = new ArrayBufferWriter<byte>(8 * 1024);
        foreach (var step in steps)
        {
            buffer.ResetWrittenCount();
            using var json = new Utf8JsonWriter(buffer, Relaxed);
            var blocks = write(json, step);
            json.Flush();
            if (blocks <= mostBlocks && Encoding.UTF8.GetCharCount(buffer.WrittenSpan) <= mostCharacters)
            {
                break;
            }
        }

        return buffer.WrittenSpan.ToArray();
    }
}
