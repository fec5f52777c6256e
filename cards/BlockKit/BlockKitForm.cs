using System.Diagnostics;
using System.Text.Json;

namespace PatchBot.Cards.BlockKit;

/// <summary>A form as the blocks of a modal, and the texts around them.</summary>
internal static class BlockKitForm
{
    public const int LongestTitle = 24;

    private const int LongestHeader = 150;
    private const int LongestLabel = 200, LongestText = 3_000, LongestError = 1_000, LongestPlaceholder = 150, LongestOption = 75;
    private const int MostInputs = 90, MostOpenChoices = 5, MostChoices = 100;
    private const string Application = "PatchBot";

    public static void Write(Utf8JsonWriter json, CardForm form, BlockKitViewOptions options)
    {
        var titled = Fits(form.Heading);
        json.WriteStartObject();
        json.WriteString("type"u8, "modal"u8);
        json.WriteString("callback_id"u8, BlockKitData.FormCallback);
        if (options.PrivateMetadata.Length > 0)
        {
            json.WriteString("private_metadata"u8, options.PrivateMetadata);
        }

        PlainObject.Write(json, "title"u8, titled ? BlockKitText.Line(form.Heading, LongestTitle) : Fits(form.Submit) ? BlockKitText.Line(form.Submit, LongestTitle) : Application);
        PlainObject.Write(json, "submit"u8, BlockKitText.Label(form.Submit, LongestTitle));
        PlainObject.Write(json, "close"u8, "Cancel");
        json.WriteStartArray("blocks"u8);
        WriteBlocks(json, form, options, titled);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteBlocks(Utf8JsonWriter json, CardForm form, BlockKitViewOptions options, bool titled)
    {
        if (options.Error.Length > 0)
        {
            WriteError(json, options.Error);
        }

        // A modal has blocks, whatever it asks.
        if (!titled || (form.Text.Length == 0 && form.Inputs.Count == 0))
        {
            PlainObject.WriteHeader(json, BlockKitText.Line(form.Heading, LongestHeader));
        }

        if (form.Text.Length > 0)
        {
            PlainObject.WriteSection(json, BlockKitText.Lines(form.Text, LongestText));
        }

        // Slack takes no choice without options.
        foreach (var input in form.Inputs.Where(input => input is not ChoiceInput { Choices.Count: 0 }).Take(MostInputs))
        {
            Write(json, input, options.Typed.GetValueOrDefault(input.Id, input.Value));
        }
    }

    private static bool Fits(string text) => text.Length > 0 && BlockKitText.CodePoints(text) <= LongestTitle;

    private static void WriteError(Utf8JsonWriter json, string error)
    {
        var rich = new RichText(json, LongestError);
        json.WriteStartObject();
        json.WriteString("type"u8, "rich_text"u8);
        json.WriteStartArray("elements"u8);
        rich.StartQuote();
        rich.Emoji(BlockKitWords.Notice(Tone.Warning));
        rich.Text($" {BlockKitText.Lines(error, LongestError)}", Style.Bold);
        rich.End();
        rich.End();
    }

    private static void Write(Utf8JsonWriter json, CardInput input, string value)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "input"u8);
        json.WriteString("block_id"u8, BlockKitData.BlockOf(input.Id));
        PlainObject.Write(json, "label"u8, BlockKitText.Line(input.Label, LongestLabel));
        json.WriteBoolean("optional"u8, !input.Required);
        json.WriteStartObject("element"u8);
        switch (input)
        {
            case TextInput text:
                WriteText(json, text, value);
                break;
            case DateInput:
                Start(json, "datepicker"u8);
                WriteUnlessEmpty(json, "initial_date"u8, DateOnly.TryParseExact(value, "yyyy-MM-dd", out _) ? value : "");
                break;
            case ChoiceInput choice:
                WriteChoice(json, choice, value);
                break;
            default:
                throw new UnreachableException($"Block Kit does not know the input {input.GetType().Name}: add it here.");
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    // Within its own block, the name needs to be no input's.
    private static void Start(Utf8JsonWriter json, ReadOnlySpan<byte> type)
    {
        json.WriteString("type"u8, type);
        json.WriteString("action_id"u8, BlockKitData.InputValue);
    }

    private static void WriteText(Utf8JsonWriter json, TextInput text, string value)
    {
        var most = Math.Clamp(text.MaxLength, 1, LongestText);
        Start(json, "plain_text_input"u8);
        json.WriteBoolean("multiline"u8, text.Multiline);
        json.WriteNumber("max_length"u8, most);
        if (text.Placeholder.Length > 0)
        {
            PlainObject.Write(json, "placeholder"u8, BlockKitText.Line(text.Placeholder, LongestPlaceholder));
        }

        WriteUnlessEmpty(json, "initial_value"u8, text.Multiline ? BlockKitText.Lines(value, most) : BlockKitText.Line(value, most));
    }

    // Nothing is chosen unless the form says so: it must not report what nobody picked.
    private static void WriteChoice(Utf8JsonWriter json, ChoiceInput choice, string value)
    {
        Start(json, choice.Required && choice.Choices.Count <= MostOpenChoices ? "radio_buttons"u8 : "static_select"u8);
        json.WriteStartArray("options"u8);
        foreach (var option in choice.Choices.Take(MostChoices))
        {
            json.WriteStartObject();
            WriteOption(json, option);
        }

        json.WriteEndArray();
        if (choice.Choices.Take(MostChoices).FirstOrDefault(option => option.Value == value) is { } chosen)
        {
            json.WriteStartObject("initial_option"u8);
            WriteOption(json, chosen);
        }
    }

    private static void WriteOption(Utf8JsonWriter json, CardChoice option)
    {
        PlainObject.Write(json, "text"u8, BlockKitText.Line(option.Title, LongestOption));
        json.WriteString("value"u8, option.Value);
        json.WriteEndObject();
    }

    private static void WriteUnlessEmpty(Utf8JsonWriter json, ReadOnlySpan<byte> name, string value)
    {
        if (value.Length > 0)
        {
            json.WriteString(name, value);
        }
    }
}
