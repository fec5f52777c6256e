using Microsoft.AspNetCore.Http;
using PatchBot.Adapters.Teams.Protocol;
using PatchBot.Adapters.Teams.Trust;

namespace PatchBot.Tests.Teams.Inbound;

/// <summary>Trusts every caller; who is trusted is the matter of other tests.</summary>
internal sealed class OpenDoor : ICallerCheck
{
    public Task<int?> RefuseAsync(HttpContext http, Activity activity, CancellationToken cancellationToken) => Task.FromResult<int?>(null);
}
