using PatchBot.Core.Audit;
using PatchBot.Core.Delivery;
using PatchBot.Core.People;
using PatchBot.Core.Record;

namespace PatchBot.Core.Workspaces;

/// <summary>Workspaces as the bot is installed in them and taken out again, each change once and with its audit entry. Part of the caller's transaction.</summary>
public sealed class WorkspaceDesk(ChannelDesk channels, TimeProvider clock)
{
    /// <summary>The bot was installed in the workspace, or installed again: what was kept of it is replaced.</summary>
    /// <param name="origin">See <see cref="AuditEvent.Origin"/>.</param>
    /// <returns>As it is stored.</returns>
    public async Task<Workspace> InstalledAsync(IRecordSession session, Workspace workspace, PersonId by, string origin, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(workspace);
        var known = await session.Workspaces.FindAsync(workspace.Platform, workspace.Id, cancellationToken);
        var stored = await session.Workspaces.SaveAsync(workspace with { UpdatedAt = clock.GetUtcNow() }, cancellationToken);
        await NoteAsync(session, known is null ? "workspace.installed" : "workspace.reinstalled", stored, by, stored.Name, origin, cancellationToken);
        return stored;
    }

    /// <summary>The bot was taken out: what was kept of the workspace is forgotten, and its channels stop.</summary>
    /// <param name="of">The workspace's channels; only the adapter can tell from their addresses.</param>
    /// <param name="why">A sentence for the admins.</param>
    /// <returns><see langword="false"/> when the workspace was not known: platforms tell it more than once.</returns>
    public async Task<bool> RemovedAsync(
        IRecordSession session, string platform, string id, IReadOnlyCollection<ChannelRef> of, PersonId by, string why, string origin,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(of);
        if (await session.Workspaces.FindAsync(platform, id, cancellationToken) is not { } known
            || !await session.Workspaces.RemoveAsync(platform, id, cancellationToken))
        {
            return false;
        }

        await NoteAsync(session, "workspace.removed", known, by, why, origin, cancellationToken);
        foreach (var channel in of)
        {
            await channels.StopAsync(session, channel, by, why, origin, cancellationToken);
        }

        return true;
    }

    /// <summary>The platform refuses the workspace's token for good.</summary>
    /// <param name="workspace">As it was when its token was refused.</param>
    /// <returns><see langword="false"/> when it has changed since: read it again, and try with what it holds now.</returns>
    public async Task<bool> UnusableAsync(IRecordSession session, Workspace workspace, string why, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(workspace);
        var line = why.ReplaceLineEndings(" ");
        if (!await session.Workspaces.MarkUnusableAsync(workspace.Platform, workspace.Id, workspace.Version, clock.GetUtcNow(), line, cancellationToken))
        {
            return false;
        }

        await NoteAsync(session, "workspace.unusable", workspace, Person.Bot.Id, line, "", cancellationToken);
        return true;
    }

    private Task NoteAsync(
        IRecordSession session, string action, Workspace workspace, PersonId by, string detail, string origin, CancellationToken cancellationToken) =>
        session.Audit.AppendAsync(
            new AuditEvent(clock.GetUtcNow(), by, action, workspace.AuditSubject, AuditEvent.Fit(detail.ReplaceLineEndings(" ")), origin), cancellationToken);
}
