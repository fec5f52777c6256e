using System.Diagnostics;
using System.Globalization;

namespace PatchBot.Cards.PlainText;

/// <summary>A card as lines of text: the same words in the same order, for notifications, screen readers and consoles.</summary>
public static class PlainTextRenderer
{
    private const string Indent = "  ";

    public static string Render(ChatCard card) => string.Join('\n', Lines(card));

    /// <summary>One line that says what matters, for a notification.</summary>
    public static string Preview(ChatCard card) => $"{CleanText.Line(card.Title)}: {CleanText.Line(card.Summary)}";

    public static string Render(CardText text) => string.Concat(text.Select(Render));

    private static IEnumerable<string> Lines(ChatCard card) =>
    [
        CleanText.Line(card.Title),
        .. card.Badges.Count == 0 ? (IEnumerable<string>)[] : [string.Join(' ', card.Badges.Select(badge => $"[{CleanText.Line(badge.Text)}]"))],
        .. card.Body.SelectMany(Lines),
        .. card.Footer.IsEmpty ? (IEnumerable<string>)[] : [Render(card.Footer)],
        .. card.Actions.SelectMany(Lines),
    ];

    private static IEnumerable<string> Lines(CardBlock block) => block switch
    {
        TextBlock text => [Render(text.Text)],
        HeadingBlock heading => ["", CleanText.Line(heading.Text)],
        FactsBlock facts => facts.Facts.Select(fact => $"{CleanText.Line(fact.Label)}: {Render(fact.Value)}"),
        NoticeBlock notice => [$"{Mark(notice.Tone)} {CleanText.Line(notice.Heading)}", .. notice.Lines.Select(line => Indent + Render(line))],
        ListBlock { Ordered: true } list => list.Items.Select((item, index) => string.Create(CultureInfo.InvariantCulture, $"{index + 1}. {Render(item)}")),
        ListBlock list => list.Items.Select(item => $"- {Render(item)}"),
        DetailsBlock details => [$"{CleanText.Line(details.Heading)}:", .. details.Content.SelectMany(Lines).Select(line => line.Length == 0 ? line : Indent + line)],
        ReplyHintBlock hint => [$"Reply in this thread, for example: {CleanText.Line(hint.Example)}"],
        _ => throw new UnreachableException($"Plain text does not know the block {block.GetType().Name}: add it here."),
    };

    private static IEnumerable<string> Lines(CardAction action) => action switch
    {
        PressAction { Confirm.Length: > 0 } press => [$"> {CleanText.Line(press.Title)}", .. Lines(press.Question()).Select(line => Indent + line)],
        PressAction press => [$"> {CleanText.Line(press.Title)}"],
        FormAction form => [$"> {CleanText.Line(form.Title)}", .. Lines(form.Form).Select(line => Indent + line)],
        LinkAction link => [$"> {Link(link.Title, link.Address)}"],
        _ => throw new UnreachableException($"Plain text does not know the action {action.GetType().Name}: add it here."),
    };

    private static IEnumerable<string> Lines(CardForm form) =>
    [
        CleanText.Line(form.Heading),
        .. form.Text.Length > 0 ? (IEnumerable<string>)[CleanText.Lines(form.Text)] : [],
        .. form.Inputs.Select(input => $"- {CleanText.Line(input.Label)}{(input.Required ? "" : " (optional)")}{Choices(input)}"),
        $"> {CleanText.Line(form.Submit)}",
    ];

    private static string Choices(CardInput input) => input switch
    {
        TextInput or DateInput => "",
        ChoiceInput choice => $": {string.Join(", ", choice.Choices.Select(option => CleanText.Line(option.Title)))}",
        _ => throw new UnreachableException($"Plain text does not know the input {input.GetType().Name}: add it here."),
    };

    private static string Render(CardRun run) => run switch
    {
        PlainRun plain => CleanText.Lines(plain.Text),
        StrongRun strong => CleanText.Line(strong.Text),
        CodeRun code => CleanText.Line(code.Text),
        LinkRun link => Link(link.Text, link.Address),
        TimeRun time => ZonedTime.Format(time.Instant, time.Zone),
        _ => throw new UnreachableException($"Plain text does not know the run {run.GetType().Name}: add it here."),
    };

    private static string Link(string text, Uri address) =>
        SafeAddress.Of(address) is { } safe && safe != text ? $"{CleanText.Line(text)} ({safe})" : CleanText.Line(text);

    private static string Mark(Tone tone) => tone switch
    {
        Tone.Neutral or Tone.Accent => "*",
        Tone.Good => "+",
        Tone.Warning => "!",
        Tone.Danger => "!!",
    };
}
