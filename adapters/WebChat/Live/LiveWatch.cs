using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PatchBot.Core.Conversation;
using PatchBot.Core.Delivery;
using PatchBot.Core.Record;

namespace PatchBot.Adapters.WebChat.Live;

/// <summary>
/// Finds what other processes over the same database wrote, as long as a page listens: new messages every second, and
/// changed or removed ones by reading one channel anew each time, in turn.
/// </summary>
internal sealed partial class LiveWatch(IRecord record, Room room, LiveFeed feed, TimeProvider clock, ILogger<LiveWatch> logger) : BackgroundService
{
    // As many as a page reads.
    private const int Window = 500;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim looking = new(1, 1);
    private bool lost;

    /// <summary>For a page that begins to listen: nobody may have looked for a while.</summary>
    public Task CatchUpAsync(CancellationToken cancellationToken) => lost ? Task.CompletedTask : LookAsync(_ => true, cancellationToken);

    public override void Dispose()
    {
        looking.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        try
        {
            for (var turn = 0; await timer.WaitForNextTickAsync(stoppingToken); turn++)
            {
                if (feed.IsHeard)
                {
                    await LookAsync(channel => lost || channel == room.Refs[turn % room.Refs.Count], stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    /// <param name="whole">Which channels to read as a whole; of the others, what is newer than known.</param>
    private async Task LookAsync(Func<ChannelRef, bool> whole, CancellationToken cancellationToken)
    {
        await looking.WaitAsync(cancellationToken);
        try
        {
            var before = feed.Now;
            var after = room.Refs.ToDictionary(channel => channel, channel => whole(channel) ? 0 : feed.Newest(channel) ?? 0);
            var found = await record.ReadAsync((session, token) => ReadAsync(session.Transcript, after, token), cancellationToken);
            foreach (var (channel, messages) in found)
            {
                Take(channel, messages, after[channel], before);
            }

            if (lost)
            {
                lost = false;
                feed.ReadAnew();
            }
        }
        catch (RecordUnavailableException)
        {
            // Pages that opened meanwhile show nothing: once it is back, they have to be told.
            lost = true;
        }
#pragma warning disable CA1031 // Live updates are a comfort: what goes wrong here must not end the program.
        catch (Exception fault) when (fault is not OperationCanceledException)
#pragma warning restore CA1031
        {
            if (!lost)
            {
                LogFault(fault);
            }

            lost = true;
        }
        finally
        {
            looking.Release();
        }
    }

    private static async Task<IReadOnlyList<(ChannelRef Channel, IReadOnlyList<TranscriptMessage> Messages)>> ReadAsync(
        ITranscript transcript, Dictionary<ChannelRef, long> after, CancellationToken cancellationToken)
    {
        var found = new List<(ChannelRef, IReadOnlyList<TranscriptMessage>)>();
        foreach (var (channel, id) in after)
        {
            found.Add((channel, await transcript.ReadAsync(channel, id, Window, cancellationToken)));
        }

        return found;
    }

    private void Take(ChannelRef channel, IReadOnlyList<TranscriptMessage> found, long after, long before)
    {
        var isFull = found.Count == Window;
        if (isFull && found[0].Id > feed.Newest(channel))
        {
            // There may be more between what is known and what was found.
            feed.Skip(channel, found);
            return;
        }

        feed.Compare(channel, found, isFull ? found[0].Id : after + 1, before);
    }

    [LoggerMessage(7004, LogLevel.Error, "Could not look for what other processes wrote; open pages are told once it works again")]
    private partial void LogFault(Exception fault);
}
