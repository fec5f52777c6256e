using Microsoft.Extensions.Options;
using PatchBot.Adapters.Sources;
using PatchBot.Adapters.Sources.Msrc;
using PatchBot.Adapters.Sources.Opening;
using PatchBot.Core.Patches;
using PatchBot.Core.Patches.Intake;
using PatchBot.Core.Patches.Sources;
using PatchBot.Core.People;
using PatchBot.Core.Record;

namespace PatchBot.Host.Sources;

/// <summary>
/// Looks at the vendors' lists now and then and takes what changed. The first look records the months that are already
/// out without posting them; what appears later becomes cards.
/// </summary>
internal sealed partial class FeedWorker(
    IEnumerable<ICatalogueFeed> feeds,
    SourceOpener opener,
    PatchCatalogues catalogues,
    PatchIntake intake,
    IRecord record,
    IOptions<MsrcOptions> options,
    TimeProvider clock,
    ILogger<FeedWorker> logger) : BackgroundService
{
    // The stamp of a document that was out already at the first look, until it is taken.
    private const string NotTaken = "not taken";

    private static readonly TimeSpan WithoutRecord = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Enabled)
        {
            return;
        }

        try
        {
            while (true)
            {
                var looked = true;
                foreach (var feed in feeds)
                {
                    looked &= await LookAsync(feed, stoppingToken);
                }

                await Task.Delay(looked || options.Value.PollInterval < WithoutRecord ? options.Value.PollInterval : WithoutRecord, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    /// <returns><see langword="false"/> when the database was away, so that there is no need to wait for the next poll's time.</returns>
    private async Task<bool> LookAsync(ICatalogueFeed feed, CancellationToken cancellationToken)
    {
        try
        {
            var known = await record.ReadAsync((session, token) => session.Patches.StampsAsync(feed.Name, token), cancellationToken);
            var listed = await ListAsync(feed, known, cancellationToken);
            if (known.Count == 0)
            {
                await SaveAsync(feed, listed.Select(published => (published.Name, NotTaken)), cancellationToken);
            }

            for (var at = 0; at < listed.Count; at++)
            {
                await TakeAsync(feed, listed[at], known.Count > 0 && IsNews(listed, at, known), cancellationToken);
            }

            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (RecordUnavailableException)
        {
            // The record says that it is away, once and for all of its users.
            return false;
        }
#pragma warning disable CA1031 // The next look asks again; a fault must not end the looks, and with them the program.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            LogLookFailed(fault, feed.Name, options.Value.PollInterval);
            return true;
        }
    }

    /// <summary>
    /// Whether a document is to be posted: one that was taken before, or one that appeared after all that are known. What was
    /// out at the first look, or came into view because more months are watched, is old.
    /// </summary>
    private static bool IsNews(List<FeedDocument> listed, int at, IReadOnlyDictionary<string, string> known) =>
        known.TryGetValue(listed[at].Name, out var stamp)
            ? stamp != NotTaken
            : !listed.Skip(at + 1).Any(later => known.ContainsKey(later.Name));

    private static async Task<List<FeedDocument>> ListAsync(
        ICatalogueFeed feed, IReadOnlyDictionary<string, string> known, CancellationToken cancellationToken)
    {
        var listed = new List<FeedDocument>();
        await foreach (var published in feed.ChangedSinceAsync(known, cancellationToken))
        {
            listed.Add(published);
        }

        return listed;
    }

    private async Task TakeAsync(ICatalogueFeed feed, FeedDocument published, bool post, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var input in opener.OpenAsync(published.Address.AbsoluteUri, cancellationToken))
            {
                await using (input)
                {
                    await intake.TakeAsync(await catalogues.ReadAsync(input, cancellationToken), Person.Bot, new IntakeWish(post), cancellationToken);
                }
            }

            // Only what was taken whole is remembered as seen; the rest is looked at again next time.
            await SaveAsync(feed, [(published.Name, published.Stamp)], cancellationToken);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or SourceAccessException or SourceFormatException)
        {
            LogNotTaken(fault, feed.Name, published.Name);
        }
    }

    private async Task SaveAsync(ICatalogueFeed feed, IEnumerable<(string Document, string Stamp)> stamps, CancellationToken cancellationToken)
    {
        var all = stamps.ToList();
        await record.WriteAsync(
            async (session, token) =>
            {
                foreach (var (document, stamp) in all)
                {
                    await session.Patches.SaveStampAsync(new SightingOrigin(feed.Name, document), stamp, clock.GetUtcNow(), token);
                }

                return true;
            },
            cancellationToken);
    }

    [LoggerMessage(5001, LogLevel.Warning, "Could not look at {Source}; next look in {Wait}")]
    private partial void LogLookFailed(Exception fault, string source, TimeSpan wait);

    [LoggerMessage(5002, LogLevel.Warning, "{Source} {Document} could not be taken; it is looked at again next time")]
    private partial void LogNotTaken(Exception fault, string source, string document);
}
