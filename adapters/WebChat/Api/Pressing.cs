using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using PatchBot.Cards;
using PatchBot.Core.Conversation;

namespace PatchBot.Adapters.WebChat.Api;

/// <summary>Pressing a button and sending a form.</summary>
internal static class Pressing
{
    private const int MostInputs = 50;
    private const int LongestInput = 4000;
    private const int LongestAction = 255;
    private const int LongestPressId = 64;

    public static async Task<IResult> PressAsync(long id, HttpRequest request, Room room, ChatLog log, Turns turns, CancellationToken cancellationToken)
    {
        var (body, fault) = await JsonBody.ReadAsync(request, WebChatJson.Default.PressBody, cancellationToken);
        if (fault is not null || !room.TryPerson(body!.User, out var person, out fault))
        {
            return fault;
        }

        var (inputs, badInput) = Inputs(body.Inputs);
        if (badInput is not null)
        {
            return badInput;
        }

        if (body.PressId?.Length > LongestPressId)
        {
            return Refusal.BadField("pressId", $"'pressId' has more than {LongestPressId} characters.");
        }

        var message = await log.FindAsync(id, cancellationToken);
        if (message is null || !room.Has(message.Channel))
        {
            return Refusal.NotFound($"There is no message {id}; it may have been deleted.");
        }

        var (action, badAction) = ActionOf(message, body.Action);
        if (action is null)
        {
            return badAction!;
        }

        var root = message.Thread ?? id;
        var press = body.PressId ?? Guid.NewGuid().ToString("n");
        var turn = await turns.TakeAsync(
            new ActionPressed(message.Channel, person, $"press/{id}/{body.User}/{press}", Text(id), Text(root), action, inputs), root, pressed: id);
        if (turn.Refused)
        {
            return turn.Result(null, "The database did not take this press: it was not recorded and nothing changed. Press again shortly.");
        }

        var now = await log.FindAsync(id, CancellationToken.None);
        return turn.Result(now is null ? null : MessageView.Of(now), "");
    }

    /// <summary>
    /// An action that the card does not show may still reach the bot by its id: it is of an older version of the card, or of a
    /// form that was an answer. The use case then judges it, as it does on every platform.
    /// </summary>
    private static (string? Id, Refusal? Refusal) ActionOf(TranscriptMessage message, string? wanted)
    {
        if (string.IsNullOrWhiteSpace(wanted) || wanted.Length > LongestAction)
        {
            return (null, Refusal.BadField("action", $"'action' must be an action's id or title, at most {LongestAction} characters."));
        }

        var card = MessageView.CardOf(message);
        var actions = card is null ? [] : ActionView.Of(card);
        var found = actions.FirstOrDefault(action => action.Id == wanted) ?? actions.FirstOrDefault(action => action.Title == wanted);
        return found is not null ? (found.Id, null)
            : wanted.Contains('/', StringComparison.Ordinal) ? (wanted, null)
            : (null, Refusal.BadField("action", actions.Count == 0
                ? $"Message {message.Id} has no actions."
                : $"Message {message.Id} has no action '{wanted}'; it has {string.Join(", ", actions.Select(action => $"'{action.Title}'"))}."));
    }

    private static (Dictionary<string, string> Inputs, Refusal? Refusal) Inputs(Dictionary<string, JsonElement>? sent)
    {
        var inputs = new Dictionary<string, string>();
        if (sent?.Count > MostInputs)
        {
            return (inputs, Refusal.BadField("inputs", $"'inputs' has more than {MostInputs} entries."));
        }

        foreach (var (name, value) in sent ?? [])
        {
            if (TextOf(value) is not { } text)
            {
                return (inputs, Refusal.BadField($"inputs.{name}", $"'inputs.{name}' must be text."));
            }

            inputs[name] = text;
            if (text.Length > LongestInput)
            {
                return (inputs, Refusal.TooLong($"inputs.{name}", $"'inputs.{name}' has more than {LongestInput} characters."));
            }
        }

        return (inputs, null);
    }

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object or JsonValueKind.Array => null,
        JsonValueKind.String => ForeignJson.Text(value),
        _ => value.ToString(),
    };

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
