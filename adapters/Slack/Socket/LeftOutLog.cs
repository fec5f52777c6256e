using Microsoft.Extensions.Logging;
using PatchBot.Adapters.Wire;

namespace PatchBot.Adapters.Slack.Socket;

/// <summary>Writes down what came over sockets and was left out, sparingly.</summary>
internal sealed partial class LeftOutLog(TimeProvider clock, ILogger logger)
{
    private readonly SparingLog<string> sparing = new(clock);

    /// <param name="limit">Bytes.</param>
    public void WriteTooLarge(int limit)
    {
        if (sparing.MayWrite("large", out var silent))
        {
            LogTooLarge(limit, silent);
        }
    }

    /// <param name="length">Bytes.</param>
    public void WriteGarbage(int length)
    {
        if (sparing.MayWrite("garbage", out var silent))
        {
            LogGarbage(length, silent);
        }
    }

    [LoggerMessage(9402, LogLevel.Warning, "Left out a message over a Slack socket of more than {Limit} bytes ({Silent} more since the last line)")]
    private partial void LogTooLarge(int limit, int silent);

    [LoggerMessage(9403, LogLevel.Warning, "Left out {Length} bytes over a Slack socket that are no message of Slack's ({Silent} more since the last line)")]
    private partial void LogGarbage(int length, int silent);
}
