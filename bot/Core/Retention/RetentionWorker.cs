using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PatchBot.Core.People;

namespace PatchBot.Core.Retention;

/// <summary>Purges once a day where the settings say so. With several processes, the later ones find nothing left.</summary>
public sealed partial class RetentionWorker(Purge purge, IOptions<RetentionOptions> options, TimeProvider clock, ILogger<RetentionWorker> logger)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Purge)
        {
            return;
        }

        try
        {
            using var timer = new PeriodicTimer(Every, clock);
            do
            {
                await PurgeAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program ends.
        }
    }

    private async Task PurgeAsync(CancellationToken stoppingToken)
    {
        try
        {
            var before = clock.GetUtcNow() - options.Value.Keep;
            if (await purge.RunAsync(before, Person.Bot.Id, stoppingToken) is { IsNothing: false } purged)
            {
                LogPurged(purged.Messages, purged.Posts, before);
            }
        }
#pragma warning disable CA1031 // Tomorrow it is tried again; a fault must not end the days.
        catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogFault(fault, Every);
        }
    }

    [LoggerMessage(8001, LogLevel.Information, "Purged {Messages} messages of the web chat and {Posts} posts of announcements from before {Before}")]
    private partial void LogPurged(long messages, long posts, DateTimeOffset before);

    [LoggerMessage(8002, LogLevel.Error, "Could not purge; trying again in {Wait}")]
    private partial void LogFault(Exception fault, TimeSpan wait);
}
