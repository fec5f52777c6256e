using Microsoft.Identity.Client;
using PatchBot.Adapters.Wire;

namespace PatchBot.Adapters.Teams.Trust;

/// <summary>
/// The way to the login authority, for MSAL: bounded in size and time, without redirects. MSAL speaks https and nothing
/// else; for an authority at plain http on loopback, in Development, the last step of the way is changed here.
/// </summary>
internal sealed class LoginClient : IMsalHttpClientFactory, IDisposable
{
    private readonly HttpClient client;

    public LoginClient(Uri authority, bool development)
    {
        if (!Loopback.IsSafe(authority, development))
        {
            throw new ArgumentException("The login authority is not https; see Teams:LoginAuthority.", nameof(authority));
        }

        Address = authority;
        Plain = new(Bounded(Way()));
        client = authority.Scheme == Uri.UriSchemeHttp ? Bounded(new ToHttp(authority)) : Plain.GetHttpClient();
    }

    /// <summary>The way to whatever address MSAL chooses: the machine's own identity service.</summary>
    public Fixed Plain { get; }

    private Uri Address { get; }

    /// <summary>The authority as MSAL takes it.</summary>
    public Uri Authority(string tenant) => new($"https://{Address.Authority}/{tenant}");

    public HttpClient GetHttpClient() => client;

    public void Dispose()
    {
        client.Dispose();
        Plain.GetHttpClient().Dispose();
    }

    private static HttpClient Bounded(HttpMessageHandler way) => new(way) { MaxResponseContentBufferSize = 1024 * 1024, Timeout = TimeSpan.FromSeconds(15) };

    private static SocketsHttpHandler Way() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    internal sealed class Fixed(HttpClient client) : IMsalHttpClientFactory
    {
        public HttpClient GetHttpClient() => client;
    }

    private sealed class ToHttp(Uri authority) : DelegatingHandler(Way())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            // MSAL talks to nobody else; if it ever did, that stays https.
            if (request.RequestUri is { } asked && asked.Host == authority.Host && asked.Port == (authority.IsDefaultPort ? 443 : authority.Port))
            {
                request.RequestUri = new UriBuilder(asked) { Scheme = Uri.UriSchemeHttp, Port = authority.Port }.Uri;
            }

            return base.SendAsync(request, cancellationToken);
        }
    }
}
