using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PatchBot.Cards;
using PatchBot.Core.Record;

namespace PatchBot.Core.Delivery.Stops;

/// <summary>What an admin is told of one stop of a channel: where, when, why, what waits there and what to do. Each stop is a message of its own.</summary>
public sealed class StopCard : ICardSource
{
    public const string SubjectKind = "stopped";

    public string Kind => SubjectKind;

    /// <summary>Ids of channels are longer than a subject may be, so that the instant finds the channel and a hash confirms it.</summary>
    public static PostSubject SubjectFor(ChannelRef channel, DateTimeOffset stoppedAt) => PostSubject.Of(
        SubjectKind, $"{stoppedAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)}-{Mark(channel)}");

    public async Task<ChatCard?> DrawAsync(IRecordSession session, PostSubject subject, ChannelRef channel, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        var stoppedAt = DateTimeOffset.FromUnixTimeMilliseconds(
            long.Parse(subject.Key.AsSpan(0, subject.Key.IndexOf('-', StringComparison.Ordinal)), NumberStyles.None, CultureInfo.InvariantCulture));
        var stopped = (await session.Channels.StoppedAtAsync(stoppedAt, cancellationToken))
            .FirstOrDefault(found => SubjectFor(found.Ref, stoppedAt) == subject);
        return stopped switch
        {
            // It was stopped again since, and there is another message about that.
            null => null,
            { State: ChannelState.Active } => Back(stopped),
            _ => Gone(
                stopped,
                await session.Posts.WaitingAsync(stopped.Ref, cancellationToken),
                await FollowingAsync(session, stopped.Ref, cancellationToken)),
        };
    }

    private static ChatCard Gone(Channel channel, int waiting, string follow) => new()
    {
        Title = $"Stopped: {channel.Name}",
        Summary = $"PatchBot can no longer write there: {channel.StoppedWhy}",
        Tone = Tone.Warning,
        Body =
        [
            new TextBlock("PatchBot can no longer write to this channel. Nothing is lost: what should be there waits until the channel is active again."),
            new FactsBlock([.. Facts(channel), new CardFact("Waits there", waiting == 1 ? "1 post" : $"{waiting.ToString(CultureInfo.InvariantCulture)} posts")]),
            new NoticeBlock(
                Tone.Accent,
                "What to do",
                [
                    "If PatchBot was removed, add it there again; if the channel was archived or deleted, restore it. It is active again by itself then.",
                    new CardText(new PlainRun("If PatchBot is still there, mend what the reason names. An admin then writes there: "), new CodeRun($"@PatchBot {follow}")),
                    "If the channel has had its day, leave it so.",
                ]),
        ],
    };

    private static ChatCard Back(Channel channel) => new()
    {
        Title = $"Active again: {channel.Name}",
        Summary = "PatchBot writes there again; what waited is delivered.",
        Tone = Tone.Good,
        Body = [new TextBlock("PatchBot writes to this channel again. What waited there is delivered."), new FactsBlock([.. Facts(channel)])],
    };

    private static IEnumerable<CardFact> Facts(Channel channel) =>
    [
        new CardFact("Channel", $"{channel.Name} ({channel.Ref.Platform})"),
        new CardFact("Stopped", CardText.Time(channel.StoppedAt!.Value, "UTC")),
        new CardFact("Why", channel.StoppedWhy ?? ""),
    ];

    /// <summary>The command that says again what the channel follows already.</summary>
    private static async Task<string> FollowingAsync(IRecordSession session, ChannelRef channel, CancellationToken cancellationToken)
    {
        foreach (var (topic, word) in ((Topic, string)[])[(Topic.Patches, "patches"), (Topic.Announcements, "announcements")])
        {
            if ((await session.Channels.FollowedAsync(channel, topic, cancellationToken)).Order(StringComparer.Ordinal).FirstOrDefault() is { } ring)
            {
                return $"follow {word} of {ring}";
            }
        }

        return "follow patches of RING";
    }

    private static string Mark(ChannelRef channel) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(channel.ToString())).AsSpan(0, 8));
}
