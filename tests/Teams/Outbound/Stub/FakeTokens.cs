using PatchBot.Adapters.Teams.Trust;

namespace PatchBot.Tests.Teams.Outbound.Stub;

/// <summary>Gives one token after the other: a new one when the last was not accepted.</summary>
internal sealed class FakeTokens : IServiceTokens
{
    private int forgotten;

    public bool Trusts(Uri serviceUrl) => true;

    public ValueTask<string?> GetAsync(Uri serviceUrl, CancellationToken cancellationToken) => ValueTask.FromResult<string?>($"token-{forgotten + 1}");

    public void Forget(string token)
    {
        if (token == $"token-{forgotten + 1}")
        {
            Interlocked.Increment(ref forgotten);
        }
    }
}
