using PatchBot.Adapters.Slack.Install;
using PatchBot.Core.Delivery;

namespace PatchBot.Tests.Slack.Outbound.Stub;

/// <summary>Two workspaces with the app, each with one token after the other: a new one when the last has expired.</summary>
internal sealed class FakeWorkspaces : IWorkspaces
{
    private readonly Dictionary<string, int> tokens = [];

    public Dictionary<string, string> Unusable { get; } = [];

    public List<SlackWorkspace> Known { get; } = [Of("T1"), Of("T2")];

    public static SlackWorkspace Of(string id) => new(id, $"Workspace {id}", SlackStub.BotUser, SlackStub.Bot, SlackStub.App, IsOrganisation: false);

    public string TokenOf(string workspace) => $"xoxb-{workspace}-{tokens.GetValueOrDefault(workspace) + 1}";

    public ValueTask<SlackWorkspace?> OfAsync(string? team, string? enterprise, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Known.FirstOrDefault(workspace => workspace.Id == team) ?? Known.FirstOrDefault(workspace => workspace.Id == enterprise));

    public Task<IReadOnlyList<SlackWorkspace>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<SlackWorkspace>>([.. Known]);

    public ValueTask<string> TokenAsync(string workspace, CancellationToken cancellationToken) => Unusable.TryGetValue(workspace, out var why)
        ? throw new DeliveryException(why, permanent: false)
        : ValueTask.FromResult(TokenOf(workspace));

    public void Expired(string workspace, string token) => Renew(workspace, token);

    public Task UnusableAsync(string workspace, string why, CancellationToken cancellationToken)
    {
        Unusable[workspace] = why;
        return Task.CompletedTask;
    }

    public Task RemovedAsync(string workspace, CancellationToken cancellationToken)
    {
        Known.RemoveAll(known => known.Id == workspace);
        return Task.CompletedTask;
    }

    /// <summary>Gives out another token, as after a new installation.</summary>
    public void Renew(string workspace, string before)
    {
        lock (tokens)
        {
            if (before == TokenOf(workspace))
            {
                tokens[workspace] = tokens.GetValueOrDefault(workspace) + 1;
            }
        }
    }
}
