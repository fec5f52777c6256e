using PatchBot.Adapters.Sources.Demo;
using PatchBot.Adapters.Sources;
using PatchBot.Adapters.WebChat;
using PatchBot.Cards;
using PatchBot.Core.Conversation;
using PatchBot.Core.Delivery;
using PatchBot.Core.Patches;
using PatchBot.Core.Patches.Intake;
using PatchBot.Core.People;
using PatchBot.Core.Record;
using PatchBot.Core.Rollouts;
using PatchBot.Core.Windows;
using PatchBot.Host.Settings;

namespace PatchBot.Host.Demo;

/// <summary>
/// Plays the bundled release cycle: Microsoft's of November 2023 with its dates moved to today. It is
/// read, judged and posted as any other document. Offered only where nothing is configured, and once.
/// </summary>
internal sealed class DemoPlayer(PatchBotSettings settings, PatchCatalogues catalogues, PatchIntake intake, IRecord record, IRings rings, TimeProvider clock) : IDemo
{
    private static NoticeAnswer PlayedBefore { get; } =
        new(Tone.Neutral, "The demo has been played here already; its cards are in this chat. A new database plays it again.");

    private static NoticeAnswer PlayedElsewhere { get; } =
        new(Tone.Good, "The demo was played in another channel already; this one follows it from now on, and its cards come here too.");

    public Task<bool> IsOfferedAsync(ChannelRef channel, CancellationToken cancellationToken) =>
        Task.FromResult(settings.IsTrial && (channel.Platform == WebChatOptions.Platform || settings.IsEmulated(channel)));

    public async Task<Answer> PlayAsync(ChannelRef channel, Person by, CancellationToken cancellationToken)
    {
        await using var input = DemoCycle.Open();
        var document = DemoCycle.Shifted(await catalogues.ReadAsync(input, cancellationToken), clock.GetUtcNow());
        var seen = await record.ReadAsync((session, token) => session.Patches.ListedInAsync(document.Origin, token), cancellationToken);
        var begins = await FollowAsync(channel, [.. seen.Keys], cancellationToken);
        if (seen.Count > 0)
        {
            return begins ? PlayedElsewhere : PlayedBefore;
        }

        var result = await intake.TakeAsync(document, by, new IntakeWish(), cancellationToken);

        // Two people may ask at once; the second finds everything taken.
        return result.Added.Count == 0 ? PlayedBefore : new ReplyAnswer(DemoCard.For(channel, result.Added.Count, result.Posted.Count));
    }

    /// <summary>A channel that follows nothing yet would see nothing of the demo.</summary>
    /// <returns>Whether it began to follow.</returns>
    private Task<bool> FollowAsync(ChannelRef channel, IReadOnlyCollection<PatchId> seen, CancellationToken cancellationToken) => record.WriteAsync(
        async (session, token) =>
        {
            if ((await session.Channels.FollowedAsync(channel, Topic.Patches, token)).Count > 0
                || (await session.Channels.FollowedAsync(channel, Topic.Announcements, token)).Count > 0)
            {
                return false;
            }

            foreach (var ring in rings.All)
            {
                await session.Channels.SubscribeAsync(new Subscription(channel, ring.Key, Topic.Patches), token);
                await session.Channels.SubscribeAsync(new Subscription(channel, ring.Key, Topic.Announcements), token);
            }

            await WelcomeCard.FollowsChangedAsync(session, channel, token);
            await PatchPosts.WantAsync(session, seen, token);
            return true;
        },
        cancellationToken);
}
