using PatchBot.Adapters.Slack.Install;
using PatchBot.Core.Record;

namespace PatchBot.Tests.Slack.Inbound;

/// <summary>Where the app is installed, kept in memory.</summary>
internal sealed class FakeWorkspaces : IWorkspaces
{
    public Dictionary<string, SlackWorkspace> Installed { get; } = [];

    public Dictionary<string, string> Unusable { get; } = [];

    public List<string> Removed { get; } = [];

    /// <summary>The record of them cannot be read.</summary>
    public bool Away { get; set; }

    private static RecordUnavailableException Fault => new("The database does not answer.", new InvalidOperationException());

    public ValueTask<SlackWorkspace?> OfAsync(string? team, string? enterprise, CancellationToken cancellationToken) =>
        Away ? throw Fault : ValueTask.FromResult(Installed.GetValueOrDefault(team ?? "") ?? Installed.GetValueOrDefault(enterprise ?? ""));

    public Task<IReadOnlyList<SlackWorkspace>> ListAsync(CancellationToken cancellationToken) =>
        Away ? throw Fault : Task.FromResult<IReadOnlyList<SlackWorkspace>>([.. Installed.Values]);

    public ValueTask<string> TokenAsync(string workspace, CancellationToken cancellationToken) => ValueTask.FromResult("xoxb-test");

    public void Expired(string workspace, string token)
    {
    }

    public Task UnusableAsync(string workspace, string why, CancellationToken cancellationToken)
    {
        Unusable[workspace] = why;
        return Task.CompletedTask;
    }

    public Task RemovedAsync(string workspace, CancellationToken cancellationToken)
    {
        Removed.Add(workspace);
        Installed.Remove(workspace);
        return Task.CompletedTask;
    }
}
