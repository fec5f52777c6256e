using Microsoft.Extensions.Hosting;

namespace PatchBot.Adapters.Slack.Install;

/// <summary>Finds out which workspace the token of the settings belongs to, while the program serves. Installed ones say so in the record.</summary>
internal sealed class WorkspaceWatch(IWorkspaces workspaces) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (workspaces is not OneWorkspace one)
        {
            return;
        }

        try
        {
            await one.WatchAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end.
        }
    }
}
