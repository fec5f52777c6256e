using System.Text.Json;
using PatchBot.Cards;
using PatchBot.Cards.AdaptiveCards;

namespace PatchBot.Adapters.Teams.Inbound;

/// <summary>
/// What a card's action brings back. It is data from outside: it says what was pressed and on which post, and authorises
/// nothing.
/// </summary>
/// <param name="Action">A press's or form's id; empty when a dialog is asked for by its form alone, or for a refresh.</param>
/// <param name="Post">The post that the card showed; <see langword="null"/> for cards that are no post.</param>
/// <param name="Form">The form that was filled in, or is to be shown.</param>
/// <param name="Once">Marks one opening of a dialog, so that what a client sends again is taken once.</param>
internal sealed record Press(string Verb, string Action, long? Post, CardForm? Form, string? Once, IReadOnlyDictionary<string, string> Inputs)
{
    private const int MostInputs = 50;
    private const int LongestInput = 4_000;
    private const int LongestAction = 255;
    private const int LongestOnce = 64;

    /// <param name="data">The action's data, inputs merged in: of an invoke's action, a dialog or a message's value.</param>
    /// <param name="verb">The verb that came beside the data; otherwise the one within counts.</param>
    /// <returns><see langword="null"/> when it is none of this bot's actions.</returns>
    public static Press? Read(JsonElement? data, string? verb)
    {
        if (data is not { } all || ForeignJson.Member(all, AdaptiveCardData.Root) is not { ValueKind: JsonValueKind.Object } own)
        {
            return null;
        }

        var action = ForeignJson.Text(own, AdaptiveCardData.Action) ?? "";
        var inputs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, held) in ForeignJson.Members(all))
        {
            if (name.StartsWith(AdaptiveCardData.InputPrefix, StringComparison.Ordinal) && Value(held) is { } value)
            {
                inputs[name[AdaptiveCardData.InputPrefix.Length..]] = value;
            }
        }

        if (action.Length > LongestAction || inputs.Count > MostInputs || inputs.Values.Any(value => value.Length > LongestInput))
        {
            return null;
        }

        long? post = ForeignJson.Member(own, AdaptiveCardData.Post) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var id) ? id : null;
        var once = ForeignJson.Text(own, AdaptiveCardData.Once) is { Length: > 0 and <= LongestOnce } mark ? mark : null;
        return new Press(verb ?? ForeignJson.Text(own, AdaptiveCardData.Verb) ?? "", action, post, FormOf(own), once, inputs);
    }

    private static CardForm? FormOf(JsonElement own)
    {
        if (ForeignJson.Member(own, AdaptiveCardData.Form) is not { ValueKind: JsonValueKind.Object } form)
        {
            return null;
        }

        try
        {
            return CardJson.ReadForm(form.GetRawText());
        }
        catch (JsonException)
        {
            // Of another version of this program, or made up.
            return null;
        }
    }

    // Clients write values as strings; some write numbers and switches as what they are.
    private static string? Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => ForeignJson.Text(value),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => null,
    };
}
