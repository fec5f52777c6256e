using System.Diagnostics;
using System.Text.Json;
using PatchBot.Cards;
using PatchBot.Cards.Html;

namespace PatchBot.Adapters.WebChat.Api;

/// <summary>Something to press. <paramref name="Form"/> says what to send along, when there is something.</summary>
internal sealed record ActionView(string Id, string Title, string Style, FormView? Form)
{
    /// <summary>What reaches the bot; a link does not, and is in the HTML only.</summary>
    public static IReadOnlyList<ActionView> Of(ChatCard card) => [.. card.Actions.Select(Of).OfType<ActionView>()];

    private static ActionView? Of(CardAction action) => action switch
    {
        PressAction press => new(press.Id, press.Title, Word(press.Style), null),
        FormAction form => new(form.Form.Id, form.Title, Word(form.Style), FormView.Of(form.Form)),
        LinkAction => null,
        _ => throw new UnreachableException($"The web chat does not know the action {action.GetType().Name}: add it here."),
    };

    private static string Word(ActionStyle style) => JsonNamingPolicy.CamelCase.ConvertName(style.ToString());
}

internal sealed record FormView(string Id, string Heading, string Submit, IReadOnlyList<InputView> Inputs, string Html)
{
    public static FormView Of(CardForm form) =>
        new(form.Id, form.Heading, form.Submit, [.. form.Inputs.Select(InputView.Of)], HtmlRenderer.Render(form));
}

/// <param name="Type"><c>text</c>, <c>choice</c> or <c>date</c>.</param>
internal sealed record InputView(string Id, string Label, string Type, bool Required, string Value)
{
    public bool? Multiline { get; init; }

    public int? MaxLength { get; init; }

    public IReadOnlyList<ChoiceView>? Choices { get; init; }

    public static InputView Of(CardInput input) => input switch
    {
        TextInput text => Of(text, "text") with { Multiline = text.Multiline, MaxLength = text.MaxLength },
        ChoiceInput choice => Of(choice, "choice") with { Choices = [.. choice.Choices.Select(option => new ChoiceView(option.Value, option.Title))] },
        DateInput date => Of(date, "date"),
        _ => throw new UnreachableException($"The web chat does not know the input {input.GetType().Name}: add it here."),
    };

    private static InputView Of(CardInput input, string type) => new(input.Id, input.Label, type, input.Required, input.Value);
}

internal sealed record ChoiceView(string Value, string Title);
