using System.Text.Json;
using PatchBot.Cards;
using PatchBot.Cards.AdaptiveCards;
using PatchBot.Cards.BlockKit;

namespace PatchBot.Adapters.WebChat.Api;

/// <summary>One card as both platforms get it.</summary>
/// <param name="Version">The message's version that was drawn.</param>
internal sealed record LooksView(long Id, int Version, SlackLook Slack, TeamsLook Teams);

/// <param name="Text">For notifications and screen readers; mrkdwn.</param>
/// <param name="Blocks">The message's blocks.</param>
/// <param name="Modals">What its buttons open, by their <c>action_id</c>.</param>
internal sealed record SlackLook(string Text, JsonElement Blocks, IReadOnlyDictionary<string, JsonElement> Modals)
{
    public static SlackLook Of(ChatCard card, long? post, bool classic)
    {
        var message = BlockKitRenderer.Message(card, new BlockKitOptions { PostId = post });
        var blocks = JsonElement.Parse(message.Blocks.Span);
        var modals = new Dictionary<string, JsonElement>();
        foreach (var button in blocks.EnumerateArray().Where(IsActions).SelectMany(block => block.GetProperty("elements"u8).EnumerateArray()))
        {
            if (Opened(card, button) is { } view)
            {
                modals[button.GetProperty("action_id"u8).GetString()!] = JsonElement.Parse(classic ? ClassicBlocks.Of(view) : view);
            }
        }

        return new SlackLook(message.Text, classic ? JsonElement.Parse(ClassicBlocks.Of(message.Blocks)) : blocks, modals);
    }

    private static bool IsActions(JsonElement block) => block.GetProperty("type"u8).ValueEquals("actions"u8);

    // As Slack's adapter does when the button is pressed: a form that was too long to be carried is found on the card.
    private static byte[]? Opened(ChatCard card, JsonElement button) => BlockKitData.Read(button) switch
    {
        { Kind: ButtonKind.Details } => BlockKitRenderer.Details(card),
        { Kind: ButtonKind.Form } press when (press.Form ?? BlockKitData.FormOn(card, press.Action)) is { } form =>
            BlockKitRenderer.View(form, new BlockKitViewOptions()),
        _ => null,
    };
}

/// <param name="Card">The card, as in a channel where the bot hears all that is said.</param>
/// <param name="Dialogs">What its buttons open, by the id of the form that they carry.</param>
internal sealed record TeamsLook(JsonElement Card, IReadOnlyDictionary<string, JsonElement> Dialogs)
{
    public static TeamsLook Of(ChatCard card, long? post)
    {
        var dialogs = new Dictionary<string, JsonElement>();
        foreach (var form in card.Actions.Select(OpenedBy).OfType<CardForm>())
        {
            dialogs[form.Id] = JsonElement.Parse(AdaptiveCardRenderer.Render(form, new AdaptiveCardFormOptions { PostId = post }));
        }

        return new TeamsLook(JsonElement.Parse(AdaptiveCardRenderer.Render(card, new AdaptiveCardOptions { PostId = post })), dialogs);
    }

    private static CardForm? OpenedBy(CardAction action) => action switch
    {
        PressAction { Confirm.Length: > 0 } press => press.Question(),
        FormAction form => form.Form,
        _ => null,
    };
}
