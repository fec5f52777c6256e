using Microsoft.Extensions.Logging.Console;

namespace PatchBot.Host;

internal static class ConsoleLog
{
    /// <summary>One line an entry, on standard error, with UTC times; the framework's own chatter only from warnings on.</summary>
    public static ILoggingBuilder AddPatchBotConsole(this ILoggingBuilder logging, LogLevel level)
    {
        logging
            .SetMinimumLevel(level)
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("System", LogLevel.Warning)
            .AddSimpleConsole(options =>
            {
                options.SingleLine = true;
                options.UseUtcTimestamp = true;
                options.TimestampFormat = "HH:mm:ss ";
            })
            .Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        return logging;
    }
}
