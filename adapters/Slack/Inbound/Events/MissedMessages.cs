using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PatchBot.Adapters.Slack.Install;
using PatchBot.Adapters.Slack.Outbound;
using PatchBot.Adapters.Slack.Protocol;
using PatchBot.Core.Delivery;
using PatchBot.Core.Record;
using PatchBot.Core.Rollouts;

namespace PatchBot.Adapters.Slack.Inbound.Events;

/// <summary>
/// Reads what people wrote while the bot did not listen, and takes it as it takes what comes at once, but late: see
/// <see cref="Core.Conversation.MessagePosted.WrittenAt"/>. The inbox tells what was heard already, so it can be done again, and
/// by several processes at once.
/// </summary>
internal sealed partial class MissedMessages(
    ISlackApi api, HistoryReading history, IRecord record, MessageTurns turns, IOptions<SlackOptions> options, TimeProvider clock, ILogger<MissedMessages> logger)
{
    /// <summary>What Slack is just delivering goes first: it is not late.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    private const int MostRollouts = 500;

    /// <summary>A workspace's conversations as they are to be read; channels first, chats with one person last.</summary>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public async Task<MissedSpan> SpanAsync(SlackWorkspace workspace, CancellationToken cancellationToken)
    {
        var since = clock.GetUtcNow() - options.Value.ReadsBack;
        return await record.ReadAsync(
            async (session, token) =>
            {
                // A new record has heard nothing, and has missed nothing.
                var began = await session.Audit.ReadFromAsync(1, 1, token) is [var first] ? first.Event.At : clock.GetUtcNow();
                var kinds = (await session.Channels.ListAsync(SlackOptions.Platform, token))
                    .Where(channel => channel.State == ChannelState.Active)
                    .Select(channel => (channel.Ref, Address: ConversationAddress.Read(channel.Address)))
                    .Where(channel => channel.Address?.Workspace == workspace.Id)
                    .OrderBy(channel => channel.Address!.Kind)
                    .Select(channel => (channel.Ref.Id, channel.Address!.Kind));
                return new MissedSpan(SlackTs.Of(since > began ? since : began), new(kinds), await OldestCardsAsync(session, token));
            },
            cancellationToken);
    }

    /// <summary>Reads what is left of a span, and takes out what is read.</summary>
    /// <exception cref="DeliveryException">Slack did not tell everything; the rest is left.</exception>
    /// <exception cref="DeliveryPostponedException">The limits leave no room; the rest is left.</exception>
    /// <exception cref="RecordUnavailableException">The database is away; the rest is left.</exception>
    public async Task ReadAsync(SlackWorkspace workspace, MissedSpan span, CancellationToken cancellationToken)
    {
        DeliveryException? refused = null;
        for (var tries = span.Left.Count; tries > 0; tries--)
        {
            // Goes last if it cannot be read now, so that it holds up no other.
            var (channel, kind) = span.Left.Dequeue();
            var read = false;
            try
            {
                await OneAsync(workspace, span, channel, kind, cancellationToken);
                read = true;
            }
            catch (DeliveryException fault) when (fault.Permanent)
            {
                // The bot is not there any more, or may not be: it shows when it writes there.
                read = true;
            }
            catch (DeliveryException fault) when (fault.InnerException is null)
            {
                // Slack answered, such as that a right is missing: perhaps for this one alone. Were it away, all would wait for the same.
                refused = fault;
            }
            finally
            {
                if (!read)
                {
                    span.Left.Enqueue((channel, kind));
                }
            }
        }

        if (refused is not null)
        {
            throw refused;
        }
    }

    private async Task OneAsync(SlackWorkspace workspace, MissedSpan span, string channel, ConversationKind kind, CancellationToken cancellationToken)
    {
        var oldestCard = span.OldestCards.GetValueOrDefault(channel, span.After);
        var written = await history.ReadAsync(
            workspace, channel, span.After, SlackTs.IsNewer(span.After, oldestCard) ? oldestCard : span.After, cancellationToken);
        if (written.Count == 0 || (await UnheardAsync(workspace, channel, kind, written, shared: false, cancellationToken)).Count == 0)
        {
            return;
        }

        // Who is whose in an organisation depends on it; only channels are shared.
        var shared = kind == ConversationKind.Channel && workspace.Enterprise is not null && await api.ConversationAsync(workspace.Id, channel, cancellationToken) is not { IsShared: false };
        await Task.Delay(Grace, clock, cancellationToken);
        var unheard = await UnheardAsync(workspace, channel, kind, written, shared, cancellationToken);
        foreach (var said in unheard)
        {
            await TakeAsync(workspace, said);
            cancellationToken.ThrowIfCancellationRequested();
        }

        if (unheard.Count > 0)
        {
            LogRead(unheard.Count, channel);
        }
    }

    private async Task TakeAsync(SlackWorkspace workspace, SaidMessage said)
    {
        try
        {
            await turns.TakeAsync(workspace, said);
        }
#pragma warning disable CA1031 // One message that the bot stumbles over must not keep it from the others, nor end it at each start.
        catch (Exception fault) when (fault is not RecordUnavailableException)
#pragma warning restore CA1031
        {
            LogFailed(fault, said.Key);
        }
    }

    private async Task<IReadOnlyList<SaidMessage>> UnheardAsync(
        SlackWorkspace workspace, string channel, ConversationKind kind, IReadOnlyList<SlackEvent> written, bool shared, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var type = kind switch { ConversationKind.Direct => "im", ConversationKind.Group => "mpim", ConversationKind.Channel => "channel" };
        var kept = written
            .Select(message => message with { Type = "message", Channel = new ToldChannel(channel, null), ChannelType = type })
            .Select(message => SaidMessage.Kept(new Delivered(workspace, message, "", workspace.Id, workspace.Enterprise, shared, 0), now))
            .ToList();
        var keys = kept.SelectMany(one => (IEnumerable<SaidMessage?>)[one.Said, one.Edit]).OfType<SaidMessage>().Select(said => said.Key).ToList();
        var untaken = await record.ReadAsync((session, token) => session.Inbox.UntakenAsync(SlackOptions.Platform, keys, token), cancellationToken);
        return
        [
            .. kept.Select(one => one switch
            {
                ({ } said, _) when untaken.Contains(said.Key) => said,
                (_, { } edit) when untaken.Contains(edit.Key) => edit,
                _ => null,
            }).OfType<SaidMessage>(),
        ];
    }

    // People reply below a card for as long as its patch is not over, however old it is.
    private static async Task<IReadOnlyDictionary<string, string>> OldestCardsAsync(IRecordSession session, CancellationToken cancellationToken)
    {
        var oldest = new Dictionary<string, string>(StringComparer.Ordinal);
        var open = await session.Rollouts.InStateAsync([RolloutState.Proposed, RolloutState.Deferred, RolloutState.Approved], MostRollouts, cancellationToken);
        foreach (var patch in open.Select(rollout => rollout.Patch).Distinct())
        {
            foreach (var post in await session.Posts.OfSubjectAsync(PostSubject.Of(PatchCard.SubjectKind, patch.Value), cancellationToken))
            {
                if (post.Channel.Platform == SlackOptions.Platform && SlackTs.Read(post.Message) is { } at)
                {
                    // One second earlier: the bound itself is left out.
                    var before = SlackTs.Of(at - TimeSpan.FromSeconds(1));
                    oldest[post.Channel.Id] = oldest.TryGetValue(post.Channel.Id, out var known) && SlackTs.IsNewer(before, known) ? known : before;
                }
            }
        }

        return oldest;
    }

    [LoggerMessage(7220, LogLevel.Information, "Read {Messages} messages of Slack conversation {Channel} that were written while the bot did not listen")]
    private partial void LogRead(int messages, string channel);

    [LoggerMessage(7247, LogLevel.Error, "The message {DeliveryKey}, written while the bot did not listen, could not be taken")]
    private partial void LogFailed(Exception fault, string deliveryKey);
}

/// <summary>What one reading of a workspace is to read.</summary>
/// <param name="After">Messages that are newer than this <c>ts</c>.</param>
/// <param name="Left">Conversations that are not read yet.</param>
/// <param name="OldestCards">By conversation, a <c>ts</c> before its oldest card of a patch that is not over.</param>
internal sealed record MissedSpan(string After, Queue<(string Channel, ConversationKind Kind)> Left, IReadOnlyDictionary<string, string> OldestCards);
