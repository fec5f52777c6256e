using Microsoft.Extensions.Logging;
using PatchBot.Adapters.Slack.Install;
using PatchBot.Core.Record;

namespace PatchBot.Adapters.Slack.Inbound.Events;

/// <summary>The app was removed from a workspace, or its token was taken away.</summary>
internal sealed partial class InstallationTurns(IWorkspaces workspaces, ILogger<InstallationTurns> logger)
{
    public static bool IsOne(Delivered delivered) => delivered.Event.Type is "app_uninstalled" or "tokens_revoked" or "team_access_revoked";

    public async Task<Acknowledgement> TakeAsync(Delivered delivered)
    {
        try
        {
            await HappenedAsync(delivered);
            return Acknowledgement.Empty;
        }
        catch (RecordUnavailableException fault)
        {
            LogNotRecorded(fault.Message, delivered.Event.Type!, delivered.Workspace.Id);
            return Acknowledgement.Again;
        }
    }

    private async Task HappenedAsync(Delivered delivered)
    {
        switch (delivered.Event)
        {
            case { Type: "app_uninstalled" }:
                LogRemoved(delivered.Workspace.Id);
                await workspaces.RemovedAsync(delivered.Workspace.Id, CancellationToken.None);
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
                        LogRemoved(own.Id);
                        await workspaces.RemovedAsync(own.Id, CancellationToken.None);
                    }
                }

                break;
        }
    }

    [LoggerMessage(7223, LogLevel.Warning, "The app was removed from workspace {Workspace}")]
    private partial void LogRemoved(string workspace);

    [LoggerMessage(7224, LogLevel.Error, "A {Type} of workspace {Workspace} was not recorded: {Reason}")]
    private partial void LogNotRecorded(string reason, string type, string workspace);
}
