using Microsoft.Extensions.Logging;

namespace PatchBot.Adapters.Teams.Trust;

/// <summary>Writes down why callers are refused: each reason at most once in ten seconds, so that a flood of garbage fills no disk.</summary>
internal sealed partial class RefusalLog(TimeProvider clock, ILogger<CallerCheck> logger)
{
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly Dictionary<Refusal, (DateTimeOffset Next, int Silent)> written = [];

    /// <param name="request">The server's own id of the request.</param>
    /// <param name="tenant">Where a genuine token says that it comes from, when that is a tenant id.</param>
    public void Write(Refusal refusal, string request, Guid? tenant)
    {
        int silent;
        lock (gate)
        {
            var (now, last) = (clock.GetUtcNow(), written.GetValueOrDefault(refusal));
            if (now < last.Next)
            {
                written[refusal] = (last.Next, last.Silent + 1);
                return;
            }

            silent = last.Silent;
            written[refusal] = (now + Pause, 0);
        }

        LogRefused(request, refusal.Status, refusal.Reason, tenant, silent);
    }

    [LoggerMessage(9101, LogLevel.Warning, "Refused call {Request} with {Status}: {Reason} (tenant {Tenant}; {Silent} more like it since the last line)")]
    private partial void LogRefused(string request, int status, string reason, Guid? tenant, int silent);
}
