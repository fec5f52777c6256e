using PatchBot.Core.Audit;
using PatchBot.Core.Delivery.Stops;
using PatchBot.Core.People;
using PatchBot.Core.Record;

namespace PatchBot.Core.Delivery;

/// <summary>Stops channels that cannot be posted to and activates them again, each once and with its audit entry. Part of the caller's transaction.</summary>
public sealed class ChannelDesk(TimeProvider clock)
{
    /// <summary>Its posts wait from now on, and the admins are told. A channel that is stopped already stays as it was.</summary>
    /// <param name="why">A sentence for the admins.</param>
    /// <param name="origin">See <see cref="AuditEvent.Origin"/>.</param>
    public async Task StopAsync(IRecordSession session, ChannelRef channel, PersonId by, string why, string origin, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(why);
        var line = why.ReplaceLineEndings(" ");
        if (await session.Channels.StopAsync(channel, clock.GetUtcNow(), line, cancellationToken))
        {
            await NoteAsync(session, "channel.stopped", channel, by, line, origin, cancellationToken);
        }
    }

    /// <summary>Adds a channel, or brings back one that was stopped: what waits there is delivered, and the admins' messages say so.</summary>
    /// <param name="channel">With the name and address to keep.</param>
    /// <param name="origin">See <see cref="AuditEvent.Origin"/>.</param>
    public async Task ActivateAsync(IRecordSession session, Channel channel, PersonId by, string detail, string origin, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(channel);
        ArgumentNullException.ThrowIfNull(detail);
        var known = await session.Channels.FindAsync(channel.Ref, cancellationToken);
        await session.Channels.SaveAsync(channel, cancellationToken);
        if (known is not null && !await session.Channels.ActivateAsync(channel.Ref, cancellationToken))
        {
            return;
        }

        await NoteAsync(session, "channel.activated", channel.Ref, by, detail.ReplaceLineEndings(" "), origin, cancellationToken);
        if (known is { StoppedAt: { } stoppedAt })
        {
            await session.Posts.RefreshAsync(StopCard.SubjectFor(channel.Ref, stoppedAt), cancellationToken);
        }
    }

    private Task NoteAsync(
        IRecordSession session, string action, ChannelRef channel, PersonId by, string detail, string origin, CancellationToken cancellationToken) =>
        session.Audit.AppendAsync(new AuditEvent(clock.GetUtcNow(), by, action, channel.AuditSubject, AuditEvent.Fit(detail), origin), cancellationToken);
}
