using Microsoft.Extensions.Logging;
using PatchBot.Adapters.Slack.Install;
using PatchBot.Core.Record;

namespace PatchBot.Adapters.Slack.Inbound.Events;

/// <summary>The app was removed from a workspace, or its token was taken away.</summary>
internal sealed partial class InstallationTurns(IWorkspaces workspaces, ILogger<InstallationTurns> logger)
{
    public const string Uninstalled = "app_uninstalled";

    public static bool IsOne(Delivered delivered) => delivered.Event.Type is Uninstalled or "tokens_revoked" or "team_access_revoked";

    public Task<Acknowledgement> TakeAsync(Delivered delivered) => TriedAsync(delivered.Workspace.Id, () => HappenedAsync(delivered));

    /// <param name="installation">A workspace or an organisation; one that is not known is no fault.</param>
    public Task<Acknowledgement> RemoveAsync(string installation) => TriedAsync(installation, () => RemovedAsync(installation));

    private async Task HappenedAsync(Delivered delivered)
    {
        switch (delivered.Event)
        {
            case { Type: Uninstalled }:
                await RemovedAsync(delivered.Workspace.Id);
                break;
            case { Type: "tokens_revoked", Tokens.Bot.Count: > 0 }:
                await workspaces.UnusableAsync(delivered.Workspace.Id, "Someone revoked PatchBot's token for this workspace in Slack.", CancellationToken.None);
                break;
            case { Type: "team_access_revoked", TeamIds: { } teams }:
                // An organisation's own installation goes on; its channels in those workspaces stop once Slack refuses them.
                foreach (var team in teams)
                {
                    if (await workspaces.OfAsync(team, null, CancellationToken.None) is { IsOrganisation: false } own)
                    {
                        await RemovedAsync(own.Id);
                    }
                }

                break;
        }
    }

    private Task RemovedAsync(string installation)
    {
        LogRemoved(installation);
        return workspaces.RemovedAsync(installation, CancellationToken.None);
    }

    private async Task<Acknowledgement> TriedAsync(string installation, Func<Task> change)
    {
        try
        {
            await change();
            return Acknowledgement.Empty;
        }
        catch (RecordUnavailableException fault)
        {
            LogNotRecorded(fault.Message, installation);
            return Acknowledgement.Again;
        }
    }

    [LoggerMessage(7223, LogLevel.Warning, "The app was removed from workspace {Workspace}")]
    private partial void LogRemoved(string workspace);

    [LoggerMessage(7224, LogLevel.Error, "What became of the installation in {Workspace} was not recorded: {Reason}")]
    private partial void LogNotRecorded(string reason, string workspace);
}
