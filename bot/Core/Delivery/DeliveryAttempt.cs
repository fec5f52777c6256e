using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using PatchBot.Cards;
using PatchBot.Core.People;
using PatchBot.Core.Record;

namespace PatchBot.Core.Delivery;

/// <summary>What the worker does after one post.</summary>
/// <param name="NotBefore">When to try the channel again, if its platform did not take the post.</param>
/// <param name="LeaseLost">Another worker has the channel.</param>
internal readonly record struct AttemptOutcome(DateTimeOffset? NotBefore = null, bool LeaseLost = false);

/// <summary>
/// Draws the current version of one post, creates or edits its message, and notes what the channel now shows, or why it
/// does not. Many changes to one subject become one edit.
/// </summary>
internal sealed partial class DeliveryAttempt(
    IRecord record, ChannelLeases leases, IEnumerable<ICardSource> sources, ChannelDesk desk, DeliveryOptions options, TimeProvider clock, ILogger logger)
{
    // A post that failed more often than this waits alone: one message that a platform does not take must not hold up the rest.
    private const int ChannelWaits = 3;

    // A platform may ask for patience, but not for silence without end.
    private static readonly TimeSpan LongestWish = TimeSpan.FromDays(1);

    private static readonly TimeSpan WriteAgainAfter = TimeSpan.FromSeconds(1);

    private readonly FrozenDictionary<string, ICardSource> sources = sources.ToFrozenDictionary(source => source.Kind);

    /// <summary>
    /// Brings one post up to date. Not cancelled when the program stops: a message that was sent and not written back would
    /// be sent twice. It ends before its lease does, so that no other worker sends it meanwhile.
    /// </summary>
    public async Task<AttemptOutcome> MakeAsync(IChatPlatform platform, Post post, ChannelLease lease)
    {
        var time = (lease.Until - clock.GetUtcNow()) * 0.8;
        using var inTime = new CancellationTokenSource(time > TimeSpan.Zero ? time : TimeSpan.Zero, clock);
        try
        {
            var (message, content) = await ShowAsync(platform, post, lease, inTime.Token);
            return await WriteShownAsync(post, message, content, lease);
        }
        catch (RecordUnavailableException)
        {
            throw;
        }
        catch (DeliveryException fault) when (fault.InnerException is RecordUnavailableException away)
        {
            // A chat that lies in the record itself is no platform that failed: its posts keep their place in the order.
            lease.Unsure = false;
            throw new RecordUnavailableException(away.Message, fault);
        }
        catch (DeliveryPostponedException later)
        {
            lease.Unsure = false;
            return new AttemptOutcome(NotBefore: clock.GetUtcNow() + later.Wait);
        }
        catch (DeliveryException fault)
        {
            return await FailedAsync(post, fault, lease);
        }
        catch (OperationCanceledException fault) when (inTime.IsCancellationRequested)
        {
            var late = new DeliveryException($"'{platform.Name}' did not answer in time.", permanent: false, cause: fault, uncertain: lease.Unsure);
            return await FailedAsync(post, late, lease);
        }
#pragma warning disable CA1031 // One post that cannot be drawn or sent must not hold up the others: it is noted and tried again later.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            return new AttemptOutcome(LeaseLost: !await NoteAsync(post, fault, Backoff(post), lease));
        }
    }

    private async Task<(string? Message, string? Content)> ShowAsync(IChatPlatform platform, Post post, ChannelLease lease, CancellationToken cancellationToken)
    {
        var card = await record.ReadAsync(
            (session, token) => sources.TryGetValue(post.Subject.Kind, out var source)
                ? source.DrawAsync(session, post.Subject, post.Channel, token)
                : Task.FromResult<ChatCard?>(null),
            cancellationToken);
        if (card is null)
        {
            LogNothingToShow(post.Subject, post.Channel.Platform, post.Channel.Id);
            return (post.Message, post.ShownContent);
        }

        var content = Fingerprint(card);
        if (post.Message is null && post.ShownContent == content)
        {
            // It was taken without a word of which message it became, and nothing has changed.
            return (null, content);
        }

        if (post.Message is null)
        {
            return (await CreateAsync(platform, post, card, lease, cancellationToken), content);
        }

        if (post.ShownContent != content)
        {
            try
            {
                await platform.EditAsync(new MessageRef(post.Channel, post.Message), post.Thread, card, post.Id, cancellationToken);
            }
            catch (MessageGoneException)
            {
                // Someone deleted it, and there is something new to show.
                LogGone(post.Subject, post.Channel.Platform, post.Channel.Id);
                return (await CreateAsync(platform, post, card, lease, cancellationToken), content);
            }
        }

        return (post.Message, content);
    }

    private static Task<string?> CreateAsync(IChatPlatform platform, Post post, ChatCard card, ChannelLease lease, CancellationToken cancellationToken)
    {
        lease.Unsure = true;
        return platform.PostAsync(post.Channel, post.Thread, card, post.Id, post.Doubt, cancellationToken);
    }

    /// <summary>
    /// The message is there, and only this process knows: where the database is away for a moment, it tries again for as long
    /// as no other may send it.
    /// </summary>
    private async Task<AttemptOutcome> WriteShownAsync(Post post, string? message, string? content, ChannelLease lease)
    {
        while (true)
        {
            try
            {
                var kept = await record.WriteAsync(
                    async (session, token) =>
                    {
                        await session.Posts.ShownAsync(post.Id, post.WantedVersion, message, content, token);
                        return await leases.RenewAsync(session, lease, token);
                    },
                    CancellationToken.None);
                lease.Unsure = false;
                return new AttemptOutcome(LeaseLost: !kept);
            }
            catch (RecordUnavailableException) when (clock.GetUtcNow() + WriteAgainAfter < lease.Until)
            {
                await Task.Delay(WriteAgainAfter, clock);
            }
        }
    }

    private async Task<AttemptOutcome> FailedAsync(Post post, DeliveryException fault, ChannelLease lease)
    {
        if (fault.Permanent)
        {
            LogStopped(post.Channel.Platform, post.Channel.Id, fault.Message);
            await NoteAsync(post, fault, TimeSpan.Zero, lease);

            // Ends this round; a stopped channel is not leased again.
            return new AttemptOutcome(NotBefore: clock.GetUtcNow());
        }

        var asked = fault.RetryAfter is { Ticks: > 0 } wish ? wish : (TimeSpan?)null;
        var wait = asked is null ? Backoff(post) : asked < LongestWish ? asked.Value : LongestWish;
        if (fault.Uncertain && wait < options.Doubt)
        {
            // Time for the message to show that it is there, before it is created again.
            wait = options.Doubt;
        }

        var kept = await NoteAsync(post, fault, wait, lease);
        return asked is null && post.Attempts >= ChannelWaits ? new AttemptOutcome(LeaseLost: !kept) : new AttemptOutcome(NotBefore: clock.GetUtcNow() + wait);
    }

    private TimeSpan Backoff(Post post) => TimeSpan.FromTicks(Math.Min(
        options.FirstWait.Ticks << Math.Min(post.Attempts, 16), options.LongestWait.Ticks));

    /// <returns><see langword="false"/> when the lease was lost.</returns>
    private async Task<bool> NoteAsync(Post post, Exception fault, TimeSpan wait, ChannelLease lease)
    {
        var stops = fault is DeliveryException { Permanent: true };
        if (!stops)
        {
            LogFailed(Unexpected(fault), post.Subject, post.Channel.Platform, post.Channel.Id, wait, fault.Message);
        }

        // Whatever a platform did not foresee may have come after the message.
        var uncertain = lease.Unsure && fault is not DeliveryException { Uncertain: false };
        var now = clock.GetUtcNow();
        var kept = await record.WriteAsync(
            async (session, token) =>
            {
                await session.Posts.FailedAsync(post.Id, fault.Message, now + wait, uncertain, token);
                if (stops)
                {
                    await desk.StopAsync(session, post.Channel, Person.Bot.Id, fault.Message, "", token);
                }

                return await leases.RenewAsync(session, lease, token);
            },
            CancellationToken.None);
        lease.Unsure = false;
        return kept;
    }

    // A platform that refuses or is silent is no fault of the program: the sentence says it, a stack would hide it.
    private static Exception? Unexpected(Exception fault) => fault is DeliveryException ? null : fault;

    private static string Fingerprint(ChatCard card) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(CardJson.Write(card))));

    [LoggerMessage(2003, LogLevel.Warning, "Nothing to show for {Subject} in {Platform} channel {Channel}")]
    private partial void LogNothingToShow(PostSubject subject, string platform, string channel);

    [LoggerMessage(2006, LogLevel.Warning, "The message that showed {Subject} in {Platform} channel {Channel} is gone; it is posted anew")]
    private partial void LogGone(PostSubject subject, string platform, string channel);

    [LoggerMessage(2005, LogLevel.Error, "Stopped {Platform} channel {Channel}: trying again cannot help. {Reason} Mend it, then an admin writes there what it should follow")]
    private partial void LogStopped(string platform, string channel, string reason);

    [LoggerMessage(2004, LogLevel.Warning, "Could not deliver {Subject} to {Platform} channel {Channel}; next try in {Wait}. {Reason}")]
    private partial void LogFailed(Exception? fault, PostSubject subject, string platform, string channel, TimeSpan wait, string reason);
}
