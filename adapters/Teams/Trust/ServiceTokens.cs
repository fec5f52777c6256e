using Microsoft.Extensions.Logging;
using PatchBot.Core.Delivery;

namespace PatchBot.Adapters.Teams.Trust;

/// <summary>
/// Keeps the one token that all calls share, and renews it ahead of its end beside the calls. MSAL asks for it; when to
/// ask is decided here, since many callers must cost one request and a refused token must be replaced at once.
/// </summary>
internal sealed partial class ServiceTokens(ITokenIssuer issuer, TrustedHosts hosts, TimeProvider clock, ILogger<ServiceTokens> logger) : IServiceTokens
{
    /// <summary>A call that carries the token must arrive before it ends.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    /// <summary>Ahead of the end, a new token is asked for; of a short-lived token, in the last quarter.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromMinutes(15);

    /// <summary>The wait after a failure, unless the issuer says another.</summary>
    public static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(10);

    /// <summary>A connector that refuses every token would otherwise make us ask for one with every call.</summary>
    public static readonly TimeSpan BetweenForgets = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    private readonly Lock gate = new();
    private Held? held;
    private Task<Held>? flight;
    private DeliveryException? lastFault;
    private DateTimeOffset nextTry = DateTimeOffset.MinValue;
    private DateTimeOffset nextForget = DateTimeOffset.MinValue;

    public bool Trusts(Uri serviceUrl) => hosts.Of(serviceUrl) != ServiceTrust.None;

    public ValueTask<string?> GetAsync(Uri serviceUrl, CancellationToken cancellationToken)
    {
        switch (hosts.Of(serviceUrl))
        {
            case ServiceTrust.WithoutToken:
                return ValueTask.FromResult<string?>(null);
            case ServiceTrust.WithToken:
                break;
            default:
                return ValueTask.FromException<string?>(new DeliveryException(
                    $"The service address at '{Shown(serviceUrl)}' is not trusted; nothing is sent there. If it is right, add its host to Teams:TrustedServiceHosts.", permanent: false));
        }

        var now = clock.GetUtcNow();
        if (Volatile.Read(ref held) is not { } token || now >= token.ExpiresAt - Margin)
        {
            return WaitAsync(Renew(now), cancellationToken);
        }

        if (now >= token.RefreshAt)
        {
            _ = Renew(now);
        }

        return ValueTask.FromResult<string?>(token.Value);
    }

    public void Forget(string token)
    {
        var now = clock.GetUtcNow();
        lock (gate)
        {
            if (held?.Value == token && now >= nextForget)
            {
                (held, nextForget) = (null, now + BetweenForgets);
            }
        }
    }

    private static async ValueTask<string?> WaitAsync(Task<Held> renewal, CancellationToken cancellationToken) =>
        (await renewal.WaitAsync(cancellationToken)).Value;

    private Task<Held> Renew(DateTimeOffset now)
    {
        lock (gate)
        {
            if (flight is not null)
            {
                return flight;
            }

            if (held is { } token && now < token.RefreshAt)
            {
                return Task.FromResult(token);
            }

            return lastFault is { } fault && now < nextTry
                ? Observed(Task.FromException<Held>(new DeliveryException(fault.Message, permanent: false, nextTry - now, fault)))
                : flight = Observed(Task.Run(RequestAsync));
        }
    }

    // Shared by all that wait, so that none of them can cancel it.
    private async Task<Held> RequestAsync()
    {
        try
        {
            var token = await issuer.RequestAsync(CancellationToken.None);
            var lifetime = token.ExpiresAt - clock.GetUtcNow();
            var fresh = new Held(token.Value, token.ExpiresAt, token.ExpiresAt - (lifetime / 4 < Ahead ? lifetime / 4 : Ahead));
            lock (gate)
            {
                (held, flight, lastFault) = (fresh, null, null);
            }

            LogRenewed(token.ExpiresAt);
            return fresh;
        }
        catch (Exception fault)
        {
            var told = fault as DeliveryException ?? new DeliveryException("No token for Teams can be had: the request for it broke off.", permanent: false, cause: fault);
            var wait = told.RetryAfter is { } asked && asked > BetweenTries ? (asked < LongestWait ? asked : LongestWait) : BetweenTries;
            lock (gate)
            {
                (flight, lastFault, nextTry) = (null, told, clock.GetUtcNow() + wait);
            }

            LogFailed(told.Message);
            throw told;
        }
    }

    // Nobody may be waiting for a renewal; its failure is in the log already.
    private static Task<Held> Observed(Task<Held> task)
    {
        _ = task.ContinueWith(static done => done.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return task;
    }

    private static string Shown(Uri address)
    {
        var host = address.IsAbsoluteUri ? address.IdnHost : "";
        return host.Length > 100 ? $"{host[..100]}…" : host;
    }

    [LoggerMessage(9105, LogLevel.Debug, "Took a new token for Teams, good until {ExpiresAt:u}")]
    private partial void LogRenewed(DateTimeOffset expiresAt);

    [LoggerMessage(9106, LogLevel.Warning, "No new token for Teams: {Reason}")]
    private partial void LogFailed(string reason);

    private sealed record Held(string Value, DateTimeOffset ExpiresAt, DateTimeOffset RefreshAt);
}
