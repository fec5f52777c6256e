using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Teams.Trust;

/// <summary>Publishes keys as the Bot Connector does, and hands out tokens as Entra does: a real server on loopback.</summary>
internal sealed class LocalIssuer : IAsyncDisposable
{
    private readonly WebApplication app;
    private int metadataReads;
    private int tokensGiven;

    private LocalIssuer(WebApplication app)
    {
        this.app = app;
        AnswerMetadata = http => http.Response.WriteAsJsonAsync(new { issuer = TestToken.Issuer, jwks_uri = $"{Address}keys" });
        AnswerKeys = http => http.Response.WriteAsJsonAsync(new { keys = Keys.ToArray() });
        AnswerToken = http => http.Response.WriteAsJsonAsync(new { token_type = "Bearer", expires_in = 3600, access_token = $"outbound-{tokensGiven}" });
    }

    public Uri Address => new($"{app.Urls.Single()}/");

    public Uri Metadata => new(Address, "openid");

    public int MetadataReads => Volatile.Read(ref metadataReads);

    /// <summary>The forms that token requests brought, by path.</summary>
    public ConcurrentQueue<(string Path, Dictionary<string, string> Form)> TokenRequests { get; } = [];

    public List<object> Keys { get; } = [Key(TestToken.KeyId, TestToken.Published, "msteams", "webchat")];

    public Func<HttpContext, Task> AnswerMetadata { get; set; }

    public Func<HttpContext, Task> AnswerKeys { get; set; }

    public Func<HttpContext, Task> AnswerToken { get; set; }

    public static object Key(string id, RSA key, params string[]? endorsements)
    {
        var parameters = key.ExportParameters(false);
        var published = new Dictionary<string, object>
        {
            ["kty"] = "RSA", ["use"] = "sig", ["kid"] = id,
            ["n"] = Base64UrlEncoder.Encode(parameters.Modulus), ["e"] = Base64UrlEncoder.Encode(parameters.Exponent),
        };
        if (endorsements is not null)
        {
            published["endorsements"] = endorsements;
        }

        return published;
    }

    public static async Task<LocalIssuer> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        var issuer = new LocalIssuer(app);
        app.Run(issuer.AnswerAsync);
        await app.StartAsync(Some.Token);
        return issuer;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        switch (http.Request.Path.Value)
        {
            case "/openid":
                Interlocked.Increment(ref metadataReads);
                await AnswerMetadata(http);
                break;
            case "/keys":
                await AnswerKeys(http);
                break;
            case { } path when path.EndsWith("/oauth2/v2.0/token", StringComparison.Ordinal):
                var form = await http.Request.ReadFormAsync(http.RequestAborted);
                TokenRequests.Enqueue((path, form.ToDictionary(field => field.Key, field => field.Value.ToString())));
                Interlocked.Increment(ref tokensGiven);
                await AnswerToken(http);
                break;
            default:
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                break;
        }
    }
}
