using Microsoft.IdentityModel.Protocols;
using PatchBot.Adapters.Wire;

namespace PatchBot.Adapters.Teams.Trust;

/// <summary>Fetches metadata and keys: https only (or loopback in Development), no redirects, bounded in size and time.</summary>
internal sealed class BoundedDocuments(bool development, TimeSpan timeout) : IDocumentRetriever, IDisposable
{
    // The public cloud's keys with their endorsements are below 100 KB.
    public const int LargestDocument = 1024 * 1024;

    private readonly HttpClient client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        MaxResponseContentBufferSize = LargestDocument,
        Timeout = timeout,
    };

    /// <exception cref="IOException">The address is not safe, or it was not answered as it must be.</exception>
    public async Task<string> GetDocumentAsync(string address, CancellationToken cancel)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || !Loopback.IsSafe(uri, development))
        {
            throw new IOException("An address of keys is not https.");
        }

        try
        {
            using var response = await client.GetAsync(uri, cancel);
            return response.IsSuccessStatusCode
                ? await response.Content.ReadAsStringAsync(cancel)
                : throw new IOException($"{uri.IdnHost} answered {(int)response.StatusCode}.");
        }
        catch (HttpRequestException fault)
        {
            throw new IOException($"{uri.IdnHost} did not answer as it must: {fault.HttpRequestError}.", fault);
        }
        catch (OperationCanceledException fault) when (!cancel.IsCancellationRequested)
        {
            throw new IOException($"{uri.IdnHost} did not answer in time.", fault);
        }
    }

    public void Dispose() => client.Dispose();
}
