using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PatchBot.Adapters.Sources.Opening;
using PatchBot.Core.Patches.Sources;

namespace PatchBot.Adapters.Sources.Msrc;

/// <summary>The list of MSRC's release documents. It has no other sign of change than a date, and that does not always move.</summary>
public sealed partial class MsrcFeed(SourceHttp http, IOptions<MsrcOptions> options, ILogger<MsrcFeed> logger) : ICatalogueFeed
{
    // Fresh months change without their date moving, so the newest are always read again.
    private const int AlwaysRead = 2;
    private const int MaxPages = 20;

    public string Name => MsrcCatalogue.SourceName;

    /// <inheritdoc/>
    /// <exception cref="SourceFormatException">The answer is not a list of documents.</exception>
    public async IAsyncEnumerable<FeedDocument> ChangedSinceAsync(
        IReadOnlyDictionary<string, string> known, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var months = await ListAsync(cancellationToken);
        var watched = months.Skip(Math.Max(0, months.Count - options.Value.WatchedMonths)).ToList();
        for (var at = 0; at < watched.Count; at++)
        {
            if (at >= watched.Count - AlwaysRead || known.GetValueOrDefault(watched[at].Name) != watched[at].Stamp)
            {
                yield return watched[at];
            }
        }
    }

    private async Task<List<FeedDocument>> ListAsync(CancellationToken cancellationToken)
    {
        var found = new SortedDictionary<MonthId, FeedDocument>();
        Uri? page = new(BaseAddress, "updates");
        for (var pages = 0; page is not null && pages < MaxPages; pages++)
        {
            var list = await ReadAsync(page, cancellationToken);
            foreach (var row in list.Value ?? [])
            {
                Add(found, row);
            }

            page = NextPage(list.NextLink, page);
        }

        return [.. found.Values];
    }

    private void Add(SortedDictionary<MonthId, FeedDocument> found, Row row)
    {
        if (!MonthId.TryParse(row.Id, out var month) || month.Year == 0)
        {
            LogUnknown(Reading.PlainText.Line(row.Id, 60));
            return;
        }

        // Asked for as the list spells it, remembered as the document will be.
        var address = new Uri(BaseAddress, $"cvrf/{Uri.EscapeDataString(row.Id!.Trim())}");
        found[month] = new FeedDocument(month.ToString(), Reading.PlainText.Line(row.CurrentReleaseDate, 40), address);
    }

    private async Task<Answer> ReadAsync(Uri page, CancellationToken cancellationToken)
    {
        await using var content = await http.DownloadAsync(page, cancellationToken);
        try
        {
            return await JsonSerializer.DeserializeAsync(content, MsrcJson.Default.Answer, cancellationToken)
                is { Value: not null } answer
                ? answer
                : throw new SourceFormatException(NetworkAddresses.Redacted(page), "$.value", "The answer holds no list of documents.");
        }
        catch (JsonException broken)
        {
            throw new SourceFormatException(NetworkAddresses.Redacted(page), broken.Path ?? "$", "The answer is not a list of documents.", broken);
        }
    }

    private Uri? NextPage(string? link, Uri from)
    {
        if (string.IsNullOrEmpty(link))
        {
            return null;
        }

        // A page may lead on, but not to another host.
        if (Uri.TryCreate(from, link, out var next) && next.Host == from.Host && next.Scheme == from.Scheme && next.Port == from.Port && next != from)
        {
            return next;
        }

        LogForeignPage(from.Host);
        return null;
    }

    // Without the last slash the base would lose its last part.
    private Uri BaseAddress => options.Value.BaseAddress.AbsoluteUri.EndsWith('/')
        ? options.Value.BaseAddress
        : new Uri(options.Value.BaseAddress.AbsoluteUri + "/");

    [LoggerMessage(3001, LogLevel.Warning, "MSRC lists a document with the unknown id {Id}; it is passed over")]
    private partial void LogUnknown(string id);

    [LoggerMessage(3002, LogLevel.Warning, "The MSRC list at {Host} continues on another host; the rest is passed over")]
    private partial void LogForeignPage(string host);

    internal sealed record Answer(
        [property: JsonPropertyName("value")] IReadOnlyList<Row>? Value,
        [property: JsonPropertyName("@odata.nextLink")] string? NextLink);

    internal sealed record Row(
        [property: JsonPropertyName("ID")] string? Id,
        [property: JsonPropertyName("CurrentReleaseDate")] string? CurrentReleaseDate);
}

[JsonSerializable(typeof(MsrcFeed.Answer))]
internal sealed partial class MsrcJson : JsonSerializerContext;
