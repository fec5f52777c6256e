using Microsoft.Extensions.Logging;
using PatchBot.Core.Record;

namespace PatchBot.Adapters.Wire;

/// <summary>
/// Says what the database did not take. While it is away everything fails alike, so of each kind only one line is written
/// now and then.
/// </summary>
public sealed partial class UnrecordedLog(TimeProvider clock, ILogger<UnrecordedLog> logger)
{
    private readonly SparingLog<string> sparing = new(clock);

    /// <param name="what">One of a few, with the platform: "A press on Teams".</param>
    /// <param name="delivery">The delivery's key, or what else leads to it.</param>
    public void Write(string what, string? delivery, RecordUnavailableException fault)
    {
        if (sparing.MayWrite(what, out var silent))
        {
            LogUnrecorded(fault.Message, what, delivery, silent);
        }
    }

    [LoggerMessage(7104, LogLevel.Error, "{What} was not recorded ({Delivery}, and {Silent} more like it since the last line): {Reason}")]
    private partial void LogUnrecorded(string reason, string what, string? delivery, int silent);
}
