using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace PatchBot.Tests.Slack.Install;

/// <summary>
/// Slack's side of tokens on loopback, as it is documented: codes and refresh tokens are good once, and a token is known until it
/// is revoked.
/// </summary>
internal sealed class SlackAccountsStub : IAsyncDisposable
{
    public const string ClientId = "12.34", ClientSecret = "client-secret-that-nobody-may-see";

    private readonly WebApplication app;
    private readonly TimeProvider clock;
    private readonly ConcurrentDictionary<string, Grant> codes = new();
    private readonly ConcurrentDictionary<string, Grant> refreshTokens = new();
    private readonly ConcurrentDictionary<string, Grant> tokens = new();
    private int refreshed;

    private SlackAccountsStub(TimeProvider clock)
    {
        this.clock = clock;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.MapPost("/api/{method}", AnswerAsync);
    }

    public Uri Api => new($"{app.Urls.Single()}/api/");

    /// <summary>Replaces the answer to one method.</summary>
    public ConcurrentDictionary<string, Func<HttpContext, Task>> Answers { get; } = new();

    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>What tokens may; sent as a header.</summary>
    public string Scopes { get; set; } = Adapters.Slack.Manifest.SlackScopes.Asked;

    /// <summary>How often a token was renewed.</summary>
    public int Refreshed => refreshed;

    public IReadOnlyCollection<string> Tokens => [.. tokens.Keys];

    public static async Task<SlackAccountsStub> StartAsync(TimeProvider clock)
    {
        var stub = new SlackAccountsStub(clock);
        await stub.app.StartAsync();
        return stub;
    }

    /// <summary>Somebody agreed to an installation.</summary>
    /// <returns>The code that their browser brings back.</returns>
    public string Agree(Grant grant)
    {
        var code = $"code-{Guid.NewGuid():N}";
        codes[code] = grant;
        return code;
    }

    /// <summary>A token as the app's page shows it.</summary>
    public void Know(string token, Grant grant) => tokens[token] = grant;

    public void Revoke(string token) => tokens.TryRemove(token, out _);

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
    }

    private Task AnswerAsync(HttpContext http)
    {
        var method = (string)http.Request.RouteValues["method"]!;
        Calls.Enqueue(method);
        http.Response.Headers.Date = clock.GetUtcNow().ToString("R");
        return Answers.TryGetValue(method, out var answer) ? answer(http) : method switch
        {
            "auth.test" => Identify(http),
            "auth.revoke" => RevokeAsync(http),
            "oauth.v2.access" => AccessAsync(http),
            "apps.connections.open" => http.Response.WriteAsJsonAsync(new { ok = true, url = "wss://wss-primary.slack.com/link/?ticket=1" }),
            _ => throw new InvalidOperationException($"Nobody should call {method}."),
        };
    }

    private Task Identify(HttpContext http)
    {
        http.Response.Headers["X-OAuth-Scopes"] = Scopes;
        return tokens.TryGetValue(Bearer(http), out var grant)
            ? http.Response.WriteAsJsonAsync(new
            {
                ok = true, url = "https://example.slack.com/", team = grant.Name, team_id = grant.Team ?? "T0ANY", user = "patchbot", user_id = "U0BOT", bot_id = "B0BOT",
                enterprise_id = grant.Enterprise, is_enterprise_install = grant.Team is null,
            })
            : Refuse(http, "invalid_auth");
    }

    private Task RevokeAsync(HttpContext http)
    {
        Revoke(Bearer(http));
        return http.Response.WriteAsJsonAsync(new { ok = true, revoked = true });
    }

    private async Task AccessAsync(HttpContext http)
    {
        if (http.Request.Headers.Authorization != $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ClientId}:{ClientSecret}"))}")
        {
            await Refuse(http, "bad_client_secret");
            return;
        }

        var form = await http.Request.ReadFormAsync();
        var renews = form["grant_type"] == "refresh_token";
        if (renews ? !refreshTokens.TryRemove((string?)form["refresh_token"] ?? "", out var grant) : !codes.TryRemove((string?)form["code"] ?? "", out grant))
        {
            await Refuse(http, renews ? "invalid_refresh_token" : "invalid_code");
            return;
        }

        if (renews)
        {
            Interlocked.Increment(ref refreshed);
        }

        var (token, refresh) = ($"{(grant!.Rotates ? "xoxe." : "")}xoxb-{Guid.NewGuid():N}", grant.Rotates ? $"xoxe-1-{Guid.NewGuid():N}" : null);
        tokens[token] = grant;
        if (refresh is not null)
        {
            refreshTokens[refresh] = grant;
        }

        await http.Response.WriteAsJsonAsync(new
        {
            ok = true, access_token = token, refresh_token = refresh, expires_in = refresh is null ? (int?)null : 43_200, token_type = "bot", scope = Scopes, bot_user_id = "U0BOT", app_id = "A0APP",
            team = grant.Team is null ? null : new { id = grant.Team, name = grant.Name },
            enterprise = grant.Enterprise is null ? null : new { id = grant.Enterprise, name = grant.Name },
            is_enterprise_install = grant.Team is null, authed_user = new { id = "U0ADA" },
        });
    }

    private static Task Refuse(HttpContext http, string error) => http.Response.WriteAsJsonAsync(new { ok = false, error });

    private static string Bearer(HttpContext http) => http.Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal);
}

/// <param name="Team"><see langword="null"/> for a whole organisation.</param>
internal sealed record Grant(string? Team, string Name, string? Enterprise = null, bool Rotates = false);
