using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace PatchBot.Cards.AdaptiveCards;

/// <summary>The buttons under a card, and what each sends.</summary>
internal sealed class AdaptiveActions(Utf8JsonWriter json, long? post, Shortening step)
{
    // Teams shows that many and puts the rest into a menu.
    private const int MostPrimary = 6;

    private int written;

    /// <summary>See <see cref="AdaptiveCardFormOptions.Once"/>.</summary>
    public string Once { get; init; } = "";

    public void Write(IReadOnlyList<CardAction> actions)
    {
        var shown = actions.Where(action => action is not LinkAction link || AdaptiveLinks.Of(link.Address) is not null).ToList();
        if (shown.Count > 0 && step.Actions > 0)
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "ActionSet"u8);
            json.WriteString("spacing"u8, "medium"u8);
            json.WriteStartArray("actions"u8);
            foreach (var action in shown.Take(step.Actions))
            {
                Write(action);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        if (shown.Count > step.Actions)
        {
            var left = string.Create(CultureInfo.InvariantCulture, $"{shown.Count - step.Actions} more actions do not fit here; reply in words instead.");
            AdaptiveRuns.Write(json, left, step.Text, new Look(Subtle: true));
        }
    }

    /// <summary>A press or a sent form: for clients that know it an <c>Action.Execute</c>, for others an <c>Action.Submit</c> with the same data.</summary>
    public void WriteExecute(string verb, string title, ActionStyle style, string action, CardForm? form, bool withInputs)
    {
        Start("Action.Execute"u8, title, style);
        json.WriteString("verb"u8, verb);
        json.WriteString("associatedInputs"u8, withInputs ? "auto"u8 : "none"u8);
        WriteData(action, form, "", opens: false);
        json.WriteStartObject("fallback"u8);
        WriteSubmit(title, style, action, form, verb, withInputs);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public void WriteSubmit(string title, ActionStyle style, string action, CardForm? form, string verb, bool withInputs)
    {
        WriteCommon("Action.Submit"u8, title, style);
        json.WriteString("associatedInputs"u8, withInputs ? "auto"u8 : "none"u8);
        WriteData(action, form, verb, opens: false);
        json.WriteStartObject("msteams"u8);
        json.WriteStartObject("feedback"u8);
        json.WriteBoolean("hide"u8, true);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void Write(CardAction action)
    {
        switch (action)
        {
            case PressAction { Confirm.Length: > 0 } press:
                WriteOpener(press.Title, press.Style, "", press.Question());
                break;
            case PressAction { OpensForm: true } press:
                WriteOpener(press.Title, press.Style, press.Id, null);
                break;
            case PressAction press:
                WriteExecute(AdaptiveCardData.PressVerb, press.Title, press.Style, press.Id, null, withInputs: false);
                break;
            case FormAction form:
                WriteOpener(form.Title, form.Style, "", form.Form);
                break;
            case LinkAction link:
                Start("Action.OpenUrl"u8, link.Title, ActionStyle.Default);
                json.WriteString("url"u8, AdaptiveLinks.Of(link.Address));
                json.WriteEndObject();
                break;
            default:
                throw new UnreachableException($"Adaptive Cards do not know the action {action.GetType().Name}: add it here.");
        }

        written++;
    }

    // The dialog is drawn from what the button carries, so it opens even while the record cannot be read.
    private void WriteOpener(string title, ActionStyle style, string action, CardForm? form)
    {
        Start("Action.Submit"u8, title, style);
        json.WriteString("associatedInputs"u8, "none"u8);
        WriteData(action, form, "", opens: true);
        json.WriteEndObject();
    }

    private void Start(ReadOnlySpan<byte> type, string title, ActionStyle style)
    {
        json.WriteStartObject();
        WriteCommon(type, title, style);
        if (written >= MostPrimary)
        {
            json.WriteString("mode"u8, "secondary"u8);
        }
    }

    private void WriteCommon(ReadOnlySpan<byte> type, string title, ActionStyle style)
    {
        json.WriteString("type"u8, type);
        json.WriteString("title"u8, AdaptiveText.Line(title, Math.Min(step.Title, 100)));
        if (style != ActionStyle.Default)
        {
            json.WriteString("style"u8, AdaptiveWords.Of(style));
        }
    }

    private void WriteData(string action, CardForm? form, string verb, bool opens)
    {
        json.WriteStartObject("data"u8);
        if (opens)
        {
            json.WriteStartObject(AdaptiveCardData.Teams);
            json.WriteString("type"u8, AdaptiveCardData.OpenDialog);
            json.WriteEndObject();
        }

        json.WriteStartObject(AdaptiveCardData.Root);
        if (action.Length > 0)
        {
            json.WriteString(AdaptiveCardData.Action, action);
        }

        if (form is not null)
        {
            json.WritePropertyName(AdaptiveCardData.Form);
            CardJson.WriteForm(json, form);
        }

        if (post is { } id)
        {
            json.WriteNumber(AdaptiveCardData.Post, id);
        }

        if (Once.Length > 0)
        {
            json.WriteString(AdaptiveCardData.Once, Once);
        }

        if (verb.Length > 0)
        {
            json.WriteString(AdaptiveCardData.Verb, verb);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
