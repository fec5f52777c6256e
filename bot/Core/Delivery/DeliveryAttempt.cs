using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using PatchBot.Cards;
using PatchBot.Core.Audit;
using PatchBot.Core.People;
using PatchBot.Core.Record;

namespace PatchBot.Core.Delivery;

/// <summary>
/// Draws the current version of one post, creates or edits its message, and notes what the channel now shows, or why it
/// does not. Many changes to one subject become one edit.
/// </summary>
internal sealed partial class DeliveryAttempt(
    IRecord record, IEnumerable<ICardSource> sources, DeliveryOptions options, TimeProvider clock, ILogger logger)
{
    // A post that failed more often than this waits alone: one message that a platform does not take must not hold up the rest.
    private const int ChannelWaits = 3;

    // A platform may ask for patience, but not for silence without end.
    private static readonly TimeSpan LongestWish = TimeSpan.FromDays(1);

    private readonly FrozenDictionary<string, ICardSource> sources = sources.ToFrozenDictionary(source => source.Kind);

    /// <summary>
    /// Brings one post up to date. Not cancelled when the program stops: a message that was sent and not written back would
    /// be sent twice. It ends before its lease does, so that no other worker sends it meanwhile.
    /// </summary>
    /// <returns>When to try the channel again, if the platform did not take the post.</returns>
    public async Task<DateTimeOffset?> MakeAsync(IChatPlatform platform, Post post)
    {
        using var lease = new CancellationTokenSource(options.Lease * 0.8, clock);
        try
        {
            var (message, content) = await ShowAsync(platform, post, lease.Token);
            await record.WriteAsync(
                async (session, token) =>
                {
                    await session.Posts.ShownAsync(post.Id, post.WantedVersion, message, content, token);
                    return true;
                },
                CancellationToken.None);
            return null;
        }
        catch (RecordUnavailableException)
        {
            throw;
        }
        catch (DeliveryException fault)
        {
            return await FailedAsync(post, fault);
        }
        catch (OperationCanceledException fault) when (lease.IsCancellationRequested)
        {
            return await FailedAsync(post, new DeliveryException($"'{platform.Name}' did not answer in time.", permanent: false, cause: fault));
        }
#pragma warning disable CA1031 // One post that cannot be drawn or sent must not hold up the others: it is noted and tried again later.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            await NoteAsync(post, fault, Backoff(post));
            return null;
        }
    }

    private async Task<(string? Message, string? Content)> ShowAsync(IChatPlatform platform, Post post, CancellationToken cancellationToken)
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
        if (post.Message is null)
        {
            return (await platform.PostAsync(post.Channel, post.Thread, card, post.Id, cancellationToken), content);
        }

        if (post.ShownContent != content)
        {
            await platform.EditAsync(new MessageRef(post.Channel, post.Message), card, cancellationToken);
        }

        return (post.Message, content);
    }

    private async Task<DateTimeOffset?> FailedAsync(Post post, DeliveryException fault)
    {
        if (fault.Permanent)
        {
            LogStopped(fault, post.Channel.Platform, post.Channel.Id);
            await NoteAsync(post, fault, TimeSpan.Zero);

            // Ends this round; a stopped channel is not leased again.
            return clock.GetUtcNow();
        }

        var asked = fault.RetryAfter is { Ticks: > 0 } wish ? wish : (TimeSpan?)null;
        var wait = asked is null ? Backoff(post) : asked < LongestWish ? asked.Value : LongestWish;
        await NoteAsync(post, fault, wait);
        return asked is null && post.Attempts >= ChannelWaits ? null : clock.GetUtcNow() + wait;
    }

    private TimeSpan Backoff(Post post) => TimeSpan.FromTicks(Math.Min(
        options.FirstWait.Ticks << Math.Min(post.Attempts, 16), options.LongestWait.Ticks));

    private async Task NoteAsync(Post post, Exception fault, TimeSpan wait)
    {
        var stops = fault is DeliveryException { Permanent: true };
        if (!stops)
        {
            LogFailed(fault, post.Subject, post.Channel.Platform, post.Channel.Id, wait);
        }

        var now = clock.GetUtcNow();
        await record.WriteAsync(
            async (session, token) =>
            {
                await session.Posts.FailedAsync(post.Id, fault.Message, now + wait, token);
                if (stops && await session.Channels.FindAsync(post.Channel, token) is { } channel)
                {
                    await session.Channels.SaveAsync(channel with { State = ChannelState.Stopped }, token);
                    await session.Audit.AppendAsync(
                        new AuditEvent(now, Person.Bot.Id, "channel.stopped", post.Channel.AuditSubject, AuditEvent.Fit(fault.Message.ReplaceLineEndings(" ")), ""), token);
                }

                return true;
            },
            CancellationToken.None);
    }

    private static string Fingerprint(ChatCard card) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(CardJson.Write(card))));

    [LoggerMessage(2003, LogLevel.Warning, "Nothing to show for {Subject} in {Platform} channel {Channel}")]
    private partial void LogNothingToShow(PostSubject subject, string platform, string channel);

    [LoggerMessage(2005, LogLevel.Error, "Stopped {Platform} channel {Channel}: trying again cannot help. Mend it, then an admin writes there what it should follow")]
    private partial void LogStopped(Exception fault, string platform, string channel);

    [LoggerMessage(2004, LogLevel.Warning, "Could not deliver {Subject} to {Platform} channel {Channel}; next try in {Wait}")]
    private partial void LogFailed(Exception fault, PostSubject subject, string platform, string channel, TimeSpan wait);
}
