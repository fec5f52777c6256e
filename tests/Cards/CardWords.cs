using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PatchBot.Cards;
using PatchBot.Cards.AdaptiveCards;

namespace PatchBot.Tests.Cards;

/// <summary>The words that a reader meets, in order, dialogs and folds opened.</summary>
internal static partial class CardWords
{
    private const string Fold = " (show or hide)", LongFold = "Show or hide";

    public static IReadOnlyList<string> OfHtml(string html) => Split(WebUtility.HtmlDecode(Tag().Replace(html, " ")));

    public static IReadOnlyList<string> OfAdaptiveCard(byte[] card) =>
        [.. Texts(JsonNode.Parse(card)!["body"]!).SelectMany(Split)];

    /// <summary>What is read before any details are opened.</summary>
    public static IReadOnlyList<string> OfClosedAdaptiveCard(JsonNode card)
    {
        var body = card["body"]!.DeepClone().AsArray();
        foreach (var fold in body.Where(part => (string?)part!["actions"]?[0]?["title"] is { } title && title.EndsWith(Fold, StringComparison.Ordinal)).ToList())
        {
            var folded = fold!["actions"]![0]!["targetElements"]!.AsArray().Select(id => (string?)id).ToHashSet();
            body.RemoveAll(part => part == fold || (part!["id"] is { } id && folded.Contains((string?)id)));
        }

        return [.. Texts(body).SelectMany(Split)];
    }

    /// <summary>A line without the bullet or the number that makes it an item.</summary>
    public static string Unmarked(string line) => Mark().Replace(line, "");

    private static IEnumerable<string> Texts(JsonNode node) => node switch
    {
        JsonArray many => many.SelectMany(one => Texts(one!)),
        JsonObject one => Texts(one),
        _ => [],
    };

    private static IEnumerable<string> Texts(JsonObject part)
    {
        switch ((string?)part["type"])
        {
            case "TextBlock" or "Badge":
                return [(string)part["text"]!];
            case "RichTextBlock":
                // Runs are joined: a word may be made of several.
                return [Unmarked(string.Concat(part["inlines"]!.AsArray().Select(run => (string)run!["text"]!)))];
            case "Action.ToggleVisibility":
                var title = (string)part["title"]!;
                if (title == LongFold)
                {
                    // What it folds stands before it, as text.
                    return [];
                }

                Assert.EndsWith(Fold, title, StringComparison.Ordinal);
                return [title[..^Fold.Length]];
            case { } type when type.StartsWith("Action.", StringComparison.Ordinal):
                return [(string)part["title"]!, .. Opened(part)];
            case { } type when type.StartsWith("Input.", StringComparison.Ordinal):
                return
                [
                    (string)part["label"]!,
                    .. (bool?)part["isMultiline"] == true ? (IEnumerable<string>)[(string?)part["value"] ?? ""] : [],
                    .. (part["choices"]?.AsArray() ?? []).Select(choice => (string)choice!["title"]!),
                ];
            default:
                return new[] { "items", "columns", "actions" }.Where(part.ContainsKey).SelectMany(name => Texts(part[name]!));
        }
    }

    private static IEnumerable<string> Opened(JsonObject action) =>
        action["data"]?[AdaptiveCardData.Teams] is not null && action["data"]![AdaptiveCardData.Root]![AdaptiveCardData.Form] is { } form
            ? Texts(JsonNode.Parse(AdaptiveCardRenderer.Render(CardJson.ReadForm(form.ToJsonString()), new AdaptiveCardFormOptions()))!["body"]!)
            : [];

    public static string[] Split(string text) => [.. Word().Matches(text.Replace("\u200B", "", StringComparison.Ordinal)).Select(match => match.Value)];

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"^(•|\d+\.) +")]
    private static partial Regex Mark();

    [GeneratedRegex(@"[\w./:\\-]*\w")]
    private static partial Regex Word();
}
