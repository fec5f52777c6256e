using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PatchBot.Cards.BlockKit;

/// <summary>The buttons of a card, and what each sends; see <see cref="BlockKitData"/>.</summary>
internal sealed class BlockKitActions(Utf8JsonWriter json, BlockSheet sheet, long? post, Shortening step)
{
    /// <summary>The button that opens what the card folds away.</summary>
    public const string DetailsTitle = "Details";

    private const int LongestTitle = 75;
    private const int LongestConfirmTitle = 100, LongestConfirmText = 300, LongestConfirmButton = 30;

    /// <summary>What a card's buttons are, in order: those that Slack can show.</summary>
    public static IReadOnlyList<CardAction> Of(ChatCard card) =>
        [.. card.Actions.Where(action => action is not LinkAction link || BlockKitLinks.OfButton(link.Address) is not null)];

    /// <summary>The card folds something away that its post can show again.</summary>
    public static bool Folds(ChatCard card, long? post) => post is not null && card.Body.Any(block => block is DetailsBlock);

    public void Write(ChatCard card)
    {
        var (actions, folds) = (Of(card), Folds(card, post));
        var all = actions.Count + (folds ? 1 : 0);
        if (all > 0 && step.Actions > 0)
        {
            sheet.StartActions();
            foreach (var (index, action) in actions.Take(step.Actions).Index())
            {
                Write(action, index);
            }

            if (folds && all <= step.Actions)
            {
                Start(DetailsTitle, ActionStyle.Default, ButtonKind.Details, actions.Count);
                WriteValue("", null);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        if (all > step.Actions)
        {
            sheet.Context(string.Create(CultureInfo.InvariantCulture, $"{all - step.Actions} more actions do not fit here; reply in words instead."));
        }
    }

    private void Write(CardAction action, int index)
    {
        switch (action)
        {
            case PressAction { Confirm.Length: > 0 } press when !Asks(press):
                WriteForm(press.Title, press.Style, press.Question(), index);
                break;
            case PressAction press:
                Start(press.Title, press.Style, press.OpensForm ? ButtonKind.Opens : ButtonKind.Press, index);
                WriteValue(press.Id, null);
                if (press.Confirm.Length > 0)
                {
                    WriteConfirm(press);
                }

                json.WriteEndObject();
                break;
            case FormAction form:
                WriteForm(form.Title, form.Style, form.Form, index);
                break;
            case LinkAction link:
                Start(link.Title, ActionStyle.Default, ButtonKind.Link, index);
                json.WriteString("url"u8, BlockKitLinks.OfButton(link.Address));
                json.WriteEndObject();
                break;
            default:
                throw new UnreachableException($"Block Kit does not know the action {action.GetType().Name}: add it here.");
        }
    }

    private void WriteForm(string title, ActionStyle style, CardForm form, int index)
    {
        Start(title, style, ButtonKind.Form, index);
        WriteValue(form.Id, form);
        json.WriteEndObject();
    }

    private void Start(string title, ActionStyle style, ButtonKind kind, int index)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "button"u8);
        PlainObject.Write(json, "text"u8, BlockKitText.Label(title, Math.Min(step.Title, LongestTitle)));
        json.WriteString("action_id"u8, BlockKitData.ActionId(kind, index));
        if (BlockKitWords.Of(style) is { } look)
        {
            json.WriteString("style"u8, look);
        }
    }

    // Slack's own question is at hand at once, but short.
    private static bool Asks(PressAction press) =>
        BlockKitText.CodePoints(press.Confirm) <= LongestConfirmText && BlockKitText.CodePoints(press.Title) <= LongestConfirmTitle;

    private void WriteConfirm(PressAction press)
    {
        json.WriteStartObject("confirm"u8);
        PlainObject.Write(json, "title"u8, BlockKitText.Line(press.Title, LongestConfirmTitle));
        PlainObject.Write(json, "text"u8, BlockKitText.Lines(press.Confirm, LongestConfirmText));
        PlainObject.Write(json, "confirm"u8, BlockKitText.Label(press.Title, LongestConfirmButton));
        PlainObject.Write(json, "deny"u8, "Cancel");
        if (BlockKitWords.Of(press.Style) is { } look)
        {
            json.WriteString("style"u8, look);
        }

        json.WriteEndObject();
    }

    private void WriteValue(string action, CardForm? form)
    {
        var value = new ArrayBufferWriter<byte>(512);
        foreach (var carried in Carried(form))
        {
            value.ResetWrittenCount();
            WriteValue(value, action, carried);
            if (Encoding.UTF8.GetCharCount(value.WrittenSpan) <= BlockKitData.LongestValue)
            {
                break;
            }
        }

        json.WriteString("value"u8, value.WrittenSpan);
    }

    // A form that is carried opens even while the record cannot be read. One that is too long is looked up on the post's card;
    // where there is no post, what was filled in beforehand is left out instead.
    private IEnumerable<CardForm?> Carried(CardForm? form)
    {
        if (form is not null && step.Forms)
        {
            yield return form;
        }

        if (form is not null && post is null)
        {
            yield return form with { Inputs = [.. form.Inputs.Select(input => input with { Value = "" })] };
        }

        yield return null;
    }

    private void WriteValue(ArrayBufferWriter<byte> value, string action, CardForm? form)
    {
        using var data = new Utf8JsonWriter(value, BlockKitRenderer.Relaxed);
        data.WriteStartObject();
        if (form is null && action.Length > 0)
        {
            data.WriteString(BlockKitData.Action, action);
        }

        if (post is { } id)
        {
            data.WriteNumber(BlockKitData.Post, id);
        }

        if (form is not null)
        {
            data.WritePropertyName(BlockKitData.Form);
            CardJson.WriteForm(data, form);
        }

        data.WriteEndObject();
    }
}
