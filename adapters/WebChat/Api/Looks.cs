using Microsoft.AspNetCore.Http;

namespace PatchBot.Adapters.WebChat.Api;

/// <summary>How a message of the bot looks on the other platforms, drawn from its card as it stands now.</summary>
internal static class Looks
{
    /// <param name="classic">Slack's blocks without <c>rich_text</c>, for stand-ins that draw none.</param>
    public static async Task<IResult> OfAsync(long id, string? classic, Room room, ChatLog log, CancellationToken cancellationToken)
    {
        if (!bool.TryParse(classic ?? "false", out var withoutRichText))
        {
            return Refusal.BadField("classic", "'classic' must be true or false.");
        }

        var message = await log.FindAsync(id, cancellationToken);
        if (message is null || !room.Has(message.Channel))
        {
            return Refusal.NotFound($"There is no message {id}; it may have been deleted.");
        }

        return MessageView.CardOf(message) is { } card
            ? Results.Json(
                new LooksView(id, message.Version, SlackLook.Of(card, message.PostId, withoutRichText), TeamsLook.Of(card, message.PostId)),
                WebChatJson.Default.LooksView)
            : Refusal.NotFound($"Message {id} has no card, so there is nothing that Slack or Teams would draw.");
    }
}
