using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace PatchBot.Adapters.Sources.Opening;

/// <summary>
/// Fetches documents from the network: https only (http to this machine where that is allowed), bounded in bytes, time
/// and redirects, and from public addresses only unless the options say otherwise.
/// </summary>
public sealed class SourceHttp : IDisposable
{
    private readonly OpeningOptions options;
    private readonly HttpClient client;

    public SourceHttp(IOptions<OpeningOptions> options)
    {
        this.options = options.Value;
        client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.All,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxConnectionsPerServer = 4,
            ConnectTimeout = TimeSpan.FromSeconds(15),
            ConnectCallback = ConnectAsync,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        var version = typeof(SourceHttp).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("PatchBot", version));
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("*/*", 0.1));
    }

    /// <summary>Downloads to a temporary file that goes when the stream is closed.</summary>
    /// <exception cref="SourceAccessException">The address is not allowed, or it gave too much.</exception>
    /// <exception cref="HttpRequestException">It did not answer, or not with success.</exception>
    public async Task<Stream> DownloadAsync(Uri address, CancellationToken cancellationToken)
    {
        var name = NetworkAddresses.Redacted(address);
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        time.CancelAfter(options.Timeout);
        try
        {
            using var response = await GetAsync(address, time.Token);
            return await ToFileAsync(response, name, time.Token);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException($"{name}: no whole answer within {options.Timeout}. Try again, or raise {OpeningOptions.Section}:Timeout.", late);
        }
        catch (HttpRequestException failed) when (failed.InnerException is SourceAccessException refused)
        {
            throw new SourceAccessException(refused.Name, refused.Message[(refused.Name.Length + 2)..], failed);
        }
    }

    public void Dispose() => client.Dispose();

    private async Task<HttpResponseMessage> GetAsync(Uri address, CancellationToken cancellationToken)
    {
        for (var redirects = 0; ; redirects++)
        {
            CheckScheme(address);
            var name = NetworkAddresses.Redacted(address);
            var response = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                return response;
            }

            using (response)
            {
                if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is not { } location)
                {
                    throw new HttpRequestException(
                        $"{name}: the server answered {(int)response.StatusCode}. Check the address.", null, response.StatusCode);
                }

                if (redirects == options.MaxRedirects)
                {
                    throw new SourceAccessException(name, $"More than {options.MaxRedirects} redirects. Use the address that they lead to.");
                }

                address = location.IsAbsoluteUri ? location : new Uri(address, location);
            }
        }
    }

    private void CheckScheme(Uri address)
    {
        var http = address.Scheme == Uri.UriSchemeHttp && address.IsLoopback && options.AllowLoopback;
        if (address.Scheme != Uri.UriSchemeHttps && !http)
        {
            throw new SourceAccessException(NetworkAddresses.Redacted(address), "Only https addresses are fetched. Use https, or download the document and import the file.");
        }
    }

    // Checked where the connection is made, after the name was resolved: a name that changes its mind in between gains nothing.
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var target = context.InitialRequestMessage.RequestUri;
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);
        var throughProxy = target is not null && (target.IdnHost.Trim('[', ']') != context.DnsEndPoint.Host.Trim('[', ']') || target.Port != context.DnsEndPoint.Port);
        if (!throughProxy && addresses.FirstOrDefault(address => !IsAllowed(address)) is { } refused)
        {
            throw new SourceAccessException(
                target is null ? context.DnsEndPoint.Host : NetworkAddresses.Redacted(target),
                $"It leads to {refused}, which is not a public address. If it is yours, set {Setting(refused)} to true.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private bool IsAllowed(IPAddress address) => NetworkAddresses.IsLoopback(address)
        ? options.AllowLoopback
        : options.AllowPrivateAddresses || !NetworkAddresses.IsPrivate(address);

    private static string Setting(IPAddress address) =>
        $"{OpeningOptions.Section}:{(NetworkAddresses.IsLoopback(address) ? nameof(OpeningOptions.AllowLoopback) : nameof(OpeningOptions.AllowPrivateAddresses))}";

    private async Task<Stream> ToFileAsync(HttpResponseMessage response, string name, CancellationToken cancellationToken)
    {
        var file = new FileStream(Path.Combine(Path.GetTempPath(), $"patchbot-{Path.GetRandomFileName()}"), new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        });
        try
        {
            await using var content = await response.Content.ReadAsStreamAsync(cancellationToken);
            var buffer = new byte[64 << 10];
            long length = 0;
            for (int read; (read = await content.ReadAsync(buffer, cancellationToken)) > 0;)
            {
                length += read;
                if (length > options.MaxBytes)
                {
                    throw new SourceAccessException(name, $"It is larger than {options.MaxBytes} bytes. Raise {OpeningOptions.Section}:MaxBytes if that is right.");
                }

                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }

            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }
}
