using Microsoft.AspNetCore.Http;

namespace PatchBot.Adapters.WebChat.Api;

/// <summary>The calls that only look.</summary>
internal static class Reading
{
    public static IResult Channels(Room room) =>
        Results.Json([.. room.Channels.Select(channel => new ChannelView(channel.Id, channel.Name))], WebChatJson.Default.IReadOnlyListChannelView);

    public static IResult People(Room room) =>
        Results.Json([.. room.People.Select(person => new PersonView(person.Id, person.Name, person.Role))], WebChatJson.Default.IReadOnlyListPersonView);

    /// <param name="after">Only messages with an id above it.</param>
    /// <param name="limit">The newest so many.</param>
    public static async Task<IResult> MessagesAsync(
        string channel, string? after, string? limit, Room room, ChatLog log, CancellationToken cancellationToken)
    {
        if (!room.TryChannel(channel, out var place, out var refusal))
        {
            return refusal;
        }

        if (!long.TryParse(after ?? "0", out var from) || from < 0)
        {
            return Refusal.BadField("after", "'after' must be a message id.");
        }

        if (!int.TryParse(limit ?? "500", out var most) || most is < 1 or > ChatLog.Longest)
        {
            return Refusal.BadField("limit", $"'limit' must be between 1 and {ChatLog.Longest}.");
        }

        var messages = await log.ReadAsync(place, from, most, cancellationToken);
        return Results.Json([.. messages.Select(MessageView.Of)], WebChatJson.Default.IReadOnlyListMessageView);
    }
}
