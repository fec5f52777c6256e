using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using PatchBot.Adapters.Slack;
using PatchBot.Adapters.Slack.Outbound;
using PatchBot.Adapters.Slack.Protocol;
using PatchBot.Core;
using PatchBot.Core.Conversation;
using PatchBot.Core.Delivery;
using PatchBot.Core.People;
using PatchBot.Tests.Support;
using static PatchBot.Tests.Slack.Inbound.SlackRoom;

namespace PatchBot.Tests.Slack.Inbound.Missed;

/// <summary>A room whose conversations keep what no event told, and a bot that comes back and reads it.</summary>
internal static class MissedRoom
{
    public const string Pass = "pass on hv-lab-02, backups ok";

    private static int seconds;

    public static async Task<(SlackRoom Room, string Card)> RoomAsync(SlackOptions? options = null, ILifeline? lifeline = null)
    {
        var room = await StartAsync(options, lifeline);
        await room.InviteAsync();
        var card = NextTs();
        await room.ReleaseAsync(card: card);
        room.Api.History.Keep(Deliveries.Message(BotUser, "KB5032196", card));
        return (room, card);
    }

    /// <summary>Someone writes, and no event tells.</summary>
    public static JsonObject Write(SlackRoom room, Person by, string text, string? thread = null, string channel = Ops)
    {
        var message = Deliveries.Message(by.Id.ObjectId, text, NextTs(), thread, channel);
        room.Api.History.Keep(message);
        return message;
    }

    // After the record began, and before the clock of whoever reads.
    public static string NextTs() => $"{TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 1}.{Interlocked.Increment(ref seconds):000000}";

    public static FakeTimeProvider Clock(out FakeTimeProvider clock) => clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddMinutes(1));

    public static Task<Answer> OpenAsync(SlackRoom room, string channel, ConversationKind kind)
    {
        var direct = kind == ConversationKind.Direct;
        room.Api.Conversations[channel] = new SlackConversation(channel, channel, IsArchived: false, IsMember: true, direct, kind == ConversationKind.Group);
        return room.Get<IConversation>().HandleAsync(
            new ChannelOpened(new ChannelRef("slack", channel), Person.Bot, $"open/{channel}", channel, new ConversationAddress(Team, kind).Write(), direct, Greets: false), Some.Token);
    }

    public static async Task ReadBackAsync(SlackRoom room)
    {
        using var worker = room.Worker(Clock(out var clock));
        await worker.StartAsync(Some.Token);
        await UntilAsync(clock, () => worker.ExecuteTask!.IsCompleted, "all is read");
        await worker.ExecuteTask!;
        await room.SettleAsync();
    }

    public static Task UntilAsync(FakeTimeProvider clock, Func<bool> happened, string what) => Eventually.IsAsync(
        () =>
        {
            clock.Advance(TimeSpan.FromSeconds(2));
            return happened();
        },
        what);
}
