using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace PatchBot.Adapters.Teams.Trust;

/// <summary>
/// The keys that Teams signs with, fetched when first needed and renewed while calls go on. The library's own
/// ConfigurationManager runs by the system's clock and renews where nobody can wait for it: a new key's first call would fail.
/// </summary>
internal sealed partial class SigningKeys(
    IOptions<TeamsOptions> options, IHostEnvironment environment, TimeProvider clock, ILogger<SigningKeys> logger) : IDisposable
{
    /// <summary>How old keys may grow before they are renewed beside the calls.</summary>
    public static readonly TimeSpan RenewAfter = TimeSpan.FromHours(12);

    /// <summary>How long keys count that cannot be renewed; what the platform's documentation allows.</summary>
    public static readonly TimeSpan ValidFor = TimeSpan.FromDays(5);

    /// <summary>A stranger can invent key ids: they are looked up this often and no more.</summary>
    public static readonly TimeSpan BetweenLookups = TimeSpan.FromMinutes(1);

    /// <summary>The wait after a failure.</summary>
    public static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(10);

    private readonly string address = TeamsAddresses.Of(options.Value).OpenIdMetadata.AbsoluteUri;
    private readonly BoundedDocuments documents = new(environment.IsDevelopment(), TimeSpan.FromSeconds(10));
    private readonly Lock gate = new();
    private Published? published;
    private Task flight = Task.CompletedTask;
    private DateTimeOffset nextTry = DateTimeOffset.MinValue;
    private DateTimeOffset nextLookup = DateTimeOffset.MinValue;
    private bool failing;

    /// <returns><see langword="null"/> when no such key is published.</returns>
    /// <exception cref="KeysUnavailableException">There are no keys to look into, and none can be had now.</exception>
    public async ValueTask<SigningKey?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (Valid(now) is not { } known)
        {
            await Renew(now).WaitAsync(cancellationToken);
            return (Valid(now) ?? throw new KeysUnavailableException()).Keys.GetValueOrDefault(id);
        }

        if (now - known.FetchedAt >= RenewAfter)
        {
            _ = Renew(now);
        }

        if (known.Keys.GetValueOrDefault(id) is { } key)
        {
            return key;
        }

        if (!TakeLookup(now))
        {
            // Whoever comes while the keys are being looked up waits for the same answer.
            await UnderWay().WaitAsync(cancellationToken);
            return Valid(now)?.Keys.GetValueOrDefault(id);
        }

        await Renew(now).WaitAsync(cancellationToken);
        return Valid(now)?.Keys.GetValueOrDefault(id);
    }

    public void Dispose() => documents.Dispose();

    private Published? Valid(DateTimeOffset now) => Volatile.Read(ref published) is { } known && now - known.FetchedAt < ValidFor ? known : null;

    private bool TakeLookup(DateTimeOffset now)
    {
        lock (gate)
        {
            if (now < nextLookup)
            {
                return false;
            }

            nextLookup = now + BetweenLookups;
            return true;
        }
    }

    private Task UnderWay()
    {
        lock (gate)
        {
            return flight;
        }
    }

    // One fetch at a time, for whoever waits; none of them can cancel it for the others. It never fails: it leaves what there was.
    private Task Renew(DateTimeOffset now)
    {
        lock (gate)
        {
            return !flight.IsCompleted || now < nextTry ? flight : flight = Task.Run(FetchAsync);
        }
    }

    private async Task FetchAsync()
    {
        try
        {
            var metadata = await OpenIdConnectConfigurationRetriever.GetAsync(address, documents, CancellationToken.None);
            var keys = SigningKey.Of(metadata);
            if (keys.Count == 0)
            {
                Fail(typeof(OpenIdConnectConfiguration));
                return;
            }

            Volatile.Write(ref published, new(keys, clock.GetUtcNow()));
            Succeed(keys.Count);
        }
        catch (Exception fault) when (fault is IOException or InvalidOperationException or ArgumentException or JsonException or FormatException or NotSupportedException)
        {
            Fail(fault.GetType());
        }
    }

    private void Succeed(int count)
    {
        bool recovered;
        lock (gate)
        {
            (recovered, failing) = (failing, false);
        }

        if (recovered)
        {
            LogRecovered(count);
        }
    }

    // Said once for each outage, not for each call that is refused in it.
    private void Fail(Type fault)
    {
        bool first;
        lock (gate)
        {
            (first, failing) = (!failing, true);
            nextTry = clock.GetUtcNow() + BetweenTries;
        }

        if (first)
        {
            LogUnavailable(new Uri(address).IdnHost, fault.Name);
        }
    }

    [LoggerMessage(9102, LogLevel.Error, "The keys of Teams cannot be fetched from {Host} ({Fault}). Calls that no known key proves are refused until they can; see Teams:OpenIdMetadata")]
    private partial void LogUnavailable(string host, string fault);

    [LoggerMessage(9103, LogLevel.Information, "The keys of Teams can be fetched again: {Count} of them")]
    private partial void LogRecovered(int count);

    private sealed record Published(FrozenDictionary<string, SigningKey> Keys, DateTimeOffset FetchedAt);
}

/// <summary>A token cannot be judged now. It is then not trusted.</summary>
internal sealed class KeysUnavailableException() : Exception("The keys of Teams cannot be fetched.");
