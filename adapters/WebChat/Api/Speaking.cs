using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using PatchBot.Core.Conversation;
using PatchBot.Core.Delivery;
using PatchBot.Core.People;

namespace PatchBot.Adapters.WebChat.Api;

/// <summary>Saying something, and changing or taking back what one said.</summary>
internal static class Speaking
{
    private const int LongestText = 4000;

    public static async Task<IResult> SayAsync(string channel, HttpRequest request, Room room, ChatLog log, Turns turns, CancellationToken cancellationToken)
    {
        if (!room.TryChannel(channel, out var place, out var refusal))
        {
            return refusal;
        }

        var (body, fault) = await JsonBody.ReadAsync(request, WebChatJson.Default.SayBody, cancellationToken);
        if (fault is not null || !room.TryPerson(body!.User, out var person, out fault) || !IsText(body.Text, out fault))
        {
            return fault;
        }

        long? thread = null;
        if (body.ThreadId is { } under)
        {
            var root = await log.FindAsync(under, cancellationToken);
            if (root is null || root.Channel != place)
            {
                return Refusal.BadField("threadId", $"There is no message {under} in '{channel}' to reply to.");
            }

            thread = root.Thread ?? root.Id;
        }

        var said = await log.SayAsync(place, thread, person, body.Text, cancellationToken);
        var turn = await turns.TakeAsync(
            new MessagePosted(place, person, Key(said), Text(said.Id), Text(thread), said.Text, IsToBot(said)), thread ?? said.Id);
        return turn.Result(MessageView.Of(said), "Your message is in the chat, but the database did not take what it asks for: nothing else changed. Say it again shortly.");
    }

    public static async Task<IResult> EditAsync(long id, HttpRequest request, Room room, ChatLog log, Turns turns, CancellationToken cancellationToken)
    {
        var (body, fault) = await JsonBody.ReadAsync(request, WebChatJson.Default.EditBody, cancellationToken);
        if (fault is not null || !room.TryPerson(body!.User, out var person, out fault) || !IsText(body.Text, out fault))
        {
            return fault;
        }

        var message = await log.FindAsync(id, cancellationToken);
        if (!IsOwn(message, person, room, out fault))
        {
            return fault;
        }

        var edited = message.Text == body.Text ? message : await log.RewriteAsync(id, body.Text, cancellationToken);
        if (edited is null)
        {
            return Gone;
        }

        var turn = await turns.TakeAsync(
            new MessageEdited(edited.Channel, person, Key(edited), Text(id), Text(edited.Thread), edited.Text, IsToBot(edited)), edited.Thread ?? id);
        return turn.Result(MessageView.Of(edited), "Your message is changed, but the database did not take what it asks for: nothing else changed. Edit it again shortly.");
    }

    public static async Task<IResult> DeleteAsync(long id, string? user, HttpRequest request, Room room, ChatLog log, Turns turns, CancellationToken cancellationToken)
    {
        if (user is null)
        {
            var (body, bad) = await JsonBody.ReadAsync(request, WebChatJson.Default.DeleteBody, cancellationToken);
            if (bad is not null)
            {
                return bad;
            }

            user = body!.User;
        }

        if (!room.TryPerson(user, out var person, out var fault))
        {
            return fault;
        }

        var message = await log.FindAsync(id, cancellationToken);
        if (!IsOwn(message, person, room, out fault))
        {
            return fault;
        }

        await log.RemoveAsync(message, cancellationToken);
        var turn = await turns.TakeAsync(new MessageDeleted(message.Channel, person, $"message/{id}/deleted", Text(id)), message.Thread ?? id);
        return turn.Result(null, "Your message is deleted, but the database did not take what follows from it: results that it reported still stand. Undo them on their card.");
    }

    private static Refusal Gone { get; } = Refusal.NotFound("There is no such message; it may have been deleted.");

    // A channel's new message speaks to the bot; people talk among themselves in threads, where the bot listens for results and decisions.
    private static bool IsToBot(TranscriptMessage message) =>
        message.Thread is null || message.Text.Contains("patchbot", StringComparison.OrdinalIgnoreCase);

    private static bool IsText([NotNullWhen(true)] string? text, [NotNullWhen(false)] out Refusal? refusal)
    {
        refusal = string.IsNullOrWhiteSpace(text) ? Refusal.BadField("text", "'text' is empty; say something.")
            : text.Length > LongestText ? Refusal.TooLong("text", $"'text' has {text.Length} characters; {LongestText} are the most.")
            : null;
        return refusal is null;
    }

    private static bool IsOwn([NotNullWhen(true)] TranscriptMessage? message, Person person, Room room, [NotNullWhen(false)] out Refusal? refusal)
    {
        refusal = message is null || !room.Has(message.Channel) ? Gone
            : message.Author != person.Id.Value ? Refusal.Forbidden($"Message {message.Id} is {message.AuthorName}'s; only the author may change it.")
            : null;
        return refusal is null;
    }

    private static string Key(TranscriptMessage message) => $"message/{Text(message.Id)}/{message.Version}";

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    private static string? Text(long? id) => id?.ToString(CultureInfo.InvariantCulture);
}
