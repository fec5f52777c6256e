using Microsoft.Extensions.Logging;
using PatchBot.Adapters.Wire;

namespace PatchBot.Adapters.Slack.Trust;

/// <summary>Writes down why calls are refused, sparingly.</summary>
internal sealed partial class RefusalLog(TimeProvider clock, ILogger<RefusalLog> logger)
{
    private readonly SparingLog<Refusal> sparing = new(clock);

    /// <param name="request">The server's own id of the request.</param>
    public void Write(Refusal refusal, string request)
    {
        if (sparing.MayWrite(refusal, out var silent))
        {
            LogRefused(request, refusal.Status, refusal.Reason, silent);
        }
    }

    [LoggerMessage(9201, LogLevel.Warning, "Refused call {Request} of Slack's with {Status}: {Reason} ({Silent} more like it since the last line)")]
    private partial void LogRefused(string request, int status, string reason, int silent);
}
