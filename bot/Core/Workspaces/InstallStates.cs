using System.Security.Cryptography;
using System.Text;
using PatchBot.Core.Record;

namespace PatchBot.Core.Workspaces;

/// <summary>
/// One-time marks that go out with whoever installs the bot and must come back, so that nobody is made to finish an installation
/// that they did not begin. Any replica may take what another gave out.
/// </summary>
public sealed class InstallStates(TimeProvider clock)
{
    /// <summary>How long someone may take to consent.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private const int Bytes = 32;

    /// <returns>The mark, 64 hex digits; the record keeps its hash alone.</returns>
    public async Task<string> GiveAsync(IRecordSession session, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        var state = RandomNumberGenerator.GetHexString(Bytes * 2, lowercase: true);
        await session.Workspaces.AddStateAsync(HashOf(state), clock.GetUtcNow() + Lifetime, cancellationToken);
        return state;
    }

    /// <returns><see langword="false"/> for what was never given out, has come back before, or comes too late.</returns>
    public Task<bool> TakeAsync(IRecordSession session, string state, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(state);
        return session.Workspaces.TryTakeStateAsync(HashOf(state), clock.GetUtcNow(), cancellationToken);
    }

    private static string HashOf(string state) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(state)));
}
