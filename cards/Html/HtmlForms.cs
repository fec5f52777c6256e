using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace PatchBot.Cards.Html;

/// <summary>Buttons and fold-out forms. Labels wrap their fields, so that no ids are needed that could clash in a page.</summary>
internal static class HtmlForms
{
    public static void AppendActions(StringBuilder html, IReadOnlyList<CardAction> actions)
    {
        if (actions.Count == 0)
        {
            return;
        }

        html.Append("""<div class="actions">""").Append('\n');
        foreach (var action in actions)
        {
            Append(html, action);
            html.Append('\n');
        }

        html.Append("</div>\n");
    }

    public static void AppendForm(StringBuilder html, CardForm form, ActionStyle style)
    {
        html.Append($"""<form class="form" data-action="{HtmlText.Escape(form.Id)}">""").Append('\n');
        html.Append($"<h4>{HtmlText.Escape(form.Heading)}</h4>\n");
        if (form.Text.Length > 0)
        {
            html.Append($"<p>{HtmlText.EscapeLines(form.Text)}</p>\n");
        }

        foreach (var input in form.Inputs)
        {
            html.Append($"""<label class="field"><span>{HtmlText.Escape(input.Label)}{(input.Required ? "" : " (optional)")}</span> """);
            Append(html, input);
            html.Append("</label>\n");
        }

        // A form's own button never looks less wanted than a plain one.
        var look = style == ActionStyle.Default ? ActionStyle.Primary : style;
        html.Append($"""<button type="submit" class="button" data-style="{HtmlWords.Of(look)}">{HtmlText.Escape(form.Submit)}</button>""");
        html.Append("\n</form>");
    }

    private static void Append(StringBuilder html, CardAction action)
    {
        switch (action)
        {
            case PressAction { Confirm.Length: > 0 } press:
                AppendFold(html, press.Title, press.Question(), press.Style);
                break;
            case PressAction press:
                html.Append($"""<button type="button" class="button" data-style="{HtmlWords.Of(press.Style)}" data-action="{HtmlText.Escape(press.Id)}">""");
                html.Append($"{HtmlText.Escape(press.Title)}</button>");
                break;
            case FormAction form:
                AppendFold(html, form.Title, form.Form, form.Style);
                break;
            case LinkAction link:
                html.Append(HtmlText.Anchor(link.Title, link.Address, " class=\"button\" data-style=\"default\""));
                break;
            default:
                throw new UnreachableException($"HTML does not know the action {action.GetType().Name}: add it here.");
        }
    }

    private static void AppendFold(StringBuilder html, string title, CardForm form, ActionStyle style)
    {
        html.Append($"""<details class="ask"><summary class="button" data-style="{HtmlWords.Of(style)}">{HtmlText.Escape(title)}</summary>""");
        html.Append('\n');
        AppendForm(html, form, style);
        html.Append("</details>");
    }

    private static void Append(StringBuilder html, CardInput input)
    {
        var common = $"""name="{HtmlText.Escape(input.Id)}"{(input.Required ? " required" : "")}""";
        switch (input)
        {
            case TextInput { Multiline: true } text:
                // The parser swallows the first line break of a text area.
                html.Append($"<textarea {common}{Limits(text)} rows=\"3\">\n{HtmlText.EscapeLines(text.Value)}</textarea>");
                break;
            case TextInput text:
                html.Append($"""<input type="text" {common}{Limits(text)} value="{HtmlText.Escape(text.Value)}" autocomplete="off">""");
                break;
            case DateInput date:
                html.Append($"""<input type="date" {common} value="{HtmlText.Escape(date.Value)}">""");
                break;
            case ChoiceInput choice:
                AppendChoice(html, choice, common);
                break;
            default:
                throw new UnreachableException($"HTML does not know the input {input.GetType().Name}: add it here.");
        }
    }

    // Nothing is chosen unless the card says so: a form must not report a result that nobody picked.
    private static void AppendChoice(StringBuilder html, ChoiceInput choice, string common)
    {
        html.Append($"<select {common}>");
        if (!choice.Required || !choice.Choices.Any(option => option.Value == choice.Value))
        {
            html.Append("""<option value=""></option>""");
        }

        foreach (var option in choice.Choices)
        {
            var selected = option.Value == choice.Value ? " selected" : "";
            html.Append($"""<option value="{HtmlText.Escape(option.Value)}"{selected}>{HtmlText.Escape(option.Title)}</option>""");
        }

        html.Append("</select>");
    }

    private static string Limits(TextInput text) => string.Create(
        CultureInfo.InvariantCulture, $" maxlength=\"{text.MaxLength}\" placeholder=\"{HtmlText.Escape(text.Placeholder)}\"");
}
