using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PatchBot.Core.Audit;
using PatchBot.Core.People;
using PatchBot.Core.Record;

namespace PatchBot.Core.Delivery.Stops;

/// <summary>
/// Tells the admins, each in the chat with the bot alone, of channels that were stopped. What is still to be told is asked of
/// the record, so that a restart neither loses nor repeats it; without an admin it waits for the first one.
/// </summary>
public sealed partial class StopNotices(
    IRecord record, IEnumerable<IChatPlatform> platforms, IOptions<PeopleOptions> people, IDelivery delivery, TimeProvider clock, ILogger<StopNotices> logger)
{
    /// <summary>How long a platform that does not answer is asked again for one stop.</summary>
    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(1);

    /// <summary>How long one platform may take to say where a person is.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    // The latest come first, so that those that wait for a platform hold up no others.
    private const int Batch = 200;

    private readonly IReadOnlyList<PersonId> admins = [.. people.Value.Admins.Distinct().Select(admin => new PersonId(admin))];
    private readonly IReadOnlyList<IChatPlatform> platforms = [.. platforms];

    /// <summary>Tells of every stop that is not told yet, as far as platforms answer.</summary>
    /// <returns><see langword="false"/> when one did not, so that something is still to be told.</returns>
    /// <exception cref="RecordUnavailableException">The next call tells what was not told.</exception>
    public async Task<bool> TellAsync(CancellationToken cancellationToken)
    {
        if (admins.Count == 0)
        {
            return true;
        }

        var untold = await record.ReadAsync((session, token) => session.Channels.UntoldAsync(Batch, token), cancellationToken);
        if (untold.Count == 0)
        {
            return true;
        }

        var addressees = await Task.WhenAll(admins.Select(admin => FindAsync(admin, cancellationToken)));
        var answered = addressees.All(addressee => addressee.Answered);
        foreach (var channel in untold)
        {
            await TellAsync(channel, addressees, answered || clock.GetUtcNow() - channel.StoppedAt >= GiveUpAfter, cancellationToken);
        }

        delivery.Nudge();
        return answered;
    }

    private async Task TellAsync(Channel channel, IReadOnlyList<Addressee> addressees, bool completes, CancellationToken cancellationToken)
    {
        var stoppedAt = channel.StoppedAt!.Value;
        var subject = StopCard.SubjectFor(channel.Ref, stoppedAt);

        var missed = await record.WriteAsync<IReadOnlyList<PersonId>>(
            async (session, token) =>
            {
                var now = clock.GetUtcNow();
                if (completes && !await session.Channels.ToldAsync(channel.Ref, stoppedAt, now, token))
                {
                    return [];
                }

                var (reached, missed) = (new List<PersonId>(), new List<PersonId>());
                foreach (var addressee in addressees)
                {
                    (await WantAsync(session, channel.Ref, subject, addressee.Direct, token) ? reached : missed).Add(addressee.Admin);
                }

                if (!completes)
                {
                    return [];
                }

                var detail = reached.Count == 0 ? "no admin can be reached" : string.Join(", ", reached);
                await session.Audit.AppendAsync(
                    new AuditEvent(now, Person.Bot.Id, "channel.told", channel.Ref.AuditSubject, AuditEvent.Fit(detail), ""), token);
                return missed;
            },
            cancellationToken);
        foreach (var admin in missed)
        {
            LogNotTold(admin, channel.Ref.Platform, channel.Ref.Id);
        }
    }

    /// <returns><see langword="false"/> when the person does not get to see it as things are.</returns>
    private static async Task<bool> WantAsync(
        IRecordSession session, ChannelRef stopped, PostSubject subject, ChannelRef? direct, CancellationToken cancellationToken)
    {
        // A private chat that was stopped is no place to tell of that.
        if (direct is not { } chat || chat == stopped)
        {
            return false;
        }

        if (await session.Posts.FindAsync(chat, subject, cancellationToken) is null)
        {
            await session.Posts.WantAsync(chat, subject, null, cancellationToken);
        }

        return await session.Channels.FindAsync(chat, cancellationToken) is { State: ChannelState.Active };
    }

    private async Task<Addressee> FindAsync(PersonId admin, CancellationToken cancellationToken)
    {
        var answered = true;
        foreach (var platform in platforms)
        {
            using var alarm = new CancellationTokenSource(Patience, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(alarm.Token, cancellationToken);
            try
            {
                if (await platform.DirectAsync(admin, either.Token).WaitAsync(either.Token) is { } direct)
                {
                    return new Addressee(admin, direct, Answered: true);
                }
            }
            catch (DeliveryException fault) when (fault.Permanent)
            {
                LogRefused(platform.Name, admin, fault.Message);
            }
            catch (RecordUnavailableException)
            {
                throw;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                throw;
            }
#pragma warning disable CA1031 // One platform's fault keeps no other's admins from being told; it is asked again.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                answered = false;
                LogUnanswered(platform.Name, admin, fault.GetType().Name);
            }
        }

        return new Addressee(admin, null, answered);
    }

    [LoggerMessage(2021, LogLevel.Warning, "Admin {Admin} cannot be reached in chat and was not told that {Platform} channel {Channel} was stopped; see PatchBot doctor")]
    private partial void LogNotTold(PersonId admin, string platform, string channel);

    [LoggerMessage(2022, LogLevel.Information, "'{Platform}' does not let the bot write to {Admin}: {Reason}")]
    private partial void LogRefused(string platform, PersonId admin, string reason);

    [LoggerMessage(2023, LogLevel.Information, "'{Platform}' does not say where {Admin} can be written to ({Fault}); it is asked again")]
    private partial void LogUnanswered(string platform, PersonId admin, string fault);

    /// <param name="Direct">Their chat with the bot; <see langword="null"/> when there is none, or a platform did not answer.</param>
    private sealed record Addressee(PersonId Admin, ChannelRef? Direct, bool Answered);
}
