using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PatchBot.Core.Delivery;
using PatchBot.Core.People;
using PatchBot.Core.Record;
using PatchBot.Core.Workspaces;

namespace PatchBot.Adapters.Slack.Install;

/// <summary>Workspaces and organisations that installed the app by OAuth.</summary>
internal sealed partial class InstalledWorkspaces(
    IOptions<SlackOptions> options, Installations installations, TokenRenewal renewal, SlackAlarms alarms, IRecord record, WorkspaceDesk desk,
    ILogger<InstalledWorkspaces> logger) : IWorkspaces
{
    /// <summary>Somebody has to mend it; posts wait meanwhile.</summary>
    public static readonly TimeSpan WhileUnusable = TimeSpan.FromMinutes(5);

    public async ValueTask<SlackWorkspace?> OfAsync(string? team, string? enterprise, CancellationToken cancellationToken)
    {
        if (await installations.FindAsync(team, cancellationToken) is { CanBeUsed: true } own)
        {
            return options.Value.Allows(own.Row.Id, enterprise ?? own.Content!.Enterprise) ? own.Workspace : null;
        }

        return await installations.FindAsync(enterprise, cancellationToken) is { CanBeUsed: true, Content.IsOrganisation: true } whole
            && options.Value.Allows(team, whole.Row.Id)
            ? whole.Workspace
            : null;
    }

    public async Task<IReadOnlyList<SlackWorkspace>> ListAsync(CancellationToken cancellationToken) =>
    [
        .. (await installations.ListAsync(cancellationToken)).Where(stored => stored.CanBeUsed && IsAllowed(stored)).Select(stored => stored.Workspace),
    ];

    public async ValueTask<string> TokenAsync(string workspace, CancellationToken cancellationToken)
    {
        StoredInstallation? stored;
        try
        {
            stored = await installations.FindAsync(workspace, cancellationToken);
        }
        catch (RecordUnavailableException fault)
        {
            throw new DeliveryException("The token cannot be read: the database is away.", permanent: false, cause: fault);
        }

        return stored switch
        {
            null => throw new DeliveryException($"The app is not installed in the workspace {workspace} any more. Install it again at {SlackPaths.Install}.", permanent: true),
            { Content: null } => throw new DeliveryException(
                $"The token of the workspace {workspace} cannot be opened with the keys in Slack:KeyFolder. Bring those keys back, or install the app there again.", permanent: false, WhileUnusable),
            { Row.State: WorkspaceState.Unusable } => throw new DeliveryException(stored.Row.UnusableWhy ?? "Slack does not take the token.", permanent: false, WhileUnusable),
            _ when !IsAllowed(stored) => throw new DeliveryException($"Slack:AllowedWorkspaces does not name the workspace {workspace}.", permanent: true),
            { Content.ExpiresAt: null } => stored.Content.Token,
            _ => await renewal.TokenAsync(stored, cancellationToken),
        };
    }

    public void Expired(string workspace, string token) => renewal.Expired(workspace, token);

    public async Task UnusableAsync(string workspace, string why, CancellationToken cancellationToken)
    {
        if (await installations.FindAsync(workspace, cancellationToken) is not { CanBeUsed: true } stored)
        {
            return;
        }

        if (await record.WriteAsync((session, token) => desk.UnusableAsync(session, stored.Row, why, token), cancellationToken))
        {
            await alarms.RaiseAsync(SlackAlarm.Unusable(stored.Row.Id), why, cancellationToken);
        }

        // Otherwise another process has a newer one.
        installations.Forget();
    }

    public async Task RemovedAsync(string workspace, CancellationToken cancellationToken)
    {
        var removed = await record.WriteAsync(
            async (session, token) => await desk.RemovedAsync(
                session, SlackOptions.Platform, workspace, await session.Channels.OfWorkspaceAsync(workspace, token), Person.Bot.Id,
                "The app was removed from the workspace.", "", token),
            cancellationToken);
        installations.Forget();
        if (removed)
        {
            LogRemoved(workspace);
        }
    }

    private bool IsAllowed(StoredInstallation stored) =>
        stored.Content!.IsOrganisation || options.Value.Allows(stored.Row.Id, stored.Content.Enterprise);

    [LoggerMessage(9422, LogLevel.Warning, "The app was removed from workspace {Workspace}; its token is forgotten and its channels stopped")]
    private partial void LogRemoved(string workspace);
}
