using Microsoft.Extensions.Logging;
using PatchBot.Adapters.Wire;

namespace PatchBot.Adapters.Teams.Trust;

/// <summary>Writes down why callers are refused, sparingly.</summary>
internal sealed partial class RefusalLog(TimeProvider clock, ILogger<CallerCheck> logger)
{
    private readonly SparingLog<Refusal> sparing = new(clock);

    /// <param name="request">The server's own id of the request.</param>
    /// <param name="tenant">Where a genuine token says that it comes from, when that is a tenant id.</param>
    public void Write(Refusal refusal, string request, Guid? tenant)
    {
        if (sparing.MayWrite(refusal, out var silent))
        {
            LogRefused(request, refusal.Status, refusal.Reason, tenant, silent);
        }
    }

    [LoggerMessage(9101, LogLevel.Warning, "Refused call {Request} with {Status}: {Reason} (tenant {Tenant}; {Silent} more like it since the last line)")]
    private partial void LogRefused(string request, int status, string reason, Guid? tenant, int silent);
}
