using System.Diagnostics;
using System.Text.Json;

namespace PatchBot.Cards.AdaptiveCards;

/// <summary>How much of a form is shown; all of it, unless nobody could have written it.</summary>
/// <param name="Again">The form rides along, so that it can be shown again with what was wrong.</param>
internal sealed record FormShortening(bool Again, int Choices, int Inputs, int Text)
{
    public static IReadOnlyList<FormShortening> Steps { get; } =
        [new(true, 200, 50, 4_000), new(false, 200, 50, 4_000), new(false, 50, 20, 1_000), new(false, 10, 8, 200), new(false, 2, 2, 60)];
}

/// <summary>A form: what was wrong, what it is about, its inputs, and the button that sends it.</summary>
internal static class AdaptiveForm
{
    // Few choices are seen at once; more are a list that opens.
    private const int MostOpenChoices = 5;

    public static void Write(Utf8JsonWriter json, CardForm form, AdaptiveCardFormOptions options, FormShortening step)
    {
        AdaptiveCardRenderer.WriteHead(json, form.Heading, step.Text);
        json.WriteStartArray("body"u8);
        if (options.Error.Length > 0)
        {
            WriteError(json, options.Error, step);
        }

        WriteHeading(json, form.Heading, step);
        if (form.Text.Length > 0)
        {
            AdaptiveRuns.Write(json, form.Text, step.Text);
        }

        foreach (var input in form.Inputs.Take(step.Inputs))
        {
            Write(json, input, options.Typed.GetValueOrDefault(input.Id, input.Value), step);
        }

        WriteSubmit(json, form, options, step);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteError(Utf8JsonWriter json, string error, FormShortening step)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "Container"u8);
        json.WriteString("style"u8, "attention"u8);
        json.WriteStartArray("items"u8);
        AdaptiveRuns.Write(json, error, step.Text, new Look(Strong: true));
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteHeading(Utf8JsonWriter json, string heading, FormShortening step)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "TextBlock"u8);
        json.WriteString("text"u8, AdaptiveText.Line(heading, Math.Min(step.Text, 300)));
        json.WriteString("style"u8, "heading"u8);
        json.WriteString("size"u8, "medium"u8);
        json.WriteString("weight"u8, "bolder"u8);
        json.WriteBoolean("wrap"u8, true);
        json.WriteEndObject();
    }

    private static void WriteSubmit(Utf8JsonWriter json, CardForm form, AdaptiveCardFormOptions options, FormShortening step)
    {
        var actions = new AdaptiveActions(json, options.PostId, Shortening.Steps[0]) { Once = options.Once };
        json.WriteStartObject();
        json.WriteString("type"u8, "ActionSet"u8);
        json.WriteStartArray("actions"u8);
        if (options.StandsAlone)
        {
            actions.WriteExecute(AdaptiveCardData.SubmitVerb, form.Submit, ActionStyle.Primary, form.Id, step.Again ? form : null, withInputs: true);
        }
        else
        {
            json.WriteStartObject();
            actions.WriteSubmit(form.Submit, ActionStyle.Primary, form.Id, step.Again ? form : null, "", withInputs: true);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, CardInput input, string value, FormShortening step)
    {
        json.WriteStartObject();
        switch (input)
        {
            case TextInput text:
                WriteCommon(json, "Input.Text"u8, input, "Write something in", step);
                json.WriteBoolean("isMultiline"u8, text.Multiline);
                json.WriteNumber("maxLength"u8, text.MaxLength);
                WriteUnlessEmpty(json, "placeholder"u8, AdaptiveText.Line(text.Placeholder, Math.Min(step.Text, 200)));
                WriteUnlessEmpty(json, "value"u8, Typed(value, text.MaxLength, step));
                break;
            case DateInput:
                WriteCommon(json, "Input.Date"u8, input, "Choose a date for", step);
                WriteUnlessEmpty(json, "value"u8, DateOnly.TryParseExact(value, "yyyy-MM-dd", out _) ? value : "");
                break;
            case ChoiceInput choice:
                WriteCommon(json, "Input.ChoiceSet"u8, input, "Choose", step);
                WriteChoices(json, choice, value, step);
                break;
            default:
                throw new UnreachableException($"Adaptive Cards do not know the input {input.GetType().Name}: add it here.");
        }

        json.WriteEndObject();
    }

    // A value is what people typed: it stays as it is, since it is sent back as it is.
    private static string Typed(string value, int most, FormShortening step)
    {
        var clean = CleanText.Lines(value);
        return clean[..Math.Min(clean.Length, Math.Min(most, step.Text))];
    }

    private static void WriteCommon(Utf8JsonWriter json, ReadOnlySpan<byte> type, CardInput input, string wish, FormShortening step)
    {
        var label = AdaptiveText.Line(input.Label, Math.Min(step.Text, 200));
        json.WriteString("type"u8, type);
        json.WriteString("id"u8, AdaptiveCardData.InputPrefix + input.Id);
        json.WriteString("label"u8, input.Required ? label : $"{label} (optional)");
        if (input.Required)
        {
            json.WriteBoolean("isRequired"u8, true);
            json.WriteString("errorMessage"u8, $"{wish}: {label}");
        }
    }

    // Nothing is chosen unless the form says so: it must not report what nobody picked.
    private static void WriteChoices(Utf8JsonWriter json, ChoiceInput choice, string value, FormShortening step)
    {
        json.WriteString("style"u8, choice.Required && choice.Choices.Count <= MostOpenChoices ? "expanded"u8 : "compact"u8);
        json.WriteBoolean("wrap"u8, true);
        json.WriteString("placeholder"u8, "Choose one"u8);
        if (choice.Choices.Any(option => option.Value == value))
        {
            WriteUnlessEmpty(json, "value"u8, value);
        }

        json.WriteStartArray("choices"u8);
        foreach (var option in choice.Choices.Take(step.Choices))
        {
            json.WriteStartObject();
            json.WriteString("title"u8, AdaptiveText.Line(option.Title, Math.Min(step.Text, 200)));
            json.WriteString("value"u8, option.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteUnlessEmpty(Utf8JsonWriter json, ReadOnlySpan<byte> name, string value)
    {
        if (value.Length > 0)
        {
            json.WriteString(name, value);
        }
    }
}
