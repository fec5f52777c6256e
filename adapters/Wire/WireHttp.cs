using System.Buffers;
using System.Net;
using System.Net.Http.Headers;

namespace PatchBot.Adapters.Wire;

/// <summary>One request over HTTP, and its whole answer: no redirects, no cookies, nothing unbounded.</summary>
public sealed class WireHttp : IDisposable
{
    /// <summary>No answer comes near it; a page of a team's members takes 200 KB.</summary>
    private const int LargestAnswer = 4 << 20;

    private readonly TimeProvider clock;
    private readonly HttpMessageInvoker http;

    public WireHttp(TimeProvider clock, HttpMessageHandler? handler = null)
    {
        this.clock = clock;
        http = new HttpMessageInvoker(handler ?? new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = TimeSpan.FromSeconds(5),

            // A burst of answers must not open a connection for each: opening one costs more than waiting for one.
            MaxConnectionsPerServer = 64,

            // Addresses behind a name change.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
        });
    }

    public void Dispose() => http.Dispose();

    /// <param name="sent">Told when the request leaves, after any waiting for a connection.</param>
    /// <param name="answered">Told when the answer's head is there.</param>
    /// <exception cref="HttpRequestException">There was no answer, or not the whole of it.</exception>
    public async Task<WireAnswer> SendAsync(WireRequest asked, Action sent, Action answered, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(asked.Method, asked.Address) { Version = HttpVersion.Version11 };
        request.Headers.Authorization = asked.Authorization;
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("PatchBot", null));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (asked.Body is { } bytes)
        {
            request.Content = new TimedContent(bytes, asked.ContentType, sent);
        }
        else
        {
            sent();
        }

        using var response = await http.SendAsync(request, cancellationToken);
        answered();
        return new WireAnswer((int)response.StatusCode, await ReadAsync(response.Content, cancellationToken), WaitOf(response.Headers.RetryAfter))
        {
            Headers = response.Headers,
        };
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var body = new MemoryStream();
        var part = ArrayPool<byte>.Shared.Rent(8_192);
        try
        {
            for (int read; (read = await stream.ReadAsync(part, cancellationToken)) > 0;)
            {
                if (body.Length + read > LargestAnswer)
                {
                    throw new HttpRequestException(HttpRequestError.ConfigurationLimitExceeded, $"The answer is larger than {LargestAnswer >> 20} MB.");
                }

                body.Write(part, 0, read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(part);
        }

        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    private TimeSpan? WaitOf(RetryConditionHeaderValue? wish) => wish switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - clock.GetUtcNow(),
        _ => null,
    };

    /// <summary>A body that tells when it is written: the connection is there by then, and the headers with it.</summary>
    private sealed class TimedContent : HttpContent
    {
        private readonly ReadOnlyMemory<byte> bytes;
        private readonly Action sent;

        public TimedContent(ReadOnlyMemory<byte> bytes, string type, Action sent)
        {
            (this.bytes, this.sent) = (bytes, sent);
            Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            sent();
            await stream.WriteAsync(bytes, cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = bytes.Length;
            return true;
        }
    }
}
